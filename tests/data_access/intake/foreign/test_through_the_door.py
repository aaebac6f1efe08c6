"""Exports all the way into a database: what lands, what is made, and nothing twice."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access.database import Database
from data_access.intake.check import check
from data_access.intake.foreign.mapping_file import EXAMPLES, parse_mapping
from data_access.intake.imports import Asked, bring, sizes_of
from data_access.intake.progress import Progress
from data_access.tables.facts import complaint
from data_access.tables.reference import district, government
from tools.exports import write_helpdesk, write_nyc

COUNT = 300


@pytest.mark.parametrize("name", ["nyc_311", "helpdesk"])
def test_an_export_lands_whole_and_again_changes_nothing(either: Database, tmp_path: Path, name: str) -> None:
    write = write_nyc if name == "nyc_311" else write_helpdesk
    path = write(tmp_path / "a.csv", COUNT)
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    asked = Asked([path], parse_mapping(text.replace("unstated", "dropped"), name))
    report = bring(either, asked, Progress(sizes_of([path])))
    assert (report.read, report.accepted, report.rejected) == (COUNT, COUNT, 0)
    again = bring(either, asked, Progress(sizes_of([path])))
    assert (again.read, again.unchanged, again.version) == (COUNT, COUNT, report.version)
    assert not [one for one in check(either) if one.difference]
    with either.snapshot() as connection:
        assert connection.execute(select(func.count()).select_from(complaint)).scalar_one() == COUNT
        slugs = connection.execute(select(government.c.slug)).scalars().all()
        assert ("new-york-city" in slugs) == (name == "nyc_311")
        made = select(func.count()).where(district.c.slug.like("%-in-new-york-city"))
        assert connection.execute(made).scalar_one() == (5 if name == "nyc_311" else 0)


def test_what_the_door_refuses_stands_as_it_was_too(either: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Unique Key,Created Date,Closed Date,Agency Name,Complaint Type,Descriptor,Borough,Status,Due Date\n"
        "1,01/31/2024 11:00:00 PM,01/30/2024 11:00:00 PM,Parks,Tree,Dead,BRONX,Closed,\n"
        "2,01/31/2024 11:00:00 PM,31/31/2024,Parks,Tree,Dead,BRONX,Closed,\n"
        "3,01/31/2024 11:00:00 PM,,Parks,Tree,Dead,BRONX,Open,\n",
        encoding="utf-8",
    )
    text = (EXAMPLES / "nyc_311.yaml").read_text(encoding="utf-8").replace("unstated", "dropped")
    report = bring(either, Asked([path], parse_mapping(text, "nyc")), Progress(sizes_of([path])))
    assert (report.read, report.accepted, report.rejected) == (3, 1, 2)
    rows = report.reject_rows().sort_values("line")
    assert rows["line"].tolist() == [2, 3]
    assert rows["original"].tolist() == path.read_text(encoding="utf-8").splitlines()[1:3]
    assert rows["column"].tolist()[1] == "Closed Date"
