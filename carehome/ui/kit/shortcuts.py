"""The sheet of keys that F1 shows: what the window in front answers to now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import N_, _
from carehome.ui.kit import keys, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.page import scrolling

Keys = Sequence[tuple[str, str]]
LEAST, MOST = 440, 680  # pixels


class ShortcutSheet(QDialog):
    """Lists keys and what they do: those of the page first, then everybody's."""

    def __init__(
        self, page: str, of_page: Keys, of_all: Keys, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.close_button = button(_("Close"))
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lists = QWidget()
        beside = QHBoxLayout(lists)
        beside.setContentsMargins(0, 0, theme.px(10), 0)
        beside.setSpacing(theme.px(44))
        for title, part in ((page, of_page), (_("Everywhere"), of_all)):
            if part:
                beside.addLayout(_column(title if page else _("Keys"), part))
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (24, 20, 24, 20)))
        column.setSpacing(theme.px(14))
        column.addWidget(scrolling(lists), 1)
        foot = Qt.AlignmentFlag.AlignRight
        column.addWidget(self.close_button, alignment=foot)
        wanted = lists.sizeHint()
        self.resize(
            max(wanted.width() + theme.px(80), theme.px(LEAST)),
            min(wanted.height() + theme.px(110), theme.px(MOST)),
        )
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()


def show_sheet(window: QWidget, page: QWidget | None = None, title: str = "") -> None:
    """Show what keys do in a window, those of its open page first."""
    of_page = keys.keys_of(page) if page else []
    mine = {id(key.source) for key in of_page}
    others = [key for key in keys.keys_of(window) if id(key.source) not in mine]
    ShortcutSheet(title, keys.told(of_page), keys.told(others), window).open()


def offer_help(window: QWidget) -> QShortcut:
    """Let F1 show the keys of a window of its own, such as a dialog."""
    words = N_("Show these keys")
    return keys.bind(window, "F1", words, lambda: show_sheet(window))


def _heading(title: str) -> QLabel:
    heading = QLabel(title)
    theme.mark(heading, "heading")
    return heading


def _column(title: str, listed: Keys) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(10))
    column.addWidget(_heading(title))
    column.addLayout(_grid(listed))
    column.addStretch()
    return column


def _grid(listed: Keys) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(8))
    grid.setColumnStretch(1, 1)
    for row, (written, words) in enumerate(listed):
        cap = QLabel(written)
        theme.mark(cap, "key")
        grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
        what = QLabel(words)
        what.setMinimumWidth(theme.room(words, theme.font()))  # not dressed yet
        grid.addWidget(what, row, 1)
    return grid
