"""What a report on a mistake of the program says: the place, never the data."""

import platform
import traceback

from PySide6.QtCore import qVersion

from carehome import __version__


def report(error: BaseException) -> str:
    """Describe where `error` arose, without its message: that may name a person."""
    lines = [
        f"carehome {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        type(error).__qualname__,
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        file = frame.filename.replace("\\", "/").rsplit("/", 3)
        lines.append(f"  {'/'.join(file[1:])}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
