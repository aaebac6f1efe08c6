"""Who holds complaints and what they are about: small tables, keyed by slug to the outside.

No foreign keys: the door (`data_access.intake`) checks every reference, on every engine alike.
"""

from sqlalchemy import Boolean, Column, Date, Float, Integer, SmallInteger, String, Table

from data_access.tables.base import metadata

government = Table(
    "government",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("name", String, nullable=False),
    Column("ranked", Boolean, nullable=False),  # false: shown, marked and left out of rankings
    Column("note", String),  # why it is not ranked, or where its figures come from
)

district = Table(
    "district",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("name", String, nullable=False),
    Column("iso_3166_2", String, nullable=False),
    Column("government_id", Integer, nullable=False),  # the territory it lies in
    Column("division_slug", String, nullable=False),
    Column("division", String, nullable=False),
    Column("aliases", String),  # separated by |
    Column("population", Integer),  # census of 2017; null where none was published
    Column("latitude", Float, nullable=False),  # degrees, WGS 84
    Column("longitude", Float, nullable=False),
)

department = Table(
    "department",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("name", String, nullable=False),
    Column("government_id", Integer, nullable=False),
)

office = Table(
    "office",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("name", String, nullable=False),
    Column("designation", String, nullable=False),  # of the post that heads it
    Column("department_id", Integer, nullable=False),
    Column("government_id", Integer, nullable=False),  # copied from its department
    Column("district_id", Integer),  # null: serves more than one district
)

officer = Table(
    "officer",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("name", String, nullable=False),
    Column("designation", String, nullable=False),
    Column("grade", SmallInteger),  # basic pay scale, 1 to 22
)

posting = Table(
    "posting",
    metadata,
    Column("office_id", Integer, primary_key=True, autoincrement=False),
    Column("from_on", Date, primary_key=True),
    Column("to_on", Date),  # the last day; null: still posted
    Column("officer_id", Integer),  # null: the post is vacant
)

category = Table(
    "category",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("slug", String, nullable=False),
    Column("name", String, nullable=False),
    Column("parent_id", Integer),  # null: a main category
)

time_limit = Table(
    "time_limit",
    metadata,
    Column("category_id", Integer, primary_key=True, autoincrement=False),
    Column("from_on", Date, primary_key=True),
    Column("to_on", Date),  # the last day it holds; null: still holds
    Column("days", SmallInteger, nullable=False),
)
