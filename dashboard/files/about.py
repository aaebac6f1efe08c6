"""What an answer stands on, as a file says it: a label and a text for each."""

from dashboard.panels.answer import Answer
from dashboard.words.dates import day, received_in
from dashboard.words.filters import in_words
from dashboard.words.text import say
from data_access.filters import DAYS


def stands_on(answer: Answer) -> list[tuple[str, str]]:
    """Days, filters, data version, and what kind of data it is where it is not real."""
    language, filters = answer.language, answer.filters
    words = in_words(filters, answer.names, language)
    found = [(say("As of", language), day(answer.as_of, language))]
    if answer.until is not None:
        found.append((say("Until", language), day(answer.until, language)))
    if answer.compare is not None:
        found.append((say("Changes since", language), day(answer.compare, language)))
    found.append((say("Complaints", language), received_in(filters.from_on, filters.to_on, language)))
    chosen = [text for name, text in words.items() if name not in DAYS and name != "by"]
    if chosen:
        found.append((say("Of these", language), "; ".join(chosen)))
    found.append((say("Data version", language), str(answer.data_version)))
    if answer.label:
        found.append((say("Data", language), answer.label))
    return found
