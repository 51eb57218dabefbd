"""The floor: a bare PySide6 window with a 1,000-row table, SQLAlchemy and an engine.

It runs in a process of its own and says so once a key was handled by the table.
"""

import ctypes
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

ROWS, COLUMNS = 1000, 6
None_refs = ctypes.c_ssize_t.from_address(id(None))
None_refs.value += 1 << 60  # see carehome/ui/kit/refcounts.py


def main(with_engine: bool) -> None:
    if with_engine:
        from sqlalchemy import create_engine, text
        from sqlalchemy.orm import Session

        with Session(create_engine("sqlite://")) as session:
            session.execute(text("SELECT 1"))
    app = QApplication([])
    table = QTableWidget(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
    table.resize(1366, 768)
    table.show()
    app.processEvents()
    table.setCurrentCell(0, 0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    app.processEvents()
    assert table.currentRow() == 1
    print("usable", flush=True)
    sys.stdin.read()
    os._exit(0)


main("engine" in sys.argv)
