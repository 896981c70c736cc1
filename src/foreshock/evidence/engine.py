"""How the store talks to its database, and what its failures mean.

SQLAlchemy Core on SQLite is the embedded default; only this file knows that it is SQLite. Every
reading happens in one transaction, so it sees one state of the store; every writing takes the
write lock first and waits for another writer, then lands whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from foreshock.core.errors import StoreBusy, StoreCorrupt, StoreError, StoreFull, StoreReadOnly

WAIT_SECONDS = 20.0
"""How long a writer waits for another before it gives up."""

_WRITE = "foreshock_write"


def connect(path: Path) -> Engine:
    """Open a store's database file; nothing is read or written yet."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"timeout": WAIT_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _manual_transactions(connection: Any, _record: Any) -> None:
        # The driver would begin transactions late and never for reading; we begin them ourselves.
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """Open one consistent reading of the store."""
    with _explained(path), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """Open one writing of the store: it lands whole when the block ends, or not at all."""
    with _explained(path), engine.execution_options(**{_WRITE: True}).begin() as connection:
        yield connection


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except StoreCorrupt as error:
        error.where = error.where or str(path)
        raise
    except DatabaseError as error:
        raise _explain(str(error.orig), path) from error
    except SQLAlchemyError as error:
        raise StoreError(f"the store failed: {error}", where=str(path)) from error


def _explain(message: str, path: Path) -> StoreError:
    where = str(path)
    lower = message.lower()
    if "locked" in lower or "busy" in lower:
        return StoreBusy(
            f"another program has been writing to the store for {WAIT_SECONDS:g} s",
            where=where,
            mend="wait until it is done and try again; nothing was changed",
        )
    if "readonly" in lower or "read-only" in lower or "unable to open" in lower:
        return StoreReadOnly(
            f"the store cannot be written ({message})",
            where=where,
            mend="give yourself the right to write there, or set FORESHOCK_HOME to another folder",
        )
    if "full" in lower or "disk i/o" in lower or "too big" in lower:
        return StoreFull(
            f"no room to write the store ({message})",
            where=where,
            mend="free some space, or set FORESHOCK_HOME to another disk; nothing was changed",
        )
    if any(word in lower for word in ("malformed", "not a database", "corrupt", "decode")):
        return StoreCorrupt(
            f"the store is damaged or is no Foreshock store ({message})",
            where=where,
            mend="move the file away and restore a copy; a case's own files are read in again",
        )
    return StoreError(f"the store failed ({message})", where=where)
