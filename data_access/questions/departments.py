"""Which departments hold the complaints?"""

import numpy as np
import pandas as pd

from data_access.directory import Directory
from data_access.questions.members import ABOUT, Line, of_lines
from data_access.reader import Snapshot
from data_access.selection import Selection, View


def departments(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per department of the government looked at, else of all: `members.ABOUT`, `figures.COLUMNS`.

    The parent is its government. Moves are those across the border of a department, so they do not add up to those of
    the government; everything else does.
    """
    return of_lines(snapshot, view, "department", department_lines(snapshot.directory, view.selection))


def department_lines(directory: Directory, asked: Selection) -> list[Line]:
    """The departments of the government looked at, else of all."""
    found = [
        member
        for member in directory.members["department"].values()
        if asked.department in (None, member.id) and asked.government in (None, member.parent)
    ]
    if asked.office is not None and asked.department is None:
        found = [member for member in found if member.id == directory.member("office", asked.office).parent]
    return [Line.of(member, directory.parent_of(member, "government")) for member in found]


def offices(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per office of the department looked at, none while no department is: ABOUT, post, `figures.COLUMNS`.

    The parent is its department, post the designation of whoever heads it. Moves are across the border of an office.
    """
    lines, members = office_lines(snapshot.directory, view.selection), snapshot.directory.members["office"]
    table = of_lines(snapshot, view, "office", lines)
    table.insert(len(ABOUT), "post", np.array([members[line.ids[0]].post for line in lines], dtype=object))
    return table


def office_lines(directory: Directory, asked: Selection) -> list[Line]:
    """The offices of the department looked at; none while no department is."""
    department = asked.department
    if department is None and asked.office is not None:
        department = directory.member("office", asked.office).parent
    found = [
        member
        for member in directory.members["office"].values()
        if member.parent == department and asked.office in (None, member.id)
    ]
    return [Line.of(member, directory.parent_of(member, "department")) for member in found]
