"""Handing the cursor on: a widget that is given it leads to where work begins within.

Qt's own focus proxy does the same for a call of `setFocus`, but makes Tab jump to the
proxy over everything that lies before it. Here Tab walks through all.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


def lead(container: QWidget, target: QWidget | None) -> None:
    """Let `container`, when it is given the cursor, give it to `target` within.

    Where nothing is within (any more), the container keeps it.
    """
    own = Qt.FindChildOption.FindDirectChildrenOnly
    leader = container.findChild(_Leader, options=own) or _Leader(container)
    leader.target = target


class _Leader(QObject):
    """Listens to the widget that is its parent."""

    target: QWidget | None

    def __init__(self, container: QWidget) -> None:
        super().__init__(container)
        container.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_given = event.type() == QEvent.Type.FocusIn and watched is self.parent()
        if is_given and self.target:
            self.target.setFocus()
            return True
        return super().eventFilter(watched, event)
