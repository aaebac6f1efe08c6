"""Where one is: the way from the whole down to what is asked for, each step with the filters that widen to it."""

from dataclasses import dataclass
from typing import Final

from callbacks.offered import Offered
from dashboard.words.filters import step_in_words
from dashboard.words.posts import post_in_words
from dashboard.words.text import DEFAULT_LANGUAGE
from data_access.filters import Filters
from data_access.questions.posts import Post

ORDER: Final = ("government", "division", "district", "department", "office")
"""From wide to narrow, as the steps stand."""
_SETTLE: Final = {"government": ("department", "office"), "division": ("district",), "department": ("office",)}
"""Parameter -> the narrower ones that settle it."""


@dataclass(frozen=True)
class Step:
    """One step. `filters` widen to it; None where the account may not go there, or where one is already."""

    name: str
    filters: Filters | None
    here: bool = False


def steps(
    offered: Offered, taken: frozenset[str], whole: str, post: Post | None = None, inside: str = ""
) -> list[Step]:
    """All steps from `whole`, where everything is; the last is where one is. They keep whatever else is filtered by.

    `taken` are the parameters that the page takes: no step leads to what it would refuse. `post` heads the office that
    is asked for: every complaint of the office is the post's, so that step is where one is already. `inside` is what
    one looks at inside what is asked for, such as one complaint.
    """
    language = offered.filters.lang or DEFAULT_LANGUAGE
    found = [Step(whole, _widened(offered, None, taken))]
    for name in ORDER:
        if name in offered.asked:
            member = offered.member(name, offered.asked[name])
            found.append(Step(step_in_words(name, member.name, language), _widened(offered, name, taken)))
    held = [] if post is None else [Step(post_in_words(post, found[-1].name, language), None)]
    if inside:
        return [*found, *held, Step(inside, None, here=True)]
    found = [*found[:-1], Step(found[-1].name, None), *held]
    return [*found[:-1], Step(found[-1].name, None, here=True)]


def _widened(offered: Offered, name: str | None, taken: frozenset[str]) -> Filters | None:
    """The filters without all that is narrower than this step; None where nobody may, or can, ask for that."""
    place = -1 if name is None else ORDER.index(name)
    pins = offered.scope.pinned
    if any(pin in pins for pin in ORDER[place + 1 :]):
        return None
    # What the account is held to, and what that lies in, need not be asked for; and the latter may not be alone.
    filters = offered.filters.but(**dict.fromkeys((*ORDER[place + 1 :], *offered.fixed), None))
    given = offered.filters.given()
    for outer in ORDER[: place + 1]:
        # What a narrower step settles is said by itself only where that step is gone.
        if (
            outer in offered.asked
            and outer not in given
            and outer not in offered.fixed
            and _is_gone(outer, place, offered)
        ):
            filters = filters.but(**{outer: offered.asked[outer]})
    return filters if filters.given().keys() <= taken else None


def _is_gone(outer: str, place: int, offered: Offered) -> bool:
    """Whether nothing that is left settles this parameter."""
    return not any(inner in offered.asked and ORDER.index(inner) <= place for inner in _SETTLE.get(outer, ()))
