"""Texts, dates, money and numbers in the user's language."""

import gettext
import io
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from carehome import paths

DEFAULT = "zh_CN"
LANGUAGES = ("zh_CN", "en")
_catalog: gettext.NullTranslations = gettext.NullTranslations()
_language = DEFAULT


def use(language: str = DEFAULT) -> None:
    """Show every later text in `language`."""
    global _catalog, _language
    _catalog, _language = _read(language), language


def language() -> str:
    """Return the language in use, such as `zh_CN`."""
    return _language


@cache
def _locale(language: str) -> Locale:
    """Return Babel's locale, which takes long to make."""
    return Locale.parse(language)


@cache
def _read(language: str) -> gettext.NullTranslations:
    """Load the compiled catalog, or the text one of a checkout; msgids are English."""
    folder = paths.resource("locale") / language / "LC_MESSAGES"
    compiled, text = folder / "carehome.mo", folder / "carehome.po"
    if compiled.exists():
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    if not text.exists():
        return gettext.NullTranslations()
    binary = io.BytesIO()
    write_mo(binary, read_po(io.BytesIO(text.read_bytes())))
    binary.seek(0)
    return gettext.GNUTranslations(binary)


def _(text: str) -> str:
    """Translate `text` now."""
    return _catalog.gettext(text) if text else ""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `text` as translatable; it is translated where it is shown."""
    return text


def show_money(fen: int, sign: bool = True) -> str:
    """Return whole fen as yuan with two decimals: `¥1,234.50`, `1,234.50`."""
    text = f"{abs(Decimal(fen)) / 100:,.2f}"
    return ("−" if fen < 0 else "") + ("¥" if sign else "") + text


def show_day(day: date) -> str:
    """Return a day as tables show it: 2026-11-21."""
    return day.isoformat()


def say_day(day: date) -> str:
    """Return a day as sentences say it: Nov 21."""
    # TRANSLATORS: a day within a sentence, as a CLDR pattern
    return dates.format_date(day, _("MMM d"), locale=_locale(_language))


def say_long_day(day: date) -> str:
    """Return a day with its weekday, as the window's frame shows it."""
    return dates.format_date(day, _("EEEE, MMM d, y"), locale=_locale(_language))


def say_month(day: date) -> str:
    """Return the month of `day`: Oct 2026."""
    return dates.format_date(day, _("MMM y"), locale=_locale(_language))


def show_moment(moment: datetime) -> str:
    """Return a moment of local time as tables show it: 2026-11-21 09:30."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def show_share(share: float) -> str:
    """Return a share of one as a per cent with one decimal."""
    return numbers.format_percent(share, "0.0 %", locale=_locale(_language))
