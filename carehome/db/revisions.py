"""Running the numbered revisions on a data file, with Alembic."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text

from carehome import paths
from carehome.db.database import engine_for, told


def run(path: Path, key: bytes) -> None:
    """Run on `path` every revision that it has not seen, all of them or none."""
    engine = engine_for(path, key)
    event.listen(engine, "connect", _without_foreign_keys)
    try:
        with told(), engine.begin() as connection:
            settings = config()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
    finally:
        engine.dispose()


def config() -> Config:
    """Return where Alembic finds the revisions."""
    made = Config()
    made.set_main_option("script_location", str(paths.migrations()))
    made.set_main_option("path_separator", "os")
    return made


def _without_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")  # tables are rebuilt under way


class Triggers:
    """Puts back the triggers that a table loses when a revision rebuilds it.

    A revision that means to drop one names it in `drops`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = self._read()

    def after(self, *, step: Any, **_more: object) -> None:
        """Put back what the step before has lost."""
        found = self._read()
        dropped = getattr(step.up_revision.module, "drops", ())
        for name in self._known.keys() - found.keys() - set(dropped):
            self._connection.execute(text(self._known[name]))
        self._known = self._read()

    def _read(self) -> dict[str, str]:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        return dict(self._connection.execute(text(query)).all())
