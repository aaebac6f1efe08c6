"""What are the complaints about?"""

import pandas as pd

from data_access.directory import Directory
from data_access.questions.members import NO_CLOSER, Line, of_lines
from data_access.reader import Snapshot
from data_access.selection import View


def categories(snapshot: Snapshot, view: View) -> pd.DataFrame:
    """One row per main category, or below the one looked at per category: `members.ABOUT`, `figures.COLUMNS`.

    Complaints that are told no closer than a main category have a row of their own below it.
    """
    return of_lines(snapshot, view, "category", category_lines(snapshot.directory, view))


def category_lines(directory: Directory, view: View) -> list[Line]:
    """The main categories, or those below the one looked at and what is told no closer."""
    members = directory.members["category"]
    asked = view.filters.category
    if asked is None:
        mains = [member for member in members.values() if member.parent is None]
        below = {main.id: [each.id for each in members.values() if each.parent == main.id] for main in mains}
        return [Line(main.slug, main.name, (main.id, *below[main.id])) for main in mains]
    own = directory.member("category", directory.id_of("category", asked))
    inner = [member for member in members.values() if member.parent == own.id]
    if not inner:
        return [Line.of(own, directory.parent_of(own, "category"))]
    rest = Line.rest(NO_CLOSER, f"{own.name}, no closer", [own.id])
    return [*(Line.of(member, own) for member in inner), rest]
