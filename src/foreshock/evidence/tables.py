"""The tables of the store, in plain SQL types that SQLite and PostgreSQL share.

``known_day`` is the ordinal of a UTC day, ``recorded_at`` counts microseconds since 1970 (UTC).
Rows are only ever added. A claim's row may be followed by a withdrawal (a coder's mistake); a
reference record's by a newer version of its key, or by one without payload (taken back).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 1
NEVER = 2**31 - 1
"""``known_day`` of what no as-of may see."""

METADATA = MetaData()
ABOUT = Table("foreshock", METADATA, Column("schema_version", Integer, primary_key=True))
BATCH = Table(
    "batch",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("case_name", String(120), nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("mark", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("batch_by_case", "case_name", "recorded_at"),
)
CLAIM = Table(
    "claim",
    METADATA,
    Column("case_name", String(120), primary_key=True),
    Column("id", String(40), primary_key=True),
    Column("record", String(40), primary_key=True),
    Column("recorded_at", BigInteger, primary_key=True, autoincrement=False),
    Column("known_day", Integer, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Index("claim_by_day", "case_name", "known_day"),
)
ENTRY = Table(
    "entry",
    METADATA,
    Column("case_name", String(120), primary_key=True),
    Column("book", String(40), primary_key=True),
    Column("entry_key", String(200), primary_key=True),
    Column("recorded_at", BigInteger, primary_key=True, autoincrement=False),
    Column("known_day", Integer, nullable=False),
    Column("record", String(40), nullable=False),
    Column("batch", Integer, nullable=False),
    Column("payload", Text),
)
WITHDRAWAL = Table(
    "withdrawal",
    METADATA,
    Column("case_name", String(120), primary_key=True),
    Column("record", String(40), primary_key=True),
    Column("recorded_at", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("batch", Integer, nullable=False),
)
