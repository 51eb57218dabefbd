"""Listens to what widgets write with a painter of their own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

DOTS = "…"
DRAW = QPainter.drawText


@dataclass(frozen=True)
class Painted:
    """A text that was painted, by which class, and what of it was cut."""

    text: str
    by: str
    widget: QWidget | None
    cut: str


class Listener:
    """Notes each text that is painted while it listens."""

    def __init__(self) -> None:
        self.heard: list[Painted] = []

    @contextmanager
    def listen(self) -> Iterator[None]:
        """Hear everything that Python code paints."""

        def hear(painter: QPainter, *values: Any) -> Any:
            self._note(painter, values)
            return DRAW(painter, *values)

        QPainter.drawText = hear  # type: ignore[method-assign]
        try:
            yield
        finally:
            QPainter.drawText = DRAW  # type: ignore[method-assign]

    def _note(self, painter: QPainter, values: tuple[Any, ...]) -> None:
        text = next((each for each in values if isinstance(each, str)), "")
        painter_of = _painter()
        widget = painter_of if isinstance(painter_of, QWidget) and text else None
        self.heard.append(
            Painted(text, type(painter_of).__name__, widget, _cut(painter, values))
        )


def _painter() -> object:
    """Return the object whose method paints."""
    frame = sys._getframe(3)
    while frame:
        if "self" in frame.f_locals and "kit/chips.py" not in frame.f_code.co_filename:
            return frame.f_locals["self"]
        frame = frame.f_back  # type: ignore[assignment]
    return None


def _cut(painter: QPainter, values: tuple[Any, ...]) -> str:
    """Say how a text exceeds the box that it is painted into."""
    match values:
        case (QRect() | QRectF() as box, flags, str(text)):
            number = flags if isinstance(flags, int) else flags.value
        case _:
            return ""
    needed = QRectF(painter.boundingRect(QRectF(box).toRect(), number, text))
    given = QRectF(box)
    if needed.width() > given.width() + 1:
        return f"{needed.width():.0f} > {given.width():.0f}"
    if needed.height() > given.height() + 2:
        return f"height {needed.height():.0f} > {given.height():.0f}"
    return ""
