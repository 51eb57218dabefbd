"""Finds keys that do something and are not told, and keys told that do nothing."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from carehome.ui.kit.keys import Key, keys_of, write

WINDOW = Qt.ShortcutContext.WindowShortcut


def untold(window: QWidget) -> Iterator[str]:
    """Tell the keys of a window that are not in its sheet, or not on their button."""
    keys = keys_of(window)
    told = {key.source for key in keys}
    for key in keys:
        if not key.words.strip():
            yield f"{key.keys} of {_name(key.owner)} has no words"
        if isinstance(key.source, QAbstractButton) and not _tells(key.source):
            yield f"{_name(key.source)} does not tell its key {key.keys}"
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        assert isinstance(owner, QWidget)
        is_live = shortcut.isEnabled() and owner.isVisible() and owner.isEnabled()
        if is_live and owner.window() is window and shortcut not in told:
            yield f"{write(shortcut.key())} of {_name(owner)} is not in the sheet"


def twice(window: QWidget) -> Iterator[str]:
    """Tell keys that mean two things at once."""
    seen: dict[str, Key] = {}
    for key in keys_of(window):
        if isinstance(key.source, QShortcut) and key.source.context() is not WINDOW:
            continue
        if isinstance(key.source, QShortcut | QAbstractButton):
            if key.keys in seen:
                yield f"{key.keys} means {key.words} and {seen[key.keys].words}"
            seen[key.keys] = key


def idle(window: QWidget) -> Iterator[str]:
    """Tell keys that are told and do nothing. What they do is taken from them first."""
    for key in keys_of(window):
        if not works(key):
            yield f"{key.keys} ({key.words}) of {_name(key.owner)} does nothing"


def works(key: Key) -> bool:
    """Press a key where it is told, and say whether it is heard."""
    if isinstance(key.source, QAction | QDialog):
        return True  # Qt's own, or tried where the dialog is tried
    if isinstance(key.source, QShortcut | QAbstractButton):
        return _is_heard(key)
    return _is_taken(key)


class _Ear(QObject):
    """Hears that a key reached its shortcut or button, and keeps it from its deed."""

    heard = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Shortcut:
            self.heard = True
            return True
        return False


def _is_heard(key: Key) -> bool:
    ear, at = _Ear(), QApplication.focusWidget()
    key.source.installEventFilter(ear)
    near = isinstance(key.source, QShortcut) and key.source.context() is not WINDOW
    if near and not (at and (at is key.owner or key.owner.isAncestorOf(at))):
        _enter(key.owner)
    if key.keys == "Ctrl+Z" and isinstance(at, QLineEdit | QPlainTextEdit):
        key.owner.setFocus()  # in a text it undoes the typing
    pressed = key.sequence[0]
    target = QApplication.focusWidget() or key.owner
    QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())
    key.source.removeEventFilter(ear)
    return ear.heard


def _enter(widget: QWidget) -> None:
    """Put the cursor on a widget or on the first within it that takes it."""
    takers = [each for each in widget.findChildren(QWidget) if _takes(each)]
    (takers[0] if takers and not _takes(widget) else widget).setFocus()


def _takes(widget: QWidget) -> bool:
    by_tab = Qt.FocusPolicy.TabFocus.value & widget.focusPolicy().value
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()


def _is_taken(key: Key) -> bool:
    """Say whether a widget takes a key that it says it does something with."""
    widget = key.owner
    if isinstance(widget, QTableView):
        if not widget.model().rowCount():
            return True  # there is nothing to open
        widget.selectRow(0)
    widget.blockSignals(True)
    pressed = QKeySequence(key.sequence)[0]
    event = QKeyEvent(
        QEvent.Type.KeyPress,
        pressed.key(),
        pressed.keyboardModifiers(),
        key.keys if key.keys.isdigit() else "",
    )
    QApplication.sendEvent(widget, event)
    widget.blockSignals(False)
    return event.isAccepted()


def _tells(button: QAbstractButton) -> bool:
    return write(button.shortcut()) in button.toolTip().replace("Return", "Enter")


def _name(widget: QWidget) -> str:
    said = getattr(widget, "text", str)
    words = said() if callable(said) else ""
    return f"{type(widget).__name__} {words or widget.accessibleName()}"
