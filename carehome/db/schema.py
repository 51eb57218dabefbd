"""Bringing a data file to the schema of this program.

Most openings find nothing to do: Alembic is loaded only where a revision is to be run.
"""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from carehome import paths
from carehome.db.database import Damaged, copy_file, prepare, told
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
    from carehome.db.revisions import run  # noqa: PLC0415 - Alembic takes long to load

    run(path, key)
    with told(), closing(dbapi2.connect(str(path))) as new:
        prepare(new, key)
        broken = new.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, "the upgrade lost rows that others point at"
        # Fold the log file in, so that the file alone is the whole database.
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _revision(path: Path, key: bytes) -> str:
    """Return the revision that the file is at, as Alembic has written it there."""
    with told(), closing(dbapi2.connect(str(path))) as file:
        prepare(file, key)
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if ("alembic_version",) not in tables.fetchall():
            raise Damaged
        rows = file.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(rows) != 1:
        raise Damaged
    return str(rows[0][0])


def _revisions() -> list[str]:
    """Return the known revisions, the newest first: their files begin with them."""
    files = (paths.migrations() / "versions").glob("[0-9]*_*.py")
    return sorted((file.name.split("_")[0] for file in files), reverse=True)
