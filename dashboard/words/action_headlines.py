"""What the register of actions says, in one sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.words.dates import day
from dashboard.words.filters import in_words
from dashboard.words.numbers import count
from dashboard.words.text import marked, say, say_many
from data_access.filters import Filters

Rows = Sequence[Mapping[str, Any]]
STATES: Final[Mapping[str, str]] = {
    "published": marked("published"),
    "approved": marked("approved"),
    "proposed": marked("waits for approval"),
    "referred": marked("referred"),
    "declined": marked("declined"),
    "withdrawn": marked("withdrawn"),
}
"""Where an action stands, in words."""
NONE: Final = marked("The register holds no action here.")
_HOLDERS: Final = ("office", "department", "district", "division", "government")
_SAID: Final = frozenset({"as_of", "from", "to", "state", *_HOLDERS})


def how_many_actions(number: int, filters: Filters, names: Mapping[str, str], language: str) -> str:
    """8 actions are in force, ordered 1 Sep 2019 to 30 Sep 2019, on posts of Punjab, as of 1 Oct 2019.

    Of those that wait: 2 actions wait for approval by another account of your government.
    """
    given = filters.given()
    many = count(number, language)
    one, some = "{number} action is in force", "{number} actions are in force"
    if filters.state is not None:
        one = "{number} action waits for approval by another account of your government"
        some = "{number} actions wait for approval by another account of your government"
    parts = [say_many(one, some, number, language, number=many)]
    if filters.from_on is not None and filters.to_on is not None:
        first, last = day(filters.from_on, language), day(filters.to_on, language)
        parts.append(say("ordered {first} to {last}", language, first=first, last=last))
    holder = next((name for name in _HOLDERS if name in given), None)
    if holder is not None:
        parts.append(say("on posts of {name}", language, name=names.get(holder, given[holder])))
    if filters.as_of is not None and filters.state is None:  # what waits, waits now
        parts.append(say("as of {day}", language, day=day(filters.as_of, language)))
    rest = [words for name, words in in_words(filters, names, language).items() if name not in _SAID]
    sentence = ", ".join(parts)
    return f"{sentence} ({'; '.join(rest)})." if rest else f"{sentence}."


def totals(rows: Rows, language: str) -> str:
    """How many actions on how many posts, which kind most often, and where most of them."""
    if not rows:
        return say(NONE, language)
    actions, posts = (sum(row[name] for row in rows) for name in ("actions", "posts"))
    kinds: Counter[str] = Counter()
    governments: Counter[str] = Counter()
    for row in rows:
        kinds[row["kind_label"]] += row["posts"]
        governments[row["government"]] += row["posts"]
    (kind, of_kind), (name, most) = kinds.most_common(1)[0], governments.most_common(1)[0]
    places = {
        "actions": count(actions, language),
        "posts": say_many("one post", "{number} posts", posts, language, number=count(posts, language)),
        "kind": say(kind, language),
        "of_kind": count(of_kind, language),
        "name": name,
        "most": count(most, language),
    }
    if len(governments) == 1:
        return say_many(
            "One action on {posts} of {name}: {kind}.",
            "{actions} actions on {posts} of {name}, most often: {kind} ({of_kind}).",
            actions,
            language,
            **places,
        )
    sentence = "{actions} actions on {posts}, {most} of them of {name}; most often: {kind} ({of_kind})."
    return say(sentence, language, **places)
