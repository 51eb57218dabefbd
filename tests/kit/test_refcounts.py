import subprocess
import sys

MANY_CALLS = """
import carehome.ui.kit
from PySide6.QtCore import QObject, QRect, Signal
class Bell(QObject):
    rung = Signal()
rect = QRect()
bell = Bell()
for _ in range(60_000):
    rect.setX(1)
    bell.rung.connect(bell.deleteLater)
    bell.rung.disconnect(bell.deleteLater)
"""


def test_python_outlives_as_many_calls_into_qt_as_a_day_makes():
    done = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
