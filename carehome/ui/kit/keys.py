"""Keys that do something: bound with their words, and found where they work.

The sheet lists what the window in front answers to at that moment; nobody keeps a
list beside it. What a widget does with keys by itself it names in `own_keys`, as pairs
of keys and marked words.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from carehome.i18n import _

_NAMES = {
    "Return": "Enter",
    "Ctrl+Return": "Ctrl+Enter",
    "Del": "Delete",
    "Left": "\u2190",
    "Up": "\u2191",
    "Right": "\u2192",
    "Down": "\u2193",
}


# How near the cursor must be: anywhere within a widget, or on it alone.
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
HERE = Qt.ShortcutContext.WidgetShortcut


@dataclass(frozen=True)
class Key:
    """A key that works now: how it is written, what it does, and whose it is.

    `source` is the shortcut, action or button that answers, or else the widget.
    """

    sequence: QKeySequence
    words: str
    source: QObject
    owner: QWidget

    @property
    def keys(self) -> str:
        """The keys as they are written."""
        return write(self.sequence)


def bind(
    widget: QWidget,
    keys: str | QKeySequence.StandardKey,
    words: str,
    deed: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Let keys do a deed while `widget` is in sight; `words` are a marked text."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(context)
    shortcut.setWhatsThis(words)
    shortcut.activated.connect(deed)
    return shortcut


def write(keys: QKeySequence) -> str:
    """Return keys as they stand on the keyboard."""
    text = keys.toString(QKeySequence.SequenceFormat.PortableText)
    return _NAMES.get(text, text)


def keys_of(root: QWidget) -> list[Key]:
    """Return the keys that `root` and what it holds answer to now."""
    widgets = [root, *root.findChildren(QWidget)]
    window = root.window()
    return [
        key
        for widget in widgets
        if widget.window() is window and widget.isVisible() and widget.isEnabled()
        for key in _keys_of(widget)
    ]


def _keys_of(widget: QWidget) -> Iterator[Key]:
    near = Qt.FindChildOption.FindDirectChildrenOnly
    if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
        words = widget.accessibleName() or widget.text()
        yield Key(widget.shortcut(), words, widget, widget)
    for shortcut in widget.findChildren(QShortcut, options=near):
        if shortcut.isEnabled():
            yield Key(shortcut.key(), _(shortcut.whatsThis()), shortcut, widget)
    for action in widget.actions():
        if action.isEnabled() and not _is_menu(action):
            for keys in action.shortcuts():
                yield Key(keys, action.text(), action, widget)
    for pressed, words in getattr(widget, "own_keys", ()):
        yield Key(QKeySequence(pressed), _(words), widget, widget)


def _is_menu(action: QAction) -> bool:
    return action.isSeparator() or action.menu() is not None


def told(keys: Iterable[Key]) -> list[tuple[str, str]]:
    """Return each key once with what it does; keys of one deed stand together."""
    by_words: dict[str, list[str]] = {}
    for key in keys:
        written = by_words.setdefault(key.words, [])
        if key.keys not in written:
            written.append(key.keys)
    return [(_(", ").join(written), words) for words, written in by_words.items()]
