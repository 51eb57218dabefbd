"""Working with the home's encrypted file in transactions."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, pool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from carehome.db import change_log
from carehome.db.base import Base
from carehome.errors import CareHomeError, Trouble
from carehome.i18n import N_
from carehome.rules.ledger import day_close
from carehome.rules.ledger.booking import CLOSED, MonthClosed
from carehome.rules.rights import User

BUSY_MS = 2000


class InUse(Trouble):
    """Another program holds the file."""

    text = N_(
        "This home is already open in another window or program. Close it there first."
    )


class Damaged(Trouble):
    """The file is not what was written."""

    text = N_(
        "The data file is damaged. Do not go on working with it; restore the latest "
        "copy from the folder “copies” or from a backup. Nothing was changed."
    )


class ReadOnly(Trouble):
    """The file or its folder cannot be written."""

    text = N_(
        "The folder of the home cannot be written. Check the rights of the folder or "
        "the write protection of the disk. Nothing was changed."
    )


class DiskFull(Trouble):
    """There is no room left."""

    text = N_(
        "The disk is full. Free some space and do it once more; nothing was saved."
    )


class NotReadable(Trouble):
    """The disk does not give the file."""

    text = N_("The data file cannot be read or written ({reason}). Nothing was saved.")


class Database:
    """The home's data file, open for one program.

    One connection serves everybody: the file is locked for this program alone, and
    a second thread waits its turn.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._engine = engine_for(path, key)
        self._writing = self._engine.execution_options(writing=True)
        self.on_change: Callable[[frozenset[str]], None] = lambda _tables: None

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def tell_all_changed(self) -> None:
        """Let everybody read again, as when a new day begins: nothing was written."""
        self.on_change(frozenset(Base.metadata.tables))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look at one consistent state of the data."""
        with told(), Session(self._engine) as session:
            yield session
            assert not session.new | session.dirty | session.deleted, "use writing()"

    @contextmanager
    def writing(
        self, user: User, deed: str, at: datetime | None = None
    ) -> Iterator[Session]:
        """Change the data as `user`: all of the body happens, or nothing.

        `at` is the moment for the change log, in UTC without a zone; now unless given.
        """
        with told():
            session = Session(self._writing)
            with session, session.begin():
                done = change_log.watch(session, user, deed, at)
                yield session
        if done.touched:
            self.on_change(frozenset(done.touched))


def engine_for(path: Path, key: bytes) -> Engine:
    """Return an engine on `path` that holds the file for itself alone."""

    def connect() -> Any:
        connection = dbapi2.connect(str(path), check_same_thread=False)
        prepare(connection, key)
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=pool.QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return="rollback",
    )
    event.listen(engine, "begin", _begin)
    return engine


def prepare(connection: Any, key: bytes) -> None:
    """Unlock a fresh connection and set how it works."""
    connection.isolation_level = None  # the "begin" event begins, see _begin
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")  # what is destroyed is overwritten


def copy_file(source: Path, target: Path, key: bytes) -> None:
    """Copy a data file whole; both have the same key."""
    with (
        told(),
        closing(dbapi2.connect(str(source))) as old,
        closing(dbapi2.connect(str(target))) as new,
    ):
        prepare(old, key)
        new.execute("PRAGMA cipher_log_level = NONE")
        new.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        old.backup(new)


@contextmanager
def told() -> Iterator[None]:
    """Turn trouble of the environment into something a person can act on."""
    try:
        yield
    except DBAPIError as error:
        if trouble := _trouble(error.orig):
            raise trouble from error
        raise
    except dbapi2.Error as error:
        if trouble := _trouble(error):
            raise trouble from error
        raise


_TROUBLES: dict[str, type[Trouble]] = {
    "SQLITE_BUSY": InUse,
    "SQLITE_LOCKED": InUse,
    "SQLITE_NOTADB": Damaged,
    "SQLITE_CORRUPT": Damaged,
    "SQLITE_READONLY": ReadOnly,
    "SQLITE_PERM": ReadOnly,
    "SQLITE_CANTOPEN": ReadOnly,
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": NotReadable,
}


def _trouble(error: BaseException | None) -> CareHomeError | None:
    if CLOSED in str(error):  # a trigger says so, wherever money gets its day
        return MonthClosed()
    if day_close.CLOSED in str(error):
        return day_close.DayClosed()
    name = getattr(error, "sqlite_errorname", None) or ""
    for start, kind in _TROUBLES.items():
        if name.startswith(start):
            return kind(reason=name) if kind is NotReadable else kind()
    return None


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
