"""A bill day by day: what each day adds to each line, and the rounding that is left.

A line is the exact sum of its days, rounded once. The parts are fractions, so that a
sheet leads to the fen of its line or shows that something is wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from carehome.rules.billing.bill import month_terms
from carehome.rules.billing.facts import Cover, Facts
from carehome.rules.billing.fees import Basis, absent_days, basis_of
from carehome.rules.billing.lines import Line
from carehome.rules.billing.runs import charged_days, ordinals
from carehome.rules.billing.tariff import AbsenceKind, Category
from carehome.rules.periods import Period

Where = Literal["here", "leave", "hospital", "gone"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one day adds to a line; `units` says as how many days it counts."""

    day: date
    units: int
    exact: Fraction


@dataclass(frozen=True, slots=True)
class LineSheet:
    """A line and its days."""

    line: Line
    parts: tuple[Part, ...]

    @property
    def exact(self) -> Fraction:
        """Return what the days come to, in fen and parts of a fen."""
        return sum((part.exact for part in self.parts), Fraction())

    @property
    def limit(self) -> Fraction:
        """Return what was left out, as no more is given back than was charged."""
        if "at_most" not in self.line.source:
            return Fraction()
        return self.line.amount_fen - self.exact

    @property
    def rounding(self) -> Fraction:
        """Return what the one rounding of the line adds or takes."""
        return self.line.amount_fen - self.exact - self.limit


@dataclass(frozen=True, slots=True)
class Charged:
    """An item that is charged on a day, at the price of its month or day."""

    at: int
    line: Line
    part: Part


@dataclass(frozen=True, slots=True)
class DayOfBill:
    """All that one day adds to a bill."""

    day: date
    where: Where
    charged: tuple[Charged, ...]

    def of(self, category: Category) -> tuple[Charged, ...]:
        """Return the fees of a category."""
        fees = (each for each in self.charged if each.line.kind == "fee")
        return tuple(each for each in fees if each.line.category == category)

    def sum_of(self, *kinds: str) -> Fraction:
        """Return what lines of some kinds come to on the day."""
        found = (x.part.exact for x in self.charged if x.line.kind in kinds)
        return sum(found, Fraction())

    @property
    def total(self) -> Fraction:
        """Return what the day adds to the bill."""
        return sum((each.part.exact for each in self.charged), Fraction())


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A month's bill, by line and by day; corrections of other months stand apart."""

    month: date
    lines: tuple[LineSheet, ...]
    days: tuple[DayOfBill, ...]

    @property
    def total(self) -> int:
        """Return what the lines come to."""
        return sum(sheet.line.amount_fen for sheet in self.lines)

    @property
    def exact(self) -> Fraction:
        """Return what the days come to."""
        return sum((sheet.exact for sheet in self.lines), Fraction())

    @property
    def rounding(self) -> Fraction:
        """Return what rounding the lines, each once, comes to."""
        return sum((sheet.rounding for sheet in self.lines), Fraction())

    @property
    def limit(self) -> Fraction:
        """Return what was not given back, as it had not been charged."""
        return sum((sheet.limit for sheet in self.lines), Fraction())


def day_sheet(facts: Facts, lines: Iterable[Line]) -> DaySheet:
    """Lay out day by day the lines of a month that its facts came to."""
    own = [line for line in lines if line.kind != "adjustment"]
    parts = _fees(facts, own)
    parts |= {at: _refund(own, parts, at) for at in _places(own, "refund")}
    for at in _places(own, "use"):
        amount = Fraction(own[at].amount_fen)
        parts[at] = (Part(own[at].starts, own[at].quantity, amount),)
    cost = _costs(own, parts)
    covers = _covers(facts, own)
    parts |= {
        at: _payer(facts, own[at], covers.get(at), cost) for at in _places(own, "payer")
    }
    sheets = tuple(LineSheet(line, parts[at]) for at, line in enumerate(own))
    return DaySheet(facts.month, sheets, tuple(_days(facts, sheets)))


def _places(lines: Sequence[Line], kind: str) -> list[int]:
    return [at for at, line in enumerate(lines) if line.kind == kind]


def _fees(facts: Facts, lines: Sequence[Line]) -> dict[int, tuple[Part, ...]]:
    """Return the days of each fee line.

    As how many days one counts hangs on how many of its lane came before it.
    """
    charged = charged_days(facts.stays, ordinals(facts.span), facts.settings)
    basis = basis_of(month_terms(facts, charged).day_basis, facts.span.days)
    done: dict[str, int] = defaultdict(int)
    found = {}
    for at in _places(lines, "fee"):
        line = lines[at]
        lane = line.item_code if line.category == "other" else line.category
        found[at] = tuple(_fee(line, basis, done[lane]))
        done[lane] += line.days
    return found


