"""The card that shows how far a long job is, with a button that ends it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs

PATIENCE, EVERY = 400, 100


class ProgressCard(QFrame):
    """Comes up when a job takes longer than a blink, and goes with it.

    Where the screen itself says that it waits, only jobs with a `named` progress count.
    """

    def __init__(
        self, jobs: Jobs, parent: QWidget | None = None, *, named: bool = False
    ) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.text = QLabel()
        self.bar = QProgressBar()
        self.cancel = QPushButton(_("Stop"))
        self._jobs = jobs
        self._named = named
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE)
        self._look = QTimer(self, interval=EVERY)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.px(6))
        self.setFixedWidth(theme.px(360))
        theme.mark(self, "floating")
        theme.mark(self.title, "heading")
        theme.mark(self.text, "note")

        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (16, 12, 16, 14)))
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.text)

        self.hide()
        jobs.busy.connect(self._on_busy)
        self._wait.timeout.connect(self._come_late)
        self._look.timeout.connect(self.refresh)
        self.cancel.clicked.connect(self._stop)

    def begin(self) -> None:
        """Come up at once for a job that is about to be asked; Esc ends it."""
        self._come()
        self.cancel.show()
        self.cancel.setEnabled(True)
        self.cancel.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show what the running job said last."""
        progress = self._jobs.progress
        self.cancel.setVisible(progress is not None)
        if not progress:
            self.title.setText(_("Working…"))
            self.text.setText("")
            self.bar.setRange(0, 0)
            return
        standing = progress.standing
        self.title.setText(progress.title)
        self.text.setText(_("Stopping…") if progress.cancelled else standing.text)
        self.cancel.setEnabled(not progress.cancelled)
        self.bar.setRange(0, standing.total)
        self.bar.setValue(standing.done)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._wait.start()
            return
        self._wait.stop()
        self._look.stop()
        self.hide()

    def _come_late(self) -> None:
        if self._jobs.progress or not self._named:
            self._come()

    def _come(self) -> None:
        self.refresh()
        self._look.start()
        self.show()
        self.raise_()

    def _stop(self) -> None:
        if progress := self._jobs.progress:
            progress.cancel()
        self.refresh()
