"""Who may come in, with what, and what they did."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, String, Table

from data_access.tables.base import metadata

account = Table(
    "account",
    metadata,
    Column("username", String, primary_key=True),
    Column("password_hash", String),  # argon2id; null: signs in elsewhere, by single sign-on
    Column("role", String, nullable=False),  # one of data_access.roles
    Column("pinned", String, nullable=False),  # filters as in an address: government=sindh&district=karachi-south
    Column("demo", Boolean, nullable=False),  # has a password that is printed in the README
    Column("disabled", Boolean, nullable=False),
    Column("epoch", Integer, nullable=False),  # one more whenever every session and remembered password must end
    Column("second_factor", String),  # the sealed secret of one-time codes; null: none
    Column("second_factor_step", BigInteger),  # the time step of the last code taken: no code counts twice
    Column("issuer", String),  # of single sign-on; null: the account is kept here
    Column("subject", String),  # who it is at the issuer
    Column("made_at", DateTime, nullable=False),  # UTC
)

# A key for programs. Shown once; what is kept cannot be turned back into it.
api_token = Table(
    "api_token",
    metadata,
    Column("id", String, primary_key=True),  # public part of the key
    Column("digest", String, nullable=False),  # SHA-256 of the whole key, which holds 256 random bits
    Column("username", String, nullable=False),
    Column("label", String, nullable=False),  # what it is for, in its owner's words
    Column("abilities", String, nullable=False),  # those of its account that it carries, separated by spaces
    Column("pinned", String, nullable=False),  # pins beyond those of its account
    Column("made_at", DateTime, nullable=False),  # UTC
    Column("expires_at", DateTime, nullable=False),  # UTC
    Column("revoked_at", DateTime),  # UTC; null: not revoked
)

# A session that was ended before its time. Kept until its limits would have ended it.
ended_session = Table(
    "ended_session",
    metadata,
    Column("mark", String, primary_key=True),
    Column("until", BigInteger, nullable=False),  # seconds since 1970
)

# Append-only. `hash` covers the entry and the hash before it, so that none can be changed or left out unseen.
audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # 1, 2, 3 without a gap
    Column("happened_at", DateTime, nullable=False),  # UTC
    Column("account", String),  # who did it; null: nobody that is known, or the machine itself
    Column("action", String, nullable=False),  # one of data_access.accounts.audit.ACTIONS
    Column("subject", String),  # what it was done to
    Column("detail", String, nullable=False),  # JSON, names in order; empty object: nothing more to say
    Column("previous_hash", String, nullable=False),
    Column("hash", String, nullable=False),
)

# One row: the newest entry, so that entries missing at the end are missed too.
audit_head = Table(
    "audit_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("entry_id", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
)

# One row: failures at the door within one window of time. Counted here where several processes serve one database.
guess_count = Table(
    "guess_count",
    metadata,
    Column("name", String, primary_key=True),  # what they are counted by, under a keyed hash, and the window's start
    Column("times", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),  # seconds since 1970, after which it may go
)
