"""Colours, sizes and fonts of every screen, from the tokens in `resources/theme/`.

One program has one look, as it has one language: `use` sets it, `colour` and `px`
read it. Light and dark follow the system; widgets that paint by hand ask `colour`
while painting and so follow it too. Another text size or language needs the windows
built anew.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import cast

from PySide6.QtCore import QLibraryInfo, QLocale, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from carehome import i18n, paths
from carehome.i18n import N_, _

FAMILY = "Noto Sans SC"
BASE = 14
SCALES = (100, 115, 130)
TONES = ("ok", "warn", "bad", "info", "quiet")
_PIXELS = re.compile(r"\b(\d+)px")
_NAMES = re.compile(r"@(\w+)")
_SCHEMES = {
    "": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
# Pixels of the screen, which does not grow with the text.
WINDOW, LEAST_WINDOW = QSize(1366, 768), QSize(1024, 640)
TITLE_BAR = 40  # as high as the systems draw it, at most
_scale = 100
_scheme = "light"
_wanted = ""
_worn: tuple[int, str] | None = None
_translators: list[QTranslator] = []
# What the file dialog of Qt says in English, whatever the language.
_UNSAID = {
    "&Look in:": N_("&Look in:"),
    "Files of &type:": N_("Files of &type:"),
    "Folder": N_("File folder"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody wants the program: text in per cent, language, `light` or `dark`.

    An empty scheme follows the system.
    """

    scale: int = 100
    language: str = i18n.DEFAULT
    scheme: str = ""


def put_on(app: QApplication, look: Look) -> None:
    """Dress the program and let it speak as somebody wants it."""
    i18n.use(look.language)
    use(app, look.scale, look.scheme)


def look() -> Look:
    """Return the look in use."""
    return Look(_scale, i18n.language(), _wanted)


def use(app: QApplication, scale: int = 100, scheme: str = "") -> None:
    """Dress the program: fonts, Qt's own texts, colours; text at `scale` per cent.

    `scheme` is `light` or `dark`; without one the system's choice is followed.
    """
    global _scale, _wanted
    _scale, _wanted = scale, scheme
    _prepare(app)
    _speak(app)
    if app.font() != font():
        app.setFont(font())
    hints = app.styleHints()
    hints.setColorScheme(_SCHEMES[scheme])  # the system's frame and dialogs follow
    _follow(hints.colorScheme())


def dress(window: QWidget) -> None:
    """Give a window of its own the look; what comes into it takes it over.

    The sheet belongs to windows, not to the application: else Qt would dress all
    widgets anew whenever they change hands, which was most of the building of a page.
    """
    window.setStyleSheet(sheet())


def scale() -> int:
    """Return the text size in use, in per cent."""
    return _scale


def colour(name: str) -> QColor:
    """Return a colour of the look in use, such as `ink`, `brand`, `a3`, `bad_soft`."""
    return _colour(_scheme, name)


def veil(name: str, share: float) -> QColor:
    """Return a colour of the look in use that lets what is below shine through."""
    thin = QColor(colour(name))
    thin.setAlphaF(share)
    return thin


def px(size: float) -> int:
    """Return `size` pixels at the text size in use."""
    return round(size * _scale / 100)


def font(size: int = BASE, bold: bool = False) -> QFont:
    """Return the house font, `size` pixels high at 100 per cent."""
    face = QFont(FAMILY)
    face.setPixelSize(px(size))
    face.setBold(bold)
    return face


def room(text: str, face: QFont) -> int:
    """Return the pixels that `text` needs, so that nothing of it is cut."""
    return ceil(QFontMetricsF(face).horizontalAdvance(text)) + 1


def mark(widget: QWidget, kind: str) -> None:
    """Give `widget` the look that the style sheet keeps for `kind`."""
    widget.setProperty("kind", kind)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


@cache
def tokens() -> dict[str, dict[str, str]]:
    """Return the colours of the two schemes by name."""
    text = (paths.resource("theme") / "tokens.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], json.loads(text))


def sheet() -> str:
    """Return the style sheet with the colours and the text size in use."""
    return _sheet(_scheme, _scale)


@cache
def _sheet(scheme: str, scale: int) -> str:
    text = (paths.resource("theme") / "sheet.qss").read_text(encoding="utf-8")
    text = _NAMES.sub(lambda name: tokens()[scheme][name[1]], text)
    return _PIXELS.sub(lambda size: f"{round(int(size[1]) * scale / 100)}px", text)


@cache
def _prepare(app: QApplication) -> None:
    """Do what a program needs once."""
    for face in ("Regular", "Bold"):
        file = paths.resource("fonts") / f"NotoSansSC-{face}.ttf"
        QFontDatabase.addApplicationFont(str(file))
    app.setStyle("Fusion")
    app.styleHints().colorSchemeChanged.connect(_follow)


@cache
def _colour(scheme: str, name: str) -> QColor:
    return QColor(tokens()[scheme][name])


def _follow(system: Qt.ColorScheme) -> None:
    """Put on light or dark, as the person or else the system wants it."""
    global _scheme, _worn  # noqa: PLW0603
    _scheme = _wanted or ("dark" if system is Qt.ColorScheme.Dark else "light")
    if _worn == (_scale, _scheme):
        return  # to dress every widget again takes long
    _worn = _scale, _scheme
    app = cast(QApplication, QApplication.instance())
    app.setPalette(_palette())
    for window in app.topLevelWidgets():
        if window.styleSheet():
            dress(window)


def _palette() -> QPalette:
    """Colours for what Qt paints without the style sheet."""
    role = QPalette.ColorRole
    roles = {
        role.Window: "ground",
        role.WindowText: "ink",
        role.Base: "paper",
        role.AlternateBase: "ground",
        role.Text: "ink",
        role.PlaceholderText: "ink_2",
        role.Button: "paper",
        role.ButtonText: "ink",
        role.Highlight: "brand",
        role.HighlightedText: "brand_ink",
        role.Accent: "brand",
        role.Link: "brand",
        role.ToolTipBase: "toast",
        role.ToolTipText: "toast_ink",
        role.Mid: "line",
        role.Light: "paper",
        role.Dark: "line",
    }
    palette = QPalette()
    for each, name in roles.items():
        palette.setColor(each, colour(name))
    faded = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(faded, each, colour("control"))
    return palette


def _speak(app: QApplication) -> None:
    """Make Qt's own buttons, menus and dates speak the language in use."""
    QLocale.setDefault(QLocale(i18n.language()))
    while _translators:
        app.removeTranslator(_translators.pop())
    known = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _translators.append(_Rest(app))  # asked last
    if known.load(f"qtbase_{i18n.language()}", folder):
        _translators.append(known)
    for each in _translators:
        app.installTranslator(each)


class _Rest(QTranslator):
    """Says what Qt's own catalogs leave out."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return _(_UNSAID[text]) if text in _UNSAID else text
