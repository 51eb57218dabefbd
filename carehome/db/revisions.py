"""Running the numbered revisions on a data file, with Alembic."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import event

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
