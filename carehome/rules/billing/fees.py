"""The fee lines of a month and the refunds for days away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from carehome.rules.billing.checks import check_absences
from carehome.rules.billing.facts import Absence, Facts
from carehome.rules.billing.lines import Line
from carehome.rules.billing.runs import Days, Run
from carehome.rules.billing.tariff import DayBasis, Terms
from carehome.rules.money import half_up

THIRTY = 30
Fees = list[tuple[Run, Line]]


@dataclass(frozen=True, slots=True)
class Basis:
    """By how many days a monthly price is divided.

    `counted[n]` says as how many days the first n charged days of a month count. On
    basis 30 they count one by one, but never as more than 30, and all days of a month
    count as 30: a whole month costs the monthly price.
    """

    days: int
    counted: tuple[int, ...]


@cache
def basis_of(day_basis: DayBasis, month_days: int) -> Basis:
    """Return how a price list counts the days of a month."""
    if day_basis == "month":
        return Basis(month_days, tuple(range(month_days + 1)))
    some = (min(days, THIRTY) for days in range(month_days))
    return Basis(THIRTY, (*some, THIRTY))


def fees_of(lane: Sequence[Run], month: date, basis: Basis) -> Fees:
    """Charge the runs of one lane.

    Runs that follow each other at one price are cut from their common amount, so that
    the parts always come to the whole.
    """
    fees: Fees = []
    first = before = 0  # days of the lane before this price, and before this run
    last: tuple[int, str] | None = None
    for run in lane:
        if last != (run.price, run.item.unit):
            first, last = before, (run.price, run.item.unit)
        until = before + run.ends - run.starts
        fees.append((run, _fee(run, month, basis, (first, before, until))))
        before = until
    return fees


def _fee(run: Run, month: date, basis: Basis, days: tuple[int, int, int]) -> Line:
    """Return the line of a run.

    Its days are counted through the lane: from where its price began, from where the
    run began, until where it ends.
    """
    first, before, until = days
    source = price_source(run)
    count, price, divisor = until - before, run.price, 1
    if run.item.unit == "day":
        amount = price * count
    else:
        divisor, base = basis.days, basis.counted[first]
        done, through = basis.counted[before] - base, basis.counted[until] - base
        amount = half_up(price * through, divisor)
        if done:
            amount -= half_up(price * done, divisor)
            source["together"] = before - first
        if through - done != count:
            source["counted"] = through - done
    return Line(
        "fee",
        run.item.code,
        run.item.name,
        run.item.category,
        month,
        date.fromordinal(run.starts),
        date.fromordinal(run.ends),
        count,
        divisor,
        price,
        amount,
        source,
    )


def price_source(run: Run) -> dict[str, str | int]:
    """Say where the price of a run comes from."""
    source: dict[str, str | int] = {}
    if run.listed is not None and run.last_listed is not None:
        source["list"] = run.listed.starts.isoformat()
        if run.last_listed is not run.listed and run.personal is None:
            source["list_last"] = run.last_listed.starts.isoformat()
    own = run.personal
    if own is None:
        return source
    if run.listed is not None and run.item.code in run.listed.prices:
        source["list_fen"] = run.listed.prices[run.item.code]
    source |= {"personal": own.kind, "value": own.value}
    return source | {"reason": own.reason, "approver": own.approver}


def refunds_of(facts: Facts, lanes: Sequence[Fees], terms: Terms) -> list[Line]:
    """Give back what absences earn: a line for each absence and run of equal price.

    Nobody gets back more of a run than was charged for it.
    """
    check_absences(facts.absences, facts.stays)
    fees = [fee for lane in lanes for fee in lane]
    left = [line.amount_fen for _, line in fees]
    refunds: list[Line] = []
    for absence in facts.absences:
        away = absent_days(facts, absence)
        if away[1] - away[0] < terms.min_days(absence.kind):
            continue
        for place, (run, fee) in enumerate(fees):
            percent = terms.refund_percent(absence.kind, run.item.category)
            first, last = max(run.starts, away[0]), min(run.ends, away[1])
            if percent and first < last:
                refund = _refund(fee, (first, last), percent, left[place], absence)
                left[place] += refund.amount_fen
                refunds.append(refund)
    return [line for line in refunds if line.amount_fen]


def _refund(fee: Line, days: Days, percent: int, most: int, absence: Absence) -> Line:
    """Return the refund for some days of a fee line, at most `most`."""
    count = days[1] - days[0]
    charged = int(fee.source.get("counted", fee.days))
    counted = charged if count == fee.days else min(count, charged)
    amount = half_up(fee.price_fen * counted * percent, 100 * fee.basis_days)
    source: dict[str, str | int] = {
        "absence": absence.kind,
        "left": absence.left_on.isoformat(),
    }
    if absence.returned_on is not None:
        source["returned"] = absence.returned_on.isoformat()
    if counted != count:
        source["counted"] = counted
    if amount > most:
        source["at_most"] = most
    return Line(
        "refund",
        fee.item_code,
        fee.item_name,
        fee.category,
        fee.for_month,
        date.fromordinal(days[0]),
        date.fromordinal(days[1]),
        count,
        fee.basis_days,
        fee.price_fen,
        -min(amount, most),
        source,
        percent,
    )


def absent_days(facts: Facts, absence: Absence) -> Days:
    """Return the days strictly between leaving and coming back, over all months.

    An absence belongs to the stay it began in and ends with it; nobody back yet is
    away for as long as is known.
    """
    first = absence.left_on.toordinal() + 1
    for stay in facts.stays:
        if stay.holds(absence.left_on):
            end = absence.returned_on or facts.known_until
            last = min(end, stay.discharged or end)
            return first, max(first, last.toordinal())
    return first, first
