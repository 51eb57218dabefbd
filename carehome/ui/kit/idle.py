"""Noticing that nobody is at the computer any more."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

REST = timedelta(seconds=4)
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """`passed` goes out when keys and mouse have rested for the minutes watched.

    `rested` goes out time and again while nobody has touched them for some seconds:
    then there is time for what would be felt under the hands.

    It listens at the windows and not at the application: a window sees what comes
    from outside, and not the thousands of events that widgets send each other. It
    compares times of the clock, so that a computer that slept is idle at once.
    """

    passed = Signal()
    rested = Signal()

    def __init__(
        self, clock: Callable[[], datetime], parent: QObject, every_ms: int = 5000
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self._limit = timedelta()
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self._look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen)

    def watch(self, minutes: int) -> None:
        """Begin to watch, or watch with another limit."""
        self._limit = timedelta(minutes=minutes)
        self.touch()
        for window in QGuiApplication.allWindows():
            self._listen(window)
        self._timer.start()

    def rest(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def touch(self) -> None:
        """Take note that somebody is there."""
        self._last = self._clock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self.touch()
        return super().eventFilter(watched, event)

    def _listen(self, window: QWindow | None) -> None:
        if window:
            window.installEventFilter(self)

    def _look(self) -> None:
        now = self._clock()
        if not self._last <= now < self._last + self._limit:
            self.rest()
            self.passed.emit()
        elif now - self._last >= REST:
            self.rested.emit()
