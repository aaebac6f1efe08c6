"""What each control of the filter bar shows and offers, beside the filters that are set, to the account that asks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from callbacks.offered import Offered
from dashboard.words.filters import in_options
from dashboard.words.numbers import count
from dashboard.words.text import DEFAULT_LANGUAGE, marked, say
from data_access.directory import Member
from data_access.filters import CHOICES
from data_access.spelling import spellings
from layouts.filter_bar import CONTROLS

MOST: Final = 50
"""Offices that are offered at once."""
CUT: Final = "…"
"""Stands for the value of the line that says that there are more; it cannot be chosen."""
NOT_TAKEN: Final = marked("No panel of this page takes this filter.")
FIXED: Final = marked("Fixed for your account.")
_SPELT: Final = frozenset({"government", "division", "district"})
"""Those that are found by other spellings of their names too."""
_PARENTS: Final = {"department": "government", "office": "department"}

Option = Mapping[str, str | bool]


@dataclass(frozen=True)
class Control:
    """What one control offers and shows. `reason` is why nothing can be chosen; empty where something can."""

    options: Sequence[Option]
    value: str | None
    reason: str = ""


@dataclass(frozen=True)
class Choices:
    """The choices beside what is asked for. `taken` are the parameters that the page takes."""

    offered: Offered
    taken: frozenset[str]

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.offered.filters.lang or DEFAULT_LANGUAGE

    def controls(self) -> dict[str, Control]:
        """Every control by its parameter."""
        return {name: self._control(name) for name in CONTROLS}

    def offices(self, text: str, value: str | None) -> list[Option]:
        """Those that match what was typed, MOST at once, and a line that says that there are more."""
        found, more = self.offered.offices(text, MOST)
        options = self._options("office", self._with(found, "office", value), text)
        if more:
            sentence = "Type more: {count} others match" if text else "Type to find one of {count} others"
            label = say(sentence, self.language, count=count(more, self.language))
            options.append({"label": label, "value": CUT, "disabled": True, "search": text})
        return options

    def _control(self, name: str) -> Control:
        value = self.offered.shown(name)
        reason = FIXED if name in self.offered.fixed else "" if name in self.taken else NOT_TAKEN
        if name in CHOICES:
            return Control(self._words(name), value, say(reason, self.language))
        if reason:
            return Control(self._options(name, self._with([], name, value)), value, say(reason, self.language))
        if name == "office":
            return Control(self.offices("", value), value)
        return Control(self._options(name, self._with(self.offered.members(name), name, value)), value)

    def _with(self, found: list[Member], name: str, value: str | None) -> list[Member]:
        """Those found and, before them, the one that is chosen: Dash takes away a value that is not offered."""
        if value is None or any(member.slug == value for member in found):
            return found
        return [self.offered.member(name, value), *found]

    def _words(self, name: str) -> list[Option]:
        landless = name == "view" and self.offered.asked.get("government") in self.offered.directory.landless
        words = ("held",) if landless else CHOICES[name]
        return [{"label": in_options(name, word, self.language), "value": word} for word in words]

    def _options(self, name: str, members: Sequence[Member], text: str = "") -> list[Option]:
        labels = self._labels(name, members)
        return [self._option(name, member, label, text) for member, label in zip(members, labels, strict=True)]

    def _labels(self, name: str, members: Sequence[Member]) -> list[str]:
        """Their names; with what they belong to, as far up as it takes, where others are called the same."""
        labels, above = [member.name for member in members], list[Member | None](members)
        while (outer := _PARENTS.get(name)) and len(set(labels)) < len(labels):
            times = Counter(labels)
            above = [None if one is None else self.offered.directory.parent_of(one, outer) for one in above]
            labels = [
                f"{label}, {one.name}" if one and times[label] > 1 else label
                for label, one in zip(labels, above, strict=True)
            ]
            name = outer
        return labels

    def _option(self, name: str, member: Member, label: str, text: str) -> Option:
        directory, search = self.offered.directory, ""
        if name == "category" and (main := directory.parent_of(member, "category")):
            label, search = f"\u2003{label}", main.name
        elif name == "office":
            search = f"{directory.sought.get(member.id, '')} {text}"
        elif name in _SPELT:
            search = spellings((member.name, *member.aliases))
        return {"label": label, "value": member.slug} | ({"search": search} if search else {})
