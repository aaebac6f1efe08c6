"""What was typed into forms: days, values, numbers of entries."""

from datetime import date

from data_access.recording import RecordProblem


def day_in(text: str, field: str) -> date:
    """The day that was typed. Raises RecordProblem."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RecordProblem(f"{text.strip() or 'Nothing'} is no day; write it as 2019-10-31.", field) from None


def value_in(text: str, *, in_percent: bool) -> float:
    """The value that was typed, as a fraction where it was in percent. Raises RecordProblem."""
    plain = text.strip().removesuffix("%").strip().replace(",", "")
    try:
        value = float(plain)
    except ValueError:
        raise RecordProblem(f"{text.strip() or 'Nothing'} is no number; write 55 for 55%, or 2500.", "value") from None
    return round(value / 100, 6) if in_percent else value


def is_number(text: str) -> bool:
    """Whether it can be the number of an entry."""
    return text.isascii() and text.isdigit() and len(text) < 10


def number_in(text: str) -> int:
    """The number of an entry, from its button. Raises RecordProblem."""
    if not is_number(text):
        raise RecordProblem("The form does not say which entry; use its buttons.")
    return int(text)
