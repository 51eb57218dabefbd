"""Quiet words within a line that is typed into: how what is typed was understood."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from carehome.ui.kit import theme


class Ghost(QLabel):
    """Stands at the right end of a line as long as what is typed leaves it room."""

    def __init__(self, line: QLineEdit, keep_free: int = 0) -> None:
        super().__init__(line)
        self._line = line
        self._texts: tuple[str, ...] = ()
        self._keep_free = keep_free
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.mark(self, "hint")
        self.hide()
        line.installEventFilter(self)
        line.textChanged.connect(self._fit)

    def say(self, *texts: str) -> None:
        """Show the first of `texts` that has room; none hides it."""
        self._texts = texts
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        line = self._line
        typed = line.fontMetrics().horizontalAdvance(line.text())
        free = line.width() - theme.px(10 + self._keep_free) - typed - theme.px(16)
        for text in self._texts:
            wide = self.fontMetrics().horizontalAdvance(text) + 2
            if wide <= free:
                self.setText(text)
                self.resize(wide, self.sizeHint().height())
                left = line.width() - theme.px(10 + self._keep_free) - wide
                self.move(left, (line.height() - self.height()) // 2)
                self.show()
                return
        self.setText("")
        self.hide()
