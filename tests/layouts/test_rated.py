"""Satisfaction with its interval, who is satisfied most first; few answers stand back and say so."""

from dataclasses import replace

from dash import dcc, html

from dashboard.panels.answer import Answer
from layouts.bodies import body_of
from layouts.parts import Here
from tests.layouts.reading import every, props, text

HERE = Here("/feedback")


def with_rows(answer: Answer, *answers: tuple[str, int, float | None]) -> Answer:
    """The answer with rows of so many answers and such a satisfaction."""
    rows = [
        {
            "slug": name.lower(),
            "name": name,
            "level": "government",
            "is_member": True,
            "rank": 1 if count >= 30 else None,
            "closings": 100,
            "answers": count,
            "response_rate": count / 100,
            "satisfied": 0,
            "satisfaction": share,
            "low": share and share - 0.1,
            "high": share and share + 0.1,
        }
        for name, count, share in answers
    ]
    return replace(answer, rows=tuple(rows))


def test_the_most_satisfied_stand_first_and_few_answers_last(answers: dict[str, Answer]) -> None:
    told = with_rows(answers["feedback"], ("Sindh", 40, 0.2), ("Gilgit", 9, 0.9), ("Punjab", 50, 0.4), ("Ajk", 0, None))
    body = body_of(told, HERE)
    rows = every(body, html.Tbody)[0].children
    assert [text(row.children[0]) for row in rows] == ["Punjab", "Sindh", "Gilgit", "Ajk"]
    assert [row.className for row in rows] == ["", "", "jd-rest", "jd-rest"]
    assert [text(one) for one in rows[0].children[1:]] == ["40.0%30.0% to 50.0%", "50", "100", "50.0%"]
    assert text(rows[3].children[1]) == "n/a"
    [mark] = [one for one in every(rows[0], html.Span) if props(one).get("className") == "jd-interval"]
    assert mark.style == {"left": "30.00%", "width": "20.00%"}
    assert "Who has fewer than 30 answers, or is not ranked at all, stands back." in text(every(body, html.P)[-1])


def test_where_nobody_answered_it_says_so(answers: dict[str, Answer]) -> None:
    body = body_of(with_rows(answers["feedback"], ("Sindh", 0, None)), HERE)
    assert "No citizen has answered." in text(every(body, html.P)[-1])
    assert not every(body, html.Table)


def test_segments_stand_by_kind_and_can_be_chosen(answers: dict[str, Answer]) -> None:
    body = body_of(answers["feedback-segments"], HERE)
    heads = [text(row) for row in every(body, html.Tr) if props(row).get("className") == "jd-of-group"]
    assert heads == ["By channel", "By residency", "By gender"]
    links = [one.href for one in every(body, dcc.Link)]
    assert "/feedback?channel=app" in links
    assert "/feedback?residency=unknown" in links
    assert any(props(one).get("aria-label") == "Who is satisfied?" for one in every(body, html.Div))
