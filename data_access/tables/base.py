"""The one MetaData every table hangs on, and the column types both engines share."""

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, MetaData, SmallInteger, String

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

__all__ = [
    "BigInteger",
    "Boolean",
    "Date",
    "DateTime",
    "Integer",
    "SmallInteger",
    "String",
    "metadata",
]
