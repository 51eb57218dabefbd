"""The program without a display: a screen of the wanted size that nobody sees."""

import json
import os
import tempfile
import time
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication

from carehome.ui.kit import garbage

PLATFORM = "QT_QPA_PLATFORM"


def application(wide: int, high: int) -> QApplication:
    """Return the running application, or begin one before a screen of this size."""
    there = QApplication.instance()
    if there:
        return cast(QApplication, there)
    with tempfile.TemporaryDirectory() as folder:
        if os.environ.get(PLATFORM, "offscreen") == "offscreen":
            os.environ[PLATFORM] = _platform(Path(folder) / "screen.json", wide, high)
        app = QApplication(["carehome"])
    _stay_in_china()
    garbage.collect_here(app)
    return app


def _stay_in_china() -> None:
    """Show moments as a home reads them, wherever pictures are drawn."""
    os.environ["TZ"] = "Asia/Shanghai"
    if hasattr(time, "tzset"):
        time.tzset()


def _platform(file: Path, wide: int, high: int) -> str:
    """Name the platform that draws into memory, with its screen described in `file`."""
    screen = {"name": "desk", "x": 0, "y": 0, "width": wide, "height": high}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file.write_text(json.dumps({"screens": [screen]}), encoding="ascii")
    name = file.as_posix()
    return "offscreen" if ":" in name else f"offscreen:configfile={name}"
