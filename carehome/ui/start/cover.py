"""The quiet side of the start screens: whose home it is, and what may be relied on."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from carehome import __version__
from carehome.i18n import _
from carehome.ui.kit import icons, theme

WIDE = 360


class Cover(QFrame):
    """Names the program or the home, and stays the same while screens change."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLabel()
        version = QLabel(_("Version {number}").format(number=__version__))
        self.setFixedWidth(theme.px(WIDE))
        self.name.setWordWrap(True)
        theme.mark(self, "cover")
        theme.mark(self.name, "cover_name")
        theme.mark(version, "cover_note")
        column = QVBoxLayout(self)
        column.setContentsMargins(*map(theme.px, (36, 44, 36, 24)))
        column.setSpacing(theme.px(14))
        column.addWidget(self.name)
        column.addSpacing(theme.px(6))
        for icon, promise in (
            ("home", _("All data stays on this computer.")),
            ("lock", _("The whole file is encrypted.")),
            ("check", _("It works without the internet.")),
        ):
            column.addLayout(_promise(icon, promise))
        column.addStretch()
        column.addWidget(version)
        self.show_name("")

    def show_name(self, home: str) -> None:
        """Name the home, or the program while no home is chosen."""
        self.name.setText(home or _("Care home manager"))


def _promise(icon: str, text: str) -> QHBoxLayout:
    sign, words = QLabel(), QLabel(text)
    side = theme.px(18)
    sign.setPixmap(icons.icon(icon, "nav_note").pixmap(QSize(side, side)))
    words.setWordWrap(True)
    theme.mark(words, "cover_text")
    row = QHBoxLayout()
    row.setSpacing(theme.px(10))
    row.addWidget(sign)
    row.addWidget(words, 1)
    return row
