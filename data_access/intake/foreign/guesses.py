"""Guesses at what the columns of an export mean: by their names in English and Urdu, and by what stands in them."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from data_access.spelling import folded

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id",
        "number",
        "no",
        "unique key",
        "key",
        "ticket",
        "ticket id",
        "ticket number",
        "case id",
        "case number",
        "complaint id",
        "complaint number",
        "complaint no",
        "complaint code",
        "reference",
        "reference number",
        "tracking id",
        "شکایت نمبر",
        "نمبر",
        "حوالہ نمبر",
    ),
    "received_at": (
        "received",
        "received at",
        "received on",
        "created",
        "created at",
        "created date",
        "creation date",
        "opened",
        "opened at",
        "open date",
        "registered",
        "registration date",
        "registered on",
        "filed",
        "filed on",
        "submitted",
        "submitted at",
        "lodged",
        "complaint date",
        "date",
        "date received",
        "تاریخ",
        "تاریخ اندراج",
        "تاریخ وصولی",
    ),
    "closed_at": (
        "closed",
        "closed at",
        "closed on",
        "closed date",
        "closing date",
        "resolved",
        "resolved at",
        "resolution date",
        "resolved on",
        "completed",
        "completion date",
        "disposal date",
        "disposed on",
        "date closed",
        "تاریخ حل",
        "تاریخ اختتام",
        "تاریخ ازالہ",
    ),
    "due_on": (
        "due",
        "due on",
        "due date",
        "deadline",
        "target date",
        "answer by",
        "expected date",
        "sla date",
        "آخری تاریخ",
        "مقررہ تاریخ",
    ),
    "reopened_at": ("reopened", "reopened at", "reopen date", "reopened on", "دوبارہ کھولنے کی تاریخ"),
    "feedback_at": ("feedback date", "feedback at", "rated", "rated on", "rating date", "تاریخ رائے"),
    "told_at": (
        "updated",
        "updated at",
        "last updated",
        "modified",
        "last modified",
        "export date",
        "resolution action updated date",
        "تاریخ ترمیم",
    ),
    "government": ("government", "province", "state name", "صوبہ", "حکومت"),
    "department": (
        "department",
        "department name",
        "agency",
        "agency name",
        "ministry",
        "organization",
        "organisation",
        "entity",
        "محکمہ",
        "ادارہ",
        "وزارت",
    ),
    "office": ("office", "office name", "desk", "unit", "section", "assigned to", "queue", "team", "دفتر", "شعبہ"),
    "district": ("district", "district name", "borough", "city", "county", "zila", "ضلع", "شہر"),
    "category": (
        "category",
        "complaint type",
        "type",
        "issue type",
        "topic",
        "nature",
        "nature of complaint",
        "main category",
        "قسم",
        "نوعیت",
        "زمرہ",
    ),
    "subcategory": (
        "subcategory",
        "sub category",
        "descriptor",
        "subtype",
        "sub type",
        "issue",
        "ذیلی قسم",
        "ذیلی زمرہ",
    ),
    "subject": (
        "subject",
        "title",
        "summary",
        "description",
        "complaint",
        "details",
        "موضوع",
        "عنوان",
        "تفصیل",
        "شکایت",
    ),
    "status": ("status", "state", "complaint status", "current status", "کیفیت", "حالت", "صورتحال"),
    "outcome": ("outcome", "result", "resolution", "disposition", "نتیجہ"),
    "satisfied": ("satisfied", "satisfaction", "rating", "feedback", "citizen feedback", "score", "اطمینان", "رائے"),
    "channel": ("channel", "source", "came by", "open data channel type", "medium", "mode", "ذریعہ"),
    "complaint": ("complaint id", "complaint number", "case id", "ticket id", "شکایت نمبر"),
    "happened_at": ("happened at", "event date", "timestamp", "time", "date", "وقت"),
    "kind": ("event", "event type", "action", "activity", "kind", "واقعہ"),
}
"""What columns of exports are called that hold what ours do."""
_ALIKE: Final = 0.82

_MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {
        "open": "open new started assigned pending waiting active registered received in progress under process "
        "forwarded unresolved overdue escalated email sent unassigned کھلی زیر التوا نئی جاری",
        "closed": "closed done resolved completed complete disposed finished solved dropped no action cancelled "
        "rejected بند حل شدہ حل مکمل نمٹا دی",
        "reopened": "reopened re opened again reopen دوبارہ کھولی گئی دوبارہ",
    },
    "satisfied": {
        "true": "yes y true satisfied good excellent very good happy positive 4 5 ہاں مطمئن",
        "false": "no n false not satisfied unsatisfied dissatisfied bad poor very poor unhappy negative 1 2 3 نہیں "
        "غیر مطمئن",
    },
    "outcome": {
        "relief": "relief solved granted relief granted accepted fully resolved ازالہ",
        "partial": "partial in part partly partially resolved partial relief جزوی",
        "refused": "refused not possible rejected denied relief cannot be granted مسترد",
        "dropped": "dropped duplicate withdrawn not relevant invalid spam cancelled خارج",
    },
    "channel": {
        "app": "app mobile mobile app android ios ایپ",
        "web": "web online website portal internet email e mail ویب",
        "helpline": "helpline phone call telephone call center call centre sms فون",
        "letter": "letter post mail fax خط",
        "walk-in": "walk in counter in person visit office دفتر",
    },
    "kind": {
        "received": "received created opened registered in وصول",
        "assigned": "assigned سپرد",
        "transferred": "transferred forwarded moved منتقل",
        "closed": "closed resolved done out بند",
        "reopened": "reopened again دوبارہ",
        "feedback": "feedback rated answer رائے",
    },
}


def fields_of(header: Sequence[str], asked: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """For our columns, that of the export which is called most alike, and whether it is called exactly so.

    Each column of the export stands for one of ours at most, the closest.
    """
    scores = []
    for field in asked:
        for place, column in enumerate(header):
            likeness = max((_likeness(folded(column), folded(name)) for name in SYNONYMS.get(field, ())), default=0.0)
            if likeness >= _ALIKE:
                scores.append((-likeness, place, asked.index(field), field, column))
    found: dict[str, tuple[str, bool]] = {}
    taken: set[str] = set()
    for negative, _, _, field, column in sorted(scores):
        if field not in found and column not in taken:
            found[field] = (column, negative == -1.0)
            taken.add(column)
    return found


def meaning_of(field: str, value: str) -> str | None:
    """What a value of an export most likely means; None where nothing is near."""
    words = folded(value)
    for meant, text in _MEANINGS.get(field, {}).items():
        known = folded(text)
        if words and f" {words} " in f" {known} ":
            return meant
    return None


def translates(field: str) -> bool:
    """Whether values of this column of ours are words that must be translated."""
    return field in _MEANINGS


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other).ratio() * 0.99
