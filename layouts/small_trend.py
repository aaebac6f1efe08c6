"""A row of numbers as a small picture in a cell, with words for those who do not see it."""

from dash import html
from dash.development.base_component import Component

from dashboard.charts.spark import spark
from dashboard.words.numbers import count
from dashboard.words.text import say
from layouts.aria import aria


def small_trend(numbers: str, language: str) -> Component | str:
    """Numbers with a blank between, the oldest first; one alone is no trend, and stands as it is."""
    values = [int(number) for number in numbers.split()]
    picture = spark(values)
    if not picture:
        return numbers
    said = say(
        "from {before} to {now}, at least {least}, at most {most}",
        language,
        before=count(values[0], language),
        now=count(values[-1], language),
        least=count(min(values), language),
        most=count(max(values), language),
    )
    mask = f'url("{picture}")'
    return html.Span(role="img", title=said, style={"maskImage": mask}, className="jd-spark", **aria(label=said))
