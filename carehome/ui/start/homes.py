"""Choosing a home: one opened before, another folder, a new one, one to practise."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome import paths
from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.rules.home import NoHome
from carehome.ui.kit import theme
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.way import Way
from carehome.ui.parts.memory import KnownHome

WIDE = 560


class HomesScreen(QWidget):
    """Shows the ways into the program; each goes out as a signal of its own."""

    chosen = Signal(Path)
    new_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel(_("Which home?"))
        self.trouble = QLabel()
        self.known: list[Way] = []
        self.other = Way(
            "paper", _("Open another folder"), _("A home on this computer")
        )
        self.new = Way(
            "plus",
            _("Set up a home"),
            _("For the first time: name, folder, the director's password"),
        )
        self.demo = Way("today", _("Try the demonstration home"), _demo_note())
        theme.mark(self.title, "screen_title")
        theme.mark(self.trouble, "banner")
        self.trouble.setWordWrap(True)
        self.trouble.hide()

        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        inner = QWidget()
        inner.setMaximumWidth(theme.px(WIDE))
        column = QVBoxLayout(inner)
        column.setContentsMargins(*map(theme.px, (0, 20, 0, 20)))
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        column.addWidget(self.title)
        column.addSpacing(theme.px(8))
        column.addWidget(self.trouble)
        column.addLayout(self._list)
        for way in (self.new, self.other, self.demo):
            column.addWidget(way)
        column.addStretch(3)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(*map(theme.px, (40, 0, 40, 0)))
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(middle))

        self.other.clicked.connect(self._ask)
        self.new.clicked.connect(self.new_wanted)
        self.demo.clicked.connect(self.demo_wanted)

    def show_homes(self, homes: Sequence[KnownHome]) -> None:
        """Offer the homes known here, the last one first; the cursor is on it."""
        for way in self.known:
            way.deleteLater()
        self.known = [self._way(home) for home in homes]
        for way in self.known:
            self._list.addWidget(way)
        ways = (*self.known, self.new, self.other, self.demo)
        for before, after in pairwise(ways):  # those made last stand first
            self.setTabOrder(before, after)
        self.title.setText(_("Which home?") if homes else _("Welcome"))
        self.trouble.hide()
        (self.known or [self.new])[0].setFocus()

    def make_demo(self, making: bool) -> None:
        """Say that the demonstration home is being made; until then all waits."""
        wait = _("It is being made; this takes about half a minute…")
        self.demo.note = wait if making else _demo_note()
        self.demo.update()
        self.setEnabled(not making)

    def refuse(self, error: CareHomeError) -> None:
        """Tell why a folder cannot be opened."""
        self.trouble.setText(error.message)
        self.trouble.show()

    def choose(self, folder: str) -> None:
        """Go on with a folder, if it holds a home."""
        if (Path(folder) / paths.HOME_FILE).exists():
            self.chosen.emit(Path(folder))
        else:
            self.refuse(NoHome(folder=folder))

    def _way(self, home: KnownHome) -> Way:
        chip = _("For practice") if home.is_practice else ""
        way = Way("home", home.name, str(home.folder), chip)
        way.clicked.connect(partial(self.choose, str(home.folder)))
        return way

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Open another folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.choose)
        dialog.open()


def _demo_note() -> str:
    return _("Half a year of invented residents, bills and deposits to practise on")
