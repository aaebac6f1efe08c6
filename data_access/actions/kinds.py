"""The kinds of actions: the one list of what can be ordered about a post, in English and Urdu."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class ActionKind:
    """One kind, by its slug."""

    slug: str
    label: str
    urdu: str


_ALL: Final = (
    ActionKind("suspended", "Suspended", "معطل"),
    ActionKind("osd", "Officer on special duty", "افسر بکارِ خاص"),
    ActionKind("removed", "Removed", "برطرف"),
    ActionKind("show-cause", "Show-cause notice", "شوکاز نوٹس"),
    ActionKind("warning", "Warning", "تنبیہ"),
    ActionKind("displeasure", "Displeasure", "اظہارِ ناپسندیدگی"),
    ActionKind("explanation", "Explanation called", "جواب طلبی"),
    ActionKind("caution", "Caution", "احتیاط کی ہدایت"),
    ActionKind("appreciation", "Appreciation", "اظہارِ تحسین"),
)
KINDS: Final[Mapping[str, ActionKind]] = MappingProxyType({kind.slug: kind for kind in _ALL})
"""Slug -> kind, in the order in which they are listed."""
REFERRAL: Final = "referral"
"""What stands in the place of a kind for a case that is only referred: it is no action and disciplines nobody."""

PROPOSED: Final = "proposed"
APPROVED: Final = "approved"
DECLINED: Final = "declined"
WITHDRAWN: Final = "withdrawn"
REFERRED: Final = "referred"
PUBLISHED: Final = "published"
"""What an action is called that came with the data, from a source that is public; in the table it has no state."""
