"""Finds texts that no translation went through, and texts of the wrong language.

Every translation is wrapped in two marks that have no width; what is seen without
marks must be the home's own data, a key, or a unit.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from carehome import i18n
from carehome.ui.parts.rolls.sheet_view import SheetView
from tests.gallery.sight import name, widgets

BEGIN, END = "\u2061", "\u2062"
CHINESE = re.compile("[\u3400-\u9fff]+")
LATIN = re.compile("[A-Za-z]{2,}")
PLACES = re.compile("[^省市区县州]+[省市区县州]")
TAG = re.compile(r"<[^<>]+>|&nbsp;")
# What is the same in every language: keys, kinds of files, units.
SHARED = frozenset(
    [
        "ctrl",
        "alt",
        "shift",
        "enter",
        "esc",
        "tab",
        "del",
        "delete",
        "return",
        "home",
        "end",
        "pgup",
        "pgdn",
        "pgdown",
        "up",
        "down",
        "left",
        "right",
        "space",
        "backspace",
        "ins",
        "kb",
        "mb",
        "pdf",
        "xlsx",
        "excel",
        "pinyin",
        "carehome",
    ]
)
ROWS = 60


class _Marked(dict[str, str]):
    """A catalog whose every answer wears the marks."""

    def get(self, text: str, default: str = "") -> str:  # type: ignore[override]
        return f"{BEGIN}{super().get(text, default)}{END}" if text else text


def mark_all() -> None:
    """Let every translation from now on wear marks."""
    read: Callable[[str], dict[str, str]] = i18n._read
    i18n._read = lambda language: _Marked(read(language))  # type: ignore[assignment]


def unmarked(text: str) -> str:
    """Return what of a text no translation brought."""
    depth, rest = 0, []
    for sign in text:
        if sign == BEGIN:
            depth += 1
            rest.append(" ")
        elif sign == END:
            depth -= 1
        elif depth <= 0:
            rest.append(sign)
    return "".join(rest)


def faults(window: QWidget, painted: Collection[str], data: str) -> Iterator[str]:
    """Tell texts that are neither translated nor data of the home."""
    foreign = CHINESE if i18n.language() == "en" else LATIN
    known = data + "".join(_sheets(window)) + _calendar()
    for where, text in (*texts(window), *(("painted", text) for text in painted)):
        rest = TAG.sub(" ", unmarked(text))
        for word in (*LATIN.findall(rest), *foreign.findall(rest)):
            if word.lower() not in SHARED and not _is_known(word, known):
                yield f"{where}: “{word}” of “{text[:60]}”"


def _is_known(word: str, known: str) -> bool:
    """Say whether the home or the law says a word; of an address, each part."""
    return word in known or all(part in known for part in PLACES.findall(word) or "?")


def _calendar() -> str:
    """Return how Qt names days and months in the language of the screen."""
    names, kinds = QLocale(), QLocale.FormatType
    return " ".join(
        name(at, kind)
        for kind in (kinds.LongFormat, kinds.ShortFormat)
        for name, most in ((names.dayName, 7), (names.monthName, 12))
        for at in range(1, most + 1)
    )


def _sheets(window: QWidget) -> Iterator[str]:
    """Go through the sheets of Excel that are shown: they say what they say."""
    for sheet in window.findChildren(SheetView):
        yield from _cells(sheet)


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Go through all that a window says, and would say when asked."""
    yield "title", window.windowTitle()
    for widget in widgets(window):
        for text in (*_said(widget), widget.toolTip(), widget.accessibleName()):
            if text:
                yield name(widget), text


def _said(widget: QWidget) -> list[str]:
    for kinds, say in SAYS:
        if isinstance(widget, kinds):
            return list(say(widget))
    return []


def _columns(view: QAbstractItemView) -> int:
    """Return how many columns a view shows; lists have one, and hide the question."""
    model = view.model()
    if isinstance(model, QAbstractListModel):
        return 1
    return int(model.columnCount(QModelIndex()))


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model, across = view.model(), Qt.Orientation.Horizontal
    for column in range(_columns(view)):
        yield str(model.headerData(column, across) or "")
        for row in range(min(model.rowCount(QModelIndex()), ROWS)):
            index = model.index(row, column, QModelIndex())
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(index.data(role) or "")


SAYS: tuple[tuple[Any, Callable[[Any], Iterable[str]]], ...] = (
    (QLabel | QAbstractButton, lambda label: [label.text()]),
    (QLineEdit, lambda line: [line.placeholderText()]),
    (QTabBar, lambda strip: map(strip.tabText, range(strip.count()))),
    (QComboBox, lambda box: map(box.itemText, range(box.count()))),
    (QMenu, lambda menu: [deed.text() for deed in menu.actions()]),
    (QHeaderView, lambda _header: []),  # its list tells the titles
    (QAbstractItemView, lambda view: _cells(view) if view.model() else []),
)
