"""Buttons that name their deed, show its icon and know its keys."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton

from carehome.ui.kit import icons, theme


def button(text: str, icon: str = "", keys: str = "", kind: str = "") -> QPushButton:
    """Return a button; `kind` is a look of the style sheet, such as `primary`."""
    made = QPushButton(text)
    made.setAutoDefault(True)  # Enter presses it where the cursor is on it
    theme.mark(made, kind)
    if icon:
        on_colour = kind in {"primary", "danger"}
        made.setIcon(icons.icon(icon, "brand_ink" if on_colour else "ink_2"))
        made.setIconSize(QSize(theme.px(21), theme.px(16)))
    if keys:
        made.setShortcut(QKeySequence(keys))
        made.setToolTip(f"{text} {keys}")
    return made


def icon_button(
    icon: str, name: str, deed: Callable[[], object], keys: str = ""
) -> QToolButton:
    """Return a button that shows only an icon; its name is told when asked."""
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(name)
    made.setToolTip(f"{name} {keys}" if keys else name)
    if keys:
        made.setShortcut(QKeySequence(keys))
    made.clicked.connect(deed)
    return made
