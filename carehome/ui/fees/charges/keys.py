"""What keys mean in the sheet of charges."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from carehome.i18n import N_

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
AWAY_KEYS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
WALK = {
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
KEYS = (
    *((arrow, N_("Go from cell to cell")) for arrow in ("Left", "Right")),
    *((arrow, N_("Go from cell to cell")) for arrow in ("Up", "Down")),
    ("Tab", N_("Go to the next column, after the last one on")),
    ("Enter", N_("Go down to the next person")),
    ("Shift+Right", N_("Choose several cells")),
    ("Del", N_("Empty the chosen cells")),
    ("Ctrl+C", N_("Copy the chosen cells")),
    ("Ctrl+V", N_("Paste cells from a spreadsheet")),
    ("Ctrl+Z", N_("Take back the last step")),
    ("Ctrl+A", N_("Choose all cells")),
)


def digit_of(event: QKeyEvent) -> str:
    """Return the digit that a key writes."""
    text = event.text()
    plain = event.modifiers() in PLAIN
    return text if plain and len(text) == 1 and text in "0123456789" else ""
