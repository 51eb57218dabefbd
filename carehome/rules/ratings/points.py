"""Points of the rating, kept in whole hundredths as money is kept in fen.

Official sheets give whole and half points; nothing is ever rounded.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.sheets import Value

ONE = 100
MOST = 1000 * ONE
_NUMBER = re.compile(r"(\d{1,4})(?:\.(\d{1,2})0*)?")
_DUST = Decimal("1e-9")  # what binary floats leave of 0.1 + 0.2


class PointsMissing(Refusal):
    """A cell of points is empty."""

    text = N_("The points are missing. Type how many the item has.")


class PointsAsDay(Refusal):
    """Excel took something like 3-5 for a day."""

    text = N_(
        "Excel has made a date of the points. Format the cell as text and type one "
        "number."
    )


class NotPoints(Refusal):
    """A cell of points holds something else, such as a bound or a span."""

    text = N_("“{typed}” is not a number of points. Type one number such as 3 or 2.5.")


class PointsTooSmall(Refusal):
    """Points are nothing or below."""

    text = N_("An item has more than 0 points. Correct the number.")


class PointsTooMany(Refusal):
    """One item has more points than all parts together."""

    text = N_("An item cannot have more than 1000 points. Correct the number.")


class PointsTooFine(Refusal):
    """Points with more than two decimals."""

    text = N_("“{typed}” has too many decimals. Points have two at most.")


def read_points(value: Value, units: Iterable[str] = ()) -> int:
    """Read the full mark of an item: a number, or text that is one with its unit."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise PointsMissing
    if isinstance(value, date):
        raise PointsAsDay
    if isinstance(value, bool):
        raise NotPoints(typed=str(value))
    exact = _of_text(value, units) if isinstance(value, str) else _of_number(value)
    if exact <= 0:
        raise PointsTooSmall
    if exact > MOST:
        raise PointsTooMany
    return exact


def show_points(hundredths: int) -> str:
    """Show points without needless decimals: 3, 2.5, 0.25."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), ONE)
    decimals = f".{rest:02}".rstrip("0") if rest else ""
    return f"{sign}{whole}{decimals}"


def _of_number(value: float | Decimal) -> int:
    scaled = Decimal(str(value)) * ONE
    nearest = scaled.to_integral_value()
    if abs(scaled - nearest) > _DUST:
        raise PointsTooFine(typed=str(value))
    return int(nearest)


def _of_text(typed: str, units: Iterable[str]) -> int:
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    for unit in units:
        text = text.removesuffix(unit)
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NotPoints(typed=typed.strip())
    return int(found[1]) * ONE + int((found[2] or "").ljust(2, "0"))
