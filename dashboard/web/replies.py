"""Answers as HTTP replies."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import Response

from dashboard.panels.answer import Answer
from dashboard.panels.panel import Column


def as_json(content: object, status: int = 200) -> Response:
    """A JSON reply; days as ISO 8601."""
    body = json.dumps(content, default=_iso, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(body, status, mimetype="application/json")


def refusal(status: int, sentence: str, **more: object) -> Response:
    """A reply that says in one sentence why there is no answer."""
    return as_json({"error": sentence, **more}, status)


def answer_content(answer: Answer) -> Mapping[str, Any]:
    """An answer as the API gives it."""
    return {
        "panel": answer.panel.name,
        "as_of": answer.as_of,
        "data_version": answer.data_version,
        "compare": answer.compare,
        "label": answer.label,
        "immature": answer.immature,
        "headline": answer.headline,
        "filters": answer.filters.given(),
        "columns": columns_content(answer.columns),
        "rows": answer.rows,
        **({"count": answer.count, "next": answer.next} if answer.panel.listing else {}),
    }


def columns_content(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Columns with what a reader needs to understand them."""
    return [
        {"name": column.name, "label": column.label, "unit": column.unit, "definition": column.definition}
        for column in columns
    ]


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a reply")
