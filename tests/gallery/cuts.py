"""Finds texts that are cut, widgets that overlap or have no room, sideways scrolling."""

from collections.abc import Callable, Iterator
from itertools import combinations
from math import ceil
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from carehome.ui.kit import theme
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.page import Split
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.rolls.sheet_view import SheetView
from tests.gallery.sight import name, widgets

# A sheet read from Excel is as wide as it is: it is leafed through sideways.
MAY_SCROLL = (SheetView,)
SLACK = 3  # pixels that nobody misses
BUTTONS = (QPushButton, QToolButton, QCheckBox, QRadioButton)


def faults(window: QWidget) -> Iterator[str]:
    """Tell everything in a window that has too little room."""
    shown = list(widgets(window))
    for widget in shown:
        for told in (_text(widget), _room(widget)):
            if told:
                yield f"{name(widget)}: {told}"
        yield from _overlaps(widget)


def _text(widget: QWidget) -> str:
    """Say what of a widget's text is cut."""
    for kinds, look in LOOKS:
        if isinstance(widget, kinds):
            return look(widget)
    return ""


def _short(needed: float, given: float, what: str) -> str:
    return f"{what} {ceil(needed)} > {given}" if needed > given + SLACK else ""


def _tabs(strip: QTabBar) -> str:
    if _is_large():
        return ""  # arrows lead to those that are hidden, as do the keys
    return _short(strip.sizeHint().width(), strip.width(), "tabs")


def _elided(label: Elided) -> str:
    cut = label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 1
    return "elided without a tip" if cut and not label.toolTip() else ""


def _label(label: QLabel) -> str:
    if not label.text() or not label.pixmap().isNull() or not label.maximumHeight():
        return ""
    if not label.wordWrap():
        hint = label.sizeHint()
        return _short(hint.width(), label.width(), "text") or _short(
            hint.height(), label.height(), "lines"
        )
    needed = label.heightForWidth(label.width())
    words = [] if "<" in label.text() else label.text().split()
    metrics, margin = label.fontMetrics(), label.width() - label.contentsRect().width()
    latin = [metrics.horizontalAdvance(word) for word in words if word.isascii()]
    return _short(needed, label.height(), "lines") or _short(
        max(latin, default=0) + margin, label.width(), "word"
    )


def _button(button: QWidget) -> str:
    if isinstance(button.parentWidget(), QLineEdit | QTabBar):
        return ""  # Qt fits these in itself
    if not _says(button):
        needed = button.iconSize().width() if isinstance(button, QToolButton) else 0
        return _short(needed, button.width(), "icon")
    lines = button.fontMetrics().height()
    return _short(button.sizeHint().width(), button.width(), "text") or _short(
        lines, button.height(), "height"
    )


def _says(button: QWidget) -> bool:
    return isinstance(button, BUTTONS) and bool(button.text())


def _combo(combo: QComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        combo,
    )
    text = combo.currentText()
    needed = combo.fontMetrics().horizontalAdvance(text)
    if not combo.toolTip():
        return _short(needed, field.width(), f"choice “{text}”")
    return ""


def _placeholder(line: QLineEdit) -> str:
    if line.text():
        return ""
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText())
    icons = 24 * len(line.actions())
    short = _short(needed + icons, line.contentsRect().width(), "placeholder")
    return "" if line.placeholderText() in line.toolTip() else short


def _titles(header: QHeaderView) -> str:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return ""
    metrics = QFontMetrics(header.font())
    model = header.model()
    for at in range(header.count()):
        if header.isSectionHidden(at):
            continue
        title = str(model.headerData(at, header.orientation()) or "")
        told = _short(
            metrics.horizontalAdvance(title), header.sectionSize(at), f"title “{title}”"
        )
        if told:
            return told
    return ""


LOOKS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (Elided, _elided),
    (QLabel, _label),
    (BUTTONS, _button),
    (QTabBar, _tabs),
    (QComboBox, _combo),
    (QLineEdit, _placeholder),
    (QHeaderView, _titles),
)


# ---- room


def _room(widget: QWidget) -> str:
    """Say if a widget has less room than it needs, or lies outside of its parent."""
    parent = widget.parentWidget()
    if isinstance(widget, QScrollBar):
        return _sideways(widget)
    if parent is None or widget.isWindow():
        return ""
    area = parent.parentWidget()
    if isinstance(area, QAbstractScrollArea):
        is_page = isinstance(area, QScrollArea) and area.viewport() is parent
        return _short(widget.width(), parent.width(), "sideways") if is_page else ""
    if not parent.rect().contains(widget.geometry()):
        return f"outside: {_say(widget.geometry())} in {_say(parent.rect())}"
    least = _least(widget) if _is_laid_out(widget) else QSize()
    return _short(least.width(), widget.width(), "width") or _short(
        least.height(), widget.height(), "height"
    )


def _sideways(bar: QScrollBar) -> str:
    holder = bar.parentWidget()
    area = holder.parentWidget() if holder else None
    may = isinstance(area, MAY_SCROLL) or (
        isinstance(area, TableView) and (_is_large() or _is_beside(area))
    )
    across = bar.orientation() is Qt.Orientation.Horizontal
    return "scrolls sideways" if across and not may else ""


def _is_beside(view: QWidget) -> bool:
    """A list beside an open file, or in it, has the room that the other one leaves."""
    holder = view.parentWidget()
    while holder and not isinstance(holder, Split):
        holder = holder.parentWidget()
    return holder is not None and holder.side.isVisible()


def _is_large() -> bool:
    """With large text a list may be wider than its place; its columns can be chosen."""
    return theme.scale() > 100


def _least(widget: QWidget) -> QSize:
    """Return what a widget needs at the least; what is fixed by hand is meant so."""
    hint, told = widget.minimumSizeHint(), widget.minimumSize()
    wide, high = told.width() or hint.width(), told.height() or hint.height()
    return QSize(wide, high).boundedTo(widget.maximumSize())


def _is_laid_out(widget: QWidget) -> bool:
    """Say whether a layout of its parent places a widget."""
    parent = widget.parentWidget()
    layout = parent.layout() if parent else None
    if layout is None:
        return False
    # Items of layouts are left alone: PySide frees them twice.
    return any(each.indexOf(widget) >= 0 for each in _layouts(layout))


def _layouts(layout: QLayout) -> list[QLayout]:
    return [layout, *layout.findChildren(QLayout)]


def _overlaps(widget: QWidget) -> Iterator[str]:
    """Tell which of a widget's children, placed by a layout, lie over one another."""
    if widget.layout() is None:
        return
    placed = [
        each
        for each in widget.findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        if each.isVisible() and not each.isWindow() and _is_laid_out(each)
    ]
    for one, other in combinations(placed, 2):
        shared = one.geometry().intersected(other.geometry())
        if shared.width() > 1 and shared.height() > 1:
            yield f"{name(one)} lies over {name(other)}: {_say(shared)}"


def _say(rect: QRect) -> str:
    corner: QPoint = rect.topLeft()
    return f"{rect.width()}x{rect.height()}+{corner.x()}+{corner.y()}"
