"""The program itself in a process of its own, with somebody before it.

It says `usable` when a letter that was typed stands in a field of the first screen;
with `sign-in` before its words, when the first page is filled after Enter, and how long
that took. `soon` lets nothing be loaded while the password is typed.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

SIGNED_IN, SOON = "sign-in", "soon"
asked = [word for word in sys.argv[1:] if word in (SIGNED_IN, SOON)]
sys.argv = [word for word in sys.argv if word not in asked]


def use(_app: Any) -> int:
    """Stand where the program waits for people, and be one."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.processEvents()
    field = app.focusWidget()
    assert isinstance(field, QLineEdit)
    before = field.text()
    QTest.keyClick(field, Qt.Key.Key_A)
    app.processEvents()
    assert field.text() == before + "a"
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    print("usable", _sign_in(app, field) if SIGNED_IN in asked else "", flush=True)
    sys.stdin.read()
    os._exit(0)


def _sign_in(app: QApplication, field: QLineEdit) -> float:
    """Type name and password, press Enter; return the seconds until a page is full."""
    from carehome.commands.practice import PASSWORD, USER
    from carehome.ui.desktop import Desktop

    (desktop,) = (each for each in app.topLevelWidgets() if isinstance(each, Desktop))
    if SOON not in asked:
        _wait(app, lambda: "carehome.ui.settings.page" in sys.modules)
    QTest.keyClicks(field, USER)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClicks(app.focusWidget(), PASSWORD)
    start = time.perf_counter()
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
    _wait(app, lambda: desktop.shell and not desktop._jobs.is_busy)
    return time.perf_counter() - start


def _wait(app: QApplication, reached: Any) -> None:
    loop = QEventLoop()
    pulse = app.startTimer(5)
    while not reached():
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.killTimer(pulse)
    app.processEvents()


QApplication.exec = use  # type: ignore[assignment]

from carehome.commands import desktop  # as a click on the program's icon does

desktop.run(Path(sys.argv[1]))
