"""Finds what somebody who cannot see the screen, or has no mouse, would miss."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from tests.gallery.sight import is_ours, name, widgets

Name = QAccessible.Text.Name
# What Qt has no role for: these tell by their description what the cursor is on, and
# what they show can be had as a list or on paper too.
OF_THEIR_OWN = {"BedBoard", "FloorPlan", "Glance", "QPdfView", "RosterGrid"}
OF_THEIR_OWN |= {"ChargeGrid"}
NO_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client}
WINDOW_KEYS = Qt.ShortcutContext.WindowShortcut


def faults(window: QWidget, painting: set[QWidget]) -> Iterator[str]:
    """Tell what has no name, no role, or no words; `painting` paint words themselves."""
    if isinstance(window, QDialog) and not window.windowTitle():
        yield f"{name(window)}: no title"
    for widget in widgets(window):
        yield from (f"{name(widget)}: {told}" for told in _of(widget, painting))


def _of(widget: QWidget, painting: set[QWidget]) -> Iterator[str]:
    seen = QAccessible.queryAccessibleInterface(widget)
    if seen is None:
        yield "is not there for a reader"
        return
    if _takes_keys(widget):
        if not seen.text(Name).strip():
            yield "no name"
        if seen.role() in NO_ROLES and type(widget).__name__ not in OF_THEIR_OWN:
            yield "no role"
    of_qt = isinstance(widget.parentWidget(), QLineEdit | QTableView)
    button = isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox)
    if button and not (widget.text().strip() or of_qt):
        told = widget.accessibleName() and widget.toolTip()
        yield from () if told else ("an icon without a name or a tip",)
    if widget in painting and not seen.text(Name).strip():
        yield "paints words that a reader does not get"
    if isinstance(widget, QTableView) and not isinstance(widget, QHeaderView):
        yield from _untitled(widget)


def _takes_keys(widget: QWidget) -> bool:
    """Say whether the cursor can stand on a widget itself."""
    by_tab = Qt.FocusPolicy.TabFocus.value & widget.focusPolicy().value
    return bool(by_tab) and widget.isEnabled() and widget.focusProxy() is None


def _untitled(view: QTableView) -> Iterator[str]:
    """Tell columns whose title says nothing."""
    model = view.model()
    if view.horizontalHeader().isHidden():
        return
    for at in range(model.columnCount(QModelIndex())):
        if not str(model.headerData(at, Qt.Orientation.Horizontal) or "").strip():
            yield f"column {at} has no title"


# ---- keys


def faults_of_keys(window: QWidget) -> Iterator[str]:
    """Tell keys that mean two things in a window, and where Tab does not lead."""
    yield from _twice(window)
    yield from _out_of_reach(window)


def _twice(window: QWidget) -> Iterator[str]:
    keys: Counter[str] = Counter()
    for widget in widgets(window):
        if not widget.isEnabled():
            continue
        keys.update(_mnemonics(widget))
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            keys[widget.shortcut().toString()] += 1
        for shortcut in widget.findChildren(
            QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            if shortcut.isEnabled() and shortcut.context() is WINDOW_KEYS:
                own = shortcut.keys()
                keys.update(key.toString() for key in own)
    for key, count in keys.items():
        if key and count > 1:
            yield f"{key} means {count} things"


def _mnemonics(widget: QWidget) -> list[str]:
    """Return the Alt keys that stand in the texts of a widget."""
    texts = []
    if isinstance(widget, QLabel) and widget.buddy():
        texts = [widget.text()]
    if isinstance(widget, QTabBar):
        texts = [widget.tabText(at) for at in range(widget.count())]
    found = (QKeySequence.mnemonic(text).toString() for text in texts)
    return [key for key in found if key]


def _out_of_reach(window: QWidget) -> Iterator[str]:
    """Press Tab until it comes round; tell what was never reached."""
    wanted = {
        each
        for each in widgets(window)
        if _takes_keys(each) and is_ours_or_control(each) and _is_seen(each)
    }
    if not wanted:
        return
    if not window.focusWidget():
        next(iter(wanted)).setFocus()
    reached: set[QWidget] = set()
    by_tab = [each for each in widgets(window) if _takes_keys(each)]
    for _step in range(2 * len(by_tab)):
        at = window.focusWidget()
        if at is None:
            break
        reached.add(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        if window.focusWidget() is at and len(wanted) > 1:
            yield f"{name(at)} keeps Tab for itself"
            return
    for widget in wanted - reached:
        if isValid(widget) and widget.isVisible() and not _grouped(widget, reached):
            yield f"{name(widget)} is out of reach of Tab"


def is_ours_or_control(widget: QWidget) -> bool:
    """Leave out what only scrolls."""
    return is_ours(widget) or not type(widget).__name__.startswith("QScroll")


def _is_seen(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def _grouped(widget: QWidget, reached: set[QWidget]) -> bool:
    """One of a group takes Tab, arrows lead to the others."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    if group and group.exclusive():
        return any(each in reached for each in group.buttons())
    return widget.autoExclusive() and any(
        isinstance(each, QAbstractButton)
        and isValid(each)
        and each.autoExclusive()
        and each.parentWidget() is widget.parentWidget()
        for each in reached
    )
