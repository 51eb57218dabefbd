"""Bill lines: the amounts, and from what they were computed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from carehome.rules.billing.tariff import Category
from carehome.rules.periods import DAY

Kind = Literal["fee", "refund", "use", "payer", "adjustment"]
Source = Mapping[str, str | int]
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=date.isoformat
).encode


class Line(NamedTuple):
    """One line of a bill; the plain facts of `source` say why it is what it is.

    A payer's line has no item and no category, `item_name` being the payer's name.
    A tuple, because a bill run makes thousands and a frozen dataclass takes four times
    as long to make.
    """

    kind: Kind
    item_code: str
    item_name: str
    category: Category | Literal[""]
    for_month: date
    starts: date
    ends: date
    days: int
    basis_days: int
    price_fen: int
    amount_fen: int
    source: Source
    percent: int = 100
    quantity: int = 1
    payer: str = ""

    @property
    def last_day(self) -> date:
        """Return the last day of the line, as people write spans."""
        return self.ends - DAY

    @property
    def exact_fen(self) -> Fraction:
        """Return the amount before it was rounded."""
        if self.kind in {"payer", "adjustment"} or "at_most" in self.source:
            return Fraction(self.amount_fen)
        days = int(self.source.get("counted", self.days))
        part = self.price_fen * days * self.percent * self.quantity
        return Fraction(-part if self.kind == "refund" else part, 100 * self.basis_days)

    def to_json(self) -> str:
        """Return the line as compact text, the same text for the same line."""
        return _encode(self)

    @classmethod
    def from_json(cls, text: str) -> "Line":
        """Return the line that `to_json` wrote."""
        row = json.loads(text)
        row[4:7] = map(date.fromisoformat, row[4:7])
        return cls(*row)


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines of one resident's month."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Return what is left for the resident to pay, the sum of the lines."""
        return sum(line.amount_fen for line in self.lines)
