"""A row that goes on in the next line when it does not fit."""

from itertools import dropwhile

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from carehome.ui.kit import theme


class Flow(QLayout):
    """Lays widgets out side by side, in as many lines as the width asks for.

    The widget that it belongs to gets as high as the lines need.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = theme.px(gap)
        self._items: list[QLayoutItem] = []
        self._pushed: QWidget | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def push_right(self, widget: QWidget) -> None:
        """Lay `widget`, and what follows it in its line, at the right.

        While it is hidden, what follows it goes there all the same.
        """
        self._pushed = widget

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        needed = self._lay(rect)
        room = self.parentWidget()
        if room and needed + room.height() - rect.height() != room.minimumHeight():
            room.setMinimumHeight(needed + room.height() - rect.height())

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in shown) + self._gap * max(len(shown) - 1, 0)
        high = max((size.height() for size in shown), default=0)
        return self._with_margins(QSize(wide, high))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def _with_margins(self, size: QSize) -> QSize:
        edge = self.contentsMargins()
        return size + QSize(edge.left() + edge.right(), edge.top() + edge.bottom())

    def _lay(self, rect: QRect) -> int:
        """Place the widgets and return how high they get."""
        edge = self.contentsMargins()
        room = rect.marginsRemoved(edge)
        y = room.y() - self._gap
        pushed = self._first_pushed()
        for line in self._lines(room.width()):
            y += self._gap
            x = room.x()
            free = room.width() - self._wide(line)
            high = max(item.sizeHint().height() for item in line)
            for item in line:
                if item is pushed:
                    x += max(free, 0)
                down = (high - item.sizeHint().height()) // 2
                item.setGeometry(QRect(QPoint(x, y + down), item.sizeHint()))
                x += item.sizeHint().width() + self._gap
            y += high
        return max(y, room.y()) - rect.y() + edge.bottom()

    def _first_pushed(self) -> QLayoutItem | None:
        """Return what begins the right side: the first one there that shows."""
        if self._pushed is None:
            return None
        rest = dropwhile(lambda item: item.widget() is not self._pushed, self._items)
        return next((item for item in rest if not item.isEmpty()), None)

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        """Say which widgets stand in one line, from above."""
        lines: list[list[QLayoutItem]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            if lines and self._wide([*lines[-1], item]) <= room:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _wide(self, line: list[QLayoutItem]) -> int:
        gaps = self._gap * (len(line) - 1)
        return sum(item.sizeHint().width() for item in line) + gaps
