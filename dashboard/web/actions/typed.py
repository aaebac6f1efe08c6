"""What was typed into a form, or sent by a program, about an action."""

import re
from collections.abc import Mapping
from typing import Any, Final

from dashboard.web.typed import day_in, number_in
from data_access.actions.drafts import Case, Draft
from data_access.recording import RecordProblem

TEXTS: Final = ("government", "office", "post", "kind", "authority", "order_number", "reason")
DAYS: Final = ("acted_on", "reply_due")
NUMBERS: Final = ("posts", "referral")
FIELDS: Final = (*TEXTS, *DAYS, *NUMBERS, "complaints")
NEEDED: Final = ("government", "kind", "acted_on", "authority", "order_number", "reason")
"""The fields of an action, and those of them that it does not do without."""
_LARGEST: Final = 2**31 - 1
_LONGEST_NUMBER: Final = 2**63 - 1


def case_in(asked: Mapping[str, str]) -> Case:
    """The case that was typed. Raises RecordProblem."""
    return Case(**_about(asked))


def draft_in(asked: Mapping[str, str]) -> Draft:
    """The action that was typed. Raises RecordProblem."""
    return Draft(
        **_about(asked),
        kind=asked["kind"],
        acted_on=day_in(asked["acted_on"], "acted_on"),
        authority=asked["authority"],
        order_number=asked["order_number"],
        reply_due=day_in(asked["reply_due"], "reply_due") if asked["reply_due"].strip() else None,
        referral=number_in(asked["referral"]) if asked["referral"].strip() else None,
    )


def _about(asked: Mapping[str, str]) -> dict[str, Any]:
    posts = asked["posts"].strip() or "1"
    if not re.fullmatch(r"[0-9]{1,9}", posts):
        raise RecordProblem(f"{posts} is no whole number of posts; write 1 for one.", "posts")
    return {
        "government": asked["government"].strip(),
        "office": asked["office"].strip() or None,
        "post": asked["post"],
        "posts": int(posts),
        "reason": asked["reason"],
        "complaints": complaints_in(asked["complaints"]),
    }


def complaints_in(text: str) -> tuple[int, ...]:
    """Numbers of complaints, with commas or spaces between them. Raises RecordProblem."""
    found = []
    for word in re.split(r"[,;\s]+", text.strip()) if text.strip() else ():
        if not re.fullmatch(r"[0-9]{1,19}", word) or not 1 <= int(word) <= _LONGEST_NUMBER:
            raise RecordProblem(f"{word} is no number of a complaint; write 1201, 1305.", "complaints")
        found.append(int(word))
    return tuple(found)


def draft_of(body: object) -> Draft:
    """The action that a program sent, a JSON object with FIELDS. Raises RecordProblem."""
    fields = object_of(body, FIELDS, NEEDED)
    for name in (*TEXTS, *DAYS):
        _check(isinstance(fields.get(name, "x"), str), name, "text, and is left out where there is none")
    for name in NUMBERS:
        _check(_is_number(fields.get(name, 1), _LARGEST), name, "a whole number, 1 or more")
    numbers = fields.get("complaints", [])
    listed = isinstance(numbers, list) and all(_is_number(one, _LONGEST_NUMBER) for one in numbers)
    _check(listed, "complaints", "a list of numbers of complaints")
    days: dict[str, Any] = {name: day_in(fields[name], name) for name in DAYS if name in fields}
    return Draft(**{**fields, **days, "complaints": tuple(numbers)})


def object_of(body: object, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    """What was sent as a JSON object with these fields and no others. Raises RecordProblem."""
    if not isinstance(body, dict):
        raise RecordProblem(f"Send a JSON object, with Content-Type: application/json; it has {', '.join(known)}.")
    for name in body:
        if name not in known:
            raise RecordProblem(f"There is no field {name!r}; known are {', '.join(known)}.", str(name))
    for name in needed:
        if name not in body:
            raise RecordProblem(f"The field {name} is missing; needed are {', '.join(needed)}.", name)
    return body


def _is_number(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _check(fits: bool, name: str, what: str) -> None:
    if not fits:
        raise RecordProblem(f"{name} is {what}.", name)