def _fee(line: Line, basis: Basis, before: int) -> Iterator[Part]:
    """Yield the days of a fee line; `before` are the days of its lane before it."""
    for place, day in enumerate(Period(line.starts, line.ends), before):
        is_daily = line.basis_days == 1
        units = 1 if is_daily else basis.counted[place + 1] - basis.counted[place]
        yield Part(day, units, Fraction(line.price_fen * units, line.basis_days))


def _refund(
    lines: Sequence[Line], fees: Mapping[int, tuple[Part, ...]], at: int
) -> tuple[Part, ...]:
    """Return the days of a refund; they count as they were charged."""
    line = lines[at]
    counted = int(line.source.get("counted", line.days))
    fee = next(
        x
        for x in _places(lines, "fee")
        if lines[x].item_code == line.item_code
        and lines[x].starts <= line.starts
        and line.ends <= lines[x].ends
    )
    if line.days == lines[fee].days:
        units = [part.units for part in fees[fee]]
    else:
        units = [int(place < counted) for place in range(line.days)]
    each = Fraction(-line.price_fen * line.percent, 100 * line.basis_days)
    days = Period(line.starts, line.ends)
    return tuple(
        Part(day, count, count * each) for day, count in zip(days, units, strict=True)
    )


Costs = Mapping[date, Mapping[str, Fraction]]


def _costs(lines: Sequence[Line], parts: Mapping[int, Iterable[Part]]) -> Costs:
    """Return what each item comes to on each day, after refunds."""
    costs: dict[date, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for at, days in parts.items():
        for part in days:
            costs[part.day][lines[at].item_code] += part.exact
    return costs


def _covers(facts: Facts, lines: Sequence[Line]) -> dict[int, Cover]:
    """Return by which cover each payer's line was made; both are in one order."""
    left = sorted(facts.covers, key=lambda cover: cover.rank)
    month = facts.span
    found = {}
    for at in _places(lines, "payer"):
        line = lines[at]
        for place, cover in enumerate(left):
            if (cover.payer, max(cover.period.start, month.start), cover.kind) == (
                line.payer,
                line.starts,
                line.source["cover"],
            ):
                found[at] = cover
                del left[: place + 1]
                break
    return found


def _payer(
    facts: Facts, line: Line, cover: Cover | None, costs: Costs
) -> tuple[Part, ...]:
    """Spread what a payer bears over the days by what they cost."""
    days = list(Period(line.starts, line.ends))
    weights = {day: _covered(facts, cover, costs.get(day, {})) for day in days}
    whole = sum(weights.values(), Fraction())
    if whole <= 0:
        weights, whole = dict.fromkeys(days, Fraction(1)), Fraction(len(days))
    return tuple(
        Part(day, 1, line.amount_fen * weight / whole)
        for day, weight in weights.items()
        if weight
    )


def _covered(
    facts: Facts, cover: Cover | None, costs: Mapping[str, Fraction]
) -> Fraction:
    """Return what the items of a cover cost on a day."""
    fens = (
        fen
        for code, fen in costs.items()
        if cover is None or cover.covers(facts.items[code])
    )
    return max(sum(fens, Fraction()), Fraction())


def _days(facts: Facts, sheets: Sequence[LineSheet]) -> Iterator[DayOfBill]:
    """Yield the days of the month with all that is charged on them."""
    charged: dict[date, list[Charged]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for part in sheet.parts:
            charged[part.day].append(Charged(at, sheet.line, part))
    where = _where(facts)
    for day in facts.span:
        yield DayOfBill(day, where.get(day, "gone"), tuple(charged[day]))


def _where(facts: Facts) -> dict[date, Where]:
    """Return where somebody was on each charged day of the month."""
    spans = charged_days(facts.stays, ordinals(facts.span), facts.settings)
    found: dict[date, Where] = {}
    for first, last in spans:
        days = Period(date.fromordinal(first), date.fromordinal(last))
        found |= dict.fromkeys(days, "here")
    for absence in facts.absences:
        first, last = absent_days(facts, absence)
        kind: AbsenceKind = absence.kind
        for day in found:
            if first <= day.toordinal() < last:
                found[day] = kind
    return found
