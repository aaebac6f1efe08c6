"""What processes that serve one database keep there for each other. None of it is of the data, and all of it may go."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, String, Table

from data_access.tables.base import metadata

# One row: how often somebody has asked, in one window of time and in the one before it. Not kept over a crash.
asked = Table(
    "asked",
    metadata,
    Column("name", String, primary_key=True),  # who asks for what, under a keyed hash
    Column("begun", BigInteger, nullable=False),  # when the window began, in seconds since 1970
    Column("times", Integer, nullable=False),
    Column("before", Integer, nullable=False),
    Column("rests", BigInteger, nullable=False),  # seconds since 1970, until which nothing more is answered
)

# One row: what a program was answered that may ask the same again, because no answer came.
sent_answer = Table(
    "sent_answer",
    metadata,
    Column("name", String, primary_key=True),  # token and Idempotency-Key, as a hash
    Column("digest", String, nullable=False),  # of what was sent
    Column("told", String, nullable=False),  # JSON
    Column("until", BigInteger, nullable=False),  # seconds since 1970, after which it may go
)

# One row: the newest import, trial or rollback that was begun on a page, whichever process runs it.
import_work = Table(
    "import_work",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),  # import | trial | rollback
    Column("source", String, nullable=False),
    Column("account", String, nullable=False),
    Column("doing", String, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("share", Float, nullable=False),
    Column("seconds", Float, nullable=False),  # since it began
    Column("stopping", Boolean, nullable=False),  # somebody wants it to end
    Column("beat", Float, nullable=False),  # when its process was last heard of, in the database's seconds since 1970
    Column("outcome", String),  # JSON; null while it is under way
)

# One row: something that took long to be worked out. Not kept over a crash.
shelf = Table(
    "shelf",
    metadata,
    Column("name", String, primary_key=True),  # what it is of, and of which edition of the software, as a hash
    Column("mark", String, nullable=False),  # the state of the data that it hangs on
    Column("laid_at", BigInteger, nullable=False),  # seconds since 1970
    Column("content", LargeBinary, nullable=False),
)
