"""What every database starts from: the eight governments, the districts, and whether it holds the sample."""

import csv
import re
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
from sqlalchemy import insert, select

from data_access.clock import utc_now
from data_access.database import Database, DatabaseProblem
from data_access.identity import new_identity
from data_access.intake.stage import fill
from data_access.schema import upgrade
from data_access.tables.reference import district, government
from data_access.tables.system import dataset

GOVERNMENTS: Final = (
    ("federal", "Federal"),
    ("punjab", "Punjab"),
    ("khyber-pakhtunkhwa", "Khyber Pakhtunkhwa"),
    ("sindh", "Sindh"),
    ("islamabad", "Islamabad"),
    ("balochistan", "Balochistan"),
    ("azad-jammu-kashmir", "Azad Jammu & Kashmir"),
    ("gilgit-baltistan", "Gilgit-Baltistan"),
)
_ISO: Final = {
    "PK-PB": "punjab",
    "PK-KP": "khyber-pakhtunkhwa",
    "PK-SD": "sindh",
    "PK-IS": "islamabad",
    "PK-BA": "balochistan",
    "PK-JK": "azad-jammu-kashmir",
    "PK-GB": "gilgit-baltistan",
}
DISTRICTS: Final = Path(__file__).parent.parent / "facts" / "districts.csv"


def slug_of(name: str) -> str:
    """The name as it stands in addresses: small letters, digits, single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def lay_ground(database: Database, kind: str, label: str = "") -> None:
    """Make the schema and what every database starts from. `kind`: real or sample; a label is shown on every page.

    Raises DatabaseProblem when the database is in use already.
    """
    upgrade(database)
    with database.writer() as connection:
        held = connection.execute(select(dataset.c.kind)).scalar()
        if held is not None:
            what = "the sample" if held == "sample" else "real data"
            raise DatabaseProblem(
                f"This database is made for {what} already; name another one in DATABASE_URL, or remove it first."
            )
        made = {"kind": kind, "label": label, "made_at": utc_now(), "identity": new_identity()}
        connection.execute(insert(dataset), made)
        rows = [(i, slug, name, True) for i, (slug, name) in enumerate(GOVERNMENTS, start=1)]
        frame = pd.DataFrame(rows, columns=["id", "slug", "name", "ranked"])
        fill(connection, government, pa.Table.from_pandas(frame, preserve_index=False))
        fill(connection, district, pa.Table.from_pylist(districts()))


def districts() -> list[dict[str, Any]]:
    """The districts as rows of their table, in the order of the file."""
    ids = {slug: number for number, (slug, _) in enumerate(GOVERNMENTS, start=1)}
    with DISTRICTS.open(encoding="utf-8", newline="") as file:
        return [
            {
                "id": number,
                "slug": slug_of(row["district"]),
                "name": row["district"],
                "iso_3166_2": row["iso_3166_2"],
                "government_id": ids[_ISO[row["iso_3166_2"]]],
                "division_slug": slug_of(row["division"]),
                "division": row["division"],
                "aliases": "|".join(name for name in (row["aliases"], row["urdu"]) if name) or None,
                "population": int(row["pop_2017"]) if row["pop_2017"] else None,
                "latitude": float(row["lat"]),
                "longitude": float(row["lon"]),
            }
            for number, row in enumerate(csv.DictReader(file), start=1)
        ]
