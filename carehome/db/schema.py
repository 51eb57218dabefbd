"""Bringing a data file to the schema of this program."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlcipher3 import dbapi2

from carehome import paths
from carehome.db.database import Damaged, copy_file, engine_for, prepare, told
from carehome.errors import Trouble
from carehome.i18n import N_


class FileTooNew(Trouble):
    """A newer version of the program wrote this file."""

    text = N_(
        "A newer version of the program has written this data. Please update the "
        "program on this computer; nothing was changed."
    )


class CopyFailed(Trouble):
    """The copy that every upgrade needs could not be made."""

    text = N_(
        "The data could not be copied before the upgrade ({reason}). Nothing was "
        "changed; free some space or check the folder, then open the home once more."
    )


def create(path: Path, key: bytes) -> None:
    """Make an empty data file with the newest schema."""
    _run(path, key)


def upgrade(path: Path, key: bytes, now: datetime) -> Path | None:
    """Bring `path` to the newest schema; on failure it stays as it was.

    The work is done on a copy, which takes the file's place only when sound. The old
    file stays in the folder `copies`; its path is returned, None when nothing was due.
    """
    current = _revision(path, key)
    known = _revisions()
    if current == known[0]:
        return None
    if current not in known:
        raise FileTooNew
    copy = path.with_suffix(".upgrading")
    kept = path.parent / "copies" / f"{path.stem}-{current}-{now:%Y%m%d-%H%M%S}.db"
    try:
        copy.unlink(missing_ok=True)
        kept.parent.mkdir(exist_ok=True)
        copy_file(path, kept, key)
        copy_file(kept, copy, key)
    except OSError as error:
        raise CopyFailed(reason=error.strerror) from error
    _run(copy, key)
    # A log file of the old database must never be replayed into the new one.
    for leftover in (Path(f"{path}-wal"), Path(f"{path}-shm")):
        leftover.unlink(missing_ok=True)
    copy.replace(path)
    return kept


def _run(path: Path, key: bytes) -> None:
    engine = engine_for(path, key)
    event.listen(engine, "connect", _without_foreign_keys)
    try:
        with told(), engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
    with told(), closing(dbapi2.connect(str(path))) as new:
        prepare(new, key)
        broken = new.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, "the upgrade lost rows that others point at"
        # Fold the log file in, so that the file alone is the whole database.
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")  # tables are rebuilt under way


def _revision(path: Path, key: bytes) -> str | None:
    engine = engine_for(path, key)
    try:
        with told(), engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    if revision is None:
        raise Damaged
    return revision


def _revisions() -> list[str]:
    scripts = ScriptDirectory.from_config(_config())
    return [script.revision for script in scripts.walk_revisions()]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.set_main_option("path_separator", "os")
    return config
