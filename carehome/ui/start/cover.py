"""The quiet side of the start screens: whose home it is, and what may be relied on."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome import __version__, i18n
from carehome.i18n import _
from carehome.ui.kit import icons, theme
from carehome.ui.kit.buttons import button

WIDE = 360


class Cover(QFrame):
    """Names the program or the home, and stays the same while screens change.

    `language_wanted` carries the language that somebody wants to go on in.
    """

    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name = QLabel()
        self.languages = QWidget()
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
        column.addWidget(self.languages)
        column.addWidget(version)
        self._offer_languages()
        self.show_name("")

    def show_name(self, home: str) -> None:
        """Name the home, or the program while no home is chosen."""
        self.name.setText(home or _("Care home manager"))

    def _offer_languages(self) -> None:
        """Offer the other languages, each by its own name."""
        sign = _sign("language")
        row = QHBoxLayout(self.languages)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign)
        for language in i18n.LANGUAGES:
            if language != i18n.language():
                other = button(i18n.name_of(language), kind="nav_link")
                other.clicked.connect(partial(self.language_wanted.emit, language))
                row.addWidget(other)
        row.addStretch()


def _promise(icon: str, text: str) -> QHBoxLayout:
    words = QLabel(text)
    words.setWordWrap(True)
    theme.mark(words, "cover_text")
    row = QHBoxLayout()
    row.setSpacing(theme.px(10))
    row.addWidget(_sign(icon))
    row.addWidget(words, 1)
    return row


def _sign(icon: str) -> QLabel:
    sign = QLabel()
    side = theme.px(18)
    sign.setPixmap(icons.icon(icon, "nav_note").pixmap(QSize(side, side)))
    return sign
