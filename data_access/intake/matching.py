"""What staged rows meet in tables: a join finds it, it is staged too, and statements go on with staged rows alone.

Where tables are spread over machines (see citus.py), no subquery that hangs on a row outside it may lead from staged
rows to facts, or from facts to staged rows.
"""

from sqlalchemy import ColumnElement, Connection, Table, and_, select

from data_access.intake.stage import keep


def met(connection: Connection, name: str, staged: Table, table: Table, *same: ColumnElement[bool]) -> Table:
    """A temporary table of that name with the ids of the staged rows that stand in the table, and are the same there.

    An id stands once in each.
    """
    return keep(connection, name, select(staged.c.id).join(table, and_(table.c.id == staged.c.id, *same)))


def has(those: Table, row: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the id is among those: of staged rows, to be asked of staged rows."""
    return select(those.c.id).where(those.c.id == row).exists()
