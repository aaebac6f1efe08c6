"""The strata of audits by call: how many closings were drawn from each, and what their citizens answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Connection, case, cast, func, select

from data_access.audits.estimate import FEWEST, Stratum, estimate
from data_access.tables.oversight import audit_call

COUNTS: Final = ("population", "sampled", "called", "unreachable", "answered", "confirmed")
SHARES: Final = ("share", "low", "high", "reason")
_C: Final = audit_call.c


def strata_of(connection: Connection, draws: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """By the number of each of these draws, a row per stratum: `government_id`, `outcome` and COUNTS."""
    key = (_C.draw_id, _C.government_id, _C.outcome)
    counted = {
        "population": func.max(_C.population),
        "sampled": func.count(),
        "called": func.count(_C.result),
        "unreachable": _with("unreachable"),
        "confirmed": _with("confirmed"),
    }
    whole = [cast(one, BigInteger).label(name) for name, one in counted.items()]
    rows = select(*key, *whole).where(_C.draw_id.in_(list(draws))).group_by(*key).order_by(*key)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(rows):
        counts = {name: int(getattr(row, name)) for name in counted}
        counts["answered"] = counts["called"] - counts["unreachable"]
        found.setdefault(row.draw_id, []).append({"government_id": row.government_id, "outcome": row.outcome, **counts})
    return found


def _with(result: str) -> ColumnElement[int]:
    return func.count(case((_C.result == result, 1)))


def together(strata: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """COUNTS of all of them."""
    return {name: sum(one[name] for one in strata) for name in COUNTS}


def estimated(strata: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """SHARES of all of them: what share is confirmed and the ends of its interval, or null and the reason."""
    found = estimate([Stratum(one["population"], one["answered"], one["confirmed"]) for one in strata])
    if found is not None:
        return {"share": found.share, "low": found.low, "high": found.high, "reason": None}
    none = not any(one["called"] for one in strata)
    reason = "no result was entered yet" if none else f"fewer than {FEWEST} answers"
    return {"share": None, "low": None, "high": None, "reason": reason}
