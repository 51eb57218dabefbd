"""Texts, dates, money and numbers in the user's language.

Screens speak the language that somebody chose. What goes to paper or is written down
for good speaks the home's own: `with speaking():`.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from carehome import paths

if TYPE_CHECKING:
    from babel import Locale

DEFAULT = "zh_CN"
LANGUAGES = ("zh_CN", "en")
_ENTRY = re.compile(r'^msgid (".*"(?:\n".*")*)\nmsgstr (".*"(?:\n".*")*)$', re.M)
_screen = DEFAULT
_spoken: ContextVar[str] = ContextVar("_spoken", default="")


def use(language: str = DEFAULT) -> None:
    """Show every later text in `language`."""
    global _screen  # noqa: PLW0603
    _screen = language


def language() -> str:
    """Return the language in use, such as `zh_CN`."""
    return _spoken.get() or _screen


@contextmanager
def speaking(language: str = DEFAULT) -> Iterator[None]:
    """Speak `language` within, whatever the screens speak; the home's unless given."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def prepare() -> None:
    """Learn how days are said, so that no screen has to wait for it."""
    for each in LANGUAGES:
        with speaking(each):
            _say(date.min, "MMM EEEE")


def name_of(language: str) -> str:
    """Return a language's name in itself."""
    # TRANSLATORS: the name of the language that you translate into
    own = N_("English")
    return _read(language).get(own, own)


@cache
def _locale(language: str) -> "Locale":
    """Return Babel's locale, which takes long to make."""
    from babel import Locale

    return Locale.parse(language)


@cache
def _read(language: str) -> dict[str, str]:
    """Read the catalog as translators keep it: within a few milliseconds."""
    file = paths.resource("locale") / language / "LC_MESSAGES" / "carehome.po"
    if not file.exists():
        return {}
    entries = _ENTRY.findall(file.read_text(encoding="utf-8"))
    texts = {_unquote(text): _unquote(translation) for text, translation in entries}
    return {text: said for text, said in texts.items() if text and said}


def _unquote(lines: str) -> str:
    """Join the quoted lines of a catalog; they are escaped as JSON is."""
    return str(json.loads(lines.replace('"\n"', "")))


class Counted(str):
    """A text that says one or many, as English does: `{count} {count:day|days}`."""

    __slots__ = ()

    def format(self, *args: object, **facts: object) -> str:
        """Fill in the facts, and the word that fits each count."""
        return _PLURALS.vformat(self, args, facts)


class _Plurals(Formatter):
    def format_field(self, value: Any, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return str(super().format_field(value, spec))
        return one if value == 1 else many


_PLURALS = _Plurals()


def _(text: str) -> str:
    """Translate `text` now."""
    said = _read(language()).get(text, text)
    return Counted(said) if "|" in said else said


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
    return _say(day, _("MMM d"))


def say_long_day(day: date) -> str:
    """Return a day with its weekday, as the window's frame shows it."""
    return _say(day, _("EEEE, MMM d, y"))


def say_date(day: date) -> str:
    """Return a day with its year, as contracts write it: Nov 21, 2026."""
    return _say(day, _("MMM d, y"))


def say_weekday(day: date) -> str:
    """Return the weekday alone: Sat."""
    return _say(day, _("EEE"))


def say_narrow_weekday(day: date) -> str:
    """Return the weekday in one letter or character, for a narrow column."""
    return _say(day, "ccccc")


def say_day_of_week(day: date, today: date) -> str:
    """Return a day with its weekday, and its year where that is not this one."""
    pattern = _("EEE, MMM d") if day.year == today.year else _("EEE, MMM d, y")
    return _say(day, pattern)


def say_month(day: date) -> str:
    """Return the month of `day`: Oct 2026."""
    return _say(day, _("MMM y"))


def short_month(day: date) -> str:
    """Return the month of `day` without its year: Oct."""
    return _say(day, "LLL")


def _say(day: date, pattern: str) -> str:
    """Write a day by a CLDR pattern; Babel is loaded for the first one, not before."""
    from babel import dates

    return dates.format_date(day, pattern, locale=_locale(language()))


def show_moment(moment: datetime) -> str:
    """Return a moment of local time as tables show it: 2026-11-21 09:30."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def show_share(share: float) -> str:
    """Return a share of one as a per cent with one decimal."""
    from babel import numbers

    return numbers.format_percent(share, "0.0 %", locale=_locale(language()))
