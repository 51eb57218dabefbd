"""Where the program finds its own files and keeps the home's."""

import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

HOME_FILE, HOME_KEYS = "home.db", "keys.json"  # in the folder of each home
_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).parents[1]))


def resource(name: str) -> Path:
    """Return a file or folder shipped in `resources/`."""
    return _ROOT / "resources" / name


def migrations() -> Path:
    """Return the folder of schema revisions."""
    return _ROOT / "migrations"


def default_home() -> Path:
    """Return the folder that holds the home's data unless another is named."""
    return user_data_path("carehome", appauthor=False) / "home"


def demo_home() -> Path:
    """Return the folder of the demonstration home that the desktop offers."""
    return default_home().with_name("demo")


def memory() -> Path:
    """Return the file in which this computer remembers small comforts."""
    return user_config_path("carehome", appauthor=False) / "desktop.json"


def logs() -> Path:
    """Return the folder of the program's log."""
    return user_log_path("carehome", appauthor=False)
