"""What an empty place says: why it is empty, and what to do first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from carehome.ui.kit import theme


class Empty(QWidget):
    """What an empty list says: why, and what to do first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self.step = QPushButton()
        self.step.setAutoDefault(True)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.mark(self.text, "note")
        theme.mark(self.step, "primary")
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(self.text)
        column.addWidget(self.step, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)

    def say(self, text: str, step: str) -> None:
        """Show `text`, and a button named `step` unless that is empty."""
        self.text.setText(text)
        self.step.setText(step)
        self.step.setVisible(bool(step))
