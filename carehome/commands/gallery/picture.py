"""One picture of a window with everything that lies over it."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from carehome.ui.kit import theme

SHADE, BAR = QColor(0, 0, 0, 90), 30


def of(window: QWidget) -> QPixmap:
    """Draw a window, what is in front of it, and each dialog over a dimmed ground."""
    shot = window.grab()
    painter = QPainter(shot)
    for each in windows_over(window):
        if isinstance(each, QDialog):
            painter.fillRect(shot.rect(), SHADE)
            _draw_bar(painter, each.windowTitle(), _place(each, window))
        painter.drawPixmap(_place(each, window).topLeft(), each.grab())
    painter.end()
    return shot


def windows_over(window: QWidget) -> list[QWidget]:
    """Return the windows that were opened from another one, the lowest first."""
    there = [
        (depth, each)
        for each in QApplication.topLevelWidgets()
        if each.isVisible() and (depth := _depth(each, window))
    ]
    windows = [each for _depth, each in sorted(there, key=lambda pair: pair[0])]
    popup = QApplication.activePopupWidget()  # a list of offers belongs to no window
    return [*windows, popup] if popup and popup not in windows else windows


def _place(window: QWidget, ground: QWidget) -> QRect:
    """Return where a window lies in the picture of the one at the ground."""
    return window.geometry().translated(-ground.geometry().topLeft())


def _depth(window: QWidget, ground: QWidget) -> int:
    """Return how many windows over the ground one is; 0 if it does not belong to it."""
    depth, opener = 0, window.parentWidget()
    here = window
    while opener:
        depth += here.isWindow()
        if opener is ground:
            return depth
        here, opener = opener, opener.parentWidget()
    return 0


def _draw_bar(painter: QPainter, title: str, place: QRect) -> None:
    """Draw the bar with the title that the system puts over a dialog."""
    bar = QRect(place.topLeft() - QPoint(0, BAR), place.topRight())
    painter.fillRect(bar, theme.colour("ground"))
    painter.setPen(theme.colour("ink"))
    painter.setFont(theme.font(12))
    painter.drawText(bar.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setPen(theme.colour("edge"))
    painter.drawRect(place.adjusted(-1, -BAR - 1, 0, 0))
