"""The sheet of keys that F1 shows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from carehome.i18n import _
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import AskDialog

Keys = Sequence[tuple[str, str]]


class ShortcutSheet(AskDialog):
    """Lists keys and what they do: those of the page first, then everybody's."""

    def __init__(
        self, page: str, of_page: Keys, of_all: Keys, parent: QWidget | None
    ) -> None:
        super().__init__(_("Keys"), _("Close"), parent)
        self.cancel.hide()
        self.asked.connect(self.accept)
        if of_page:
            self._add(page, of_page)
        self._add(_("Everywhere"), of_all)
        self.primary.setFocus()

    def _add(self, title: str, keys: Keys) -> None:
        heading = QLabel(title)
        theme.mark(heading, "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for row, (key, text) in enumerate(keys):
            cap = QLabel(key)
            theme.mark(cap, "key")
            grid.addWidget(cap, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(_(text)), row, 1)
        self.body.addWidget(heading)
        self.body.addLayout(grid)
