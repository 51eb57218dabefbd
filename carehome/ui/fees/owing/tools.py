"""The deeds of a list that stand above it, in the line that chooses the list."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from carehome.ui.kit import theme


class Tools(QWidget):
    """Buttons beside each other that come and go together."""

    def __init__(self, *deeds: QPushButton) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for deed in deeds:
            row.addWidget(deed)
