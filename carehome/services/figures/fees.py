"""Figures of money: what was billed, what came in, what is open, what is held."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from carehome.i18n import N_
from carehome.rules.bed_days import months_in
from carehome.rules.billing.tariff import NoPrice
from carehome.rules.figures import (
    ONLY_TODAY,
    Figure,
    Rows,
    quotient,
    total,
    unknown,
)
from carehome.rules.periods import month_of
from carehome.rules.today import Fen, Month, Text, words
from carehome.services.deposits.standings import Ledger
from carehome.services.figures.asked import RESIDENT_TITLES, Asked
from carehome.services.figures.registry import Counter, counts

CATEGORIES = ("bed", "care", "meal", "other")
Fens = Iterable[tuple[int, int]]  # residents and what falls on them


def _sum(asked: Asked, found: Fens) -> Figure:
    """Return a sum of money with what falls on each resident."""
    sums = _by_resident(found)
    return total(sum(sums.values()), _rows(asked, sums))


def _by_resident(found: Fens) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for who, fen in found:
        sums[who] += fen
    return {who: fen for who, fen in sorted(sums.items()) if fen}


def _rows(asked: Asked, sums: dict[int, int]) -> Rows:
    lines = tuple(asked.line(who, Fen(fen)) for who, fen in sums.items())
    return Rows((*RESIDENT_TITLES, N_("Amount")), lines)


def _of_months(counter: Counter) -> Counter:
    """Tell which months of the period are not billed, and nothing while none is."""

    def counted(asked: Asked) -> Figure:
        months = {month_of(part.start).start for part in months_in(asked.span)}
        begun = {month for month in months if asked.span.holds(month)}
        lacking = sorted(begun - asked.records.money.posted_months)
        if not lacking:
            return counter(asked)
        text = N_("The bills of these months are not posted: {months}.")
        why = words(text, months=tuple(map(Month.of, lacking)))
        if len(lacking) == len(begun):
            return unknown(why)
        return replace(counter(asked), note=why)

    return counted


def _billed(asked: Asked) -> Fens:
    """Yield the bills of the months that begin in the period."""
    return (
        (bill.resident_id, bill.total)
        for bill in asked.records.money.bills
        if asked.span.holds(bill.month)
    )


@counts("fees.billed")
@_of_months
def billed(asked: Asked) -> Figure:
    """Return what residents were billed for the months of the period."""
    return _sum(asked, _billed(asked))


def _earned(*categories: str) -> Counter:
    """Return what some categories of fees come to, whoever bears them."""

    def counter(asked: Asked) -> Figure:
        lines = asked.records.money.lines
        return _sum(
            asked,
            (
                (who, fen)
                for who, month, category, fen in lines
                if category in categories and asked.span.holds(month)
            ),
        )

    return counter


counts("fees.income")(_of_months(_earned(*CATEGORIES)))
for _category in CATEGORIES:
    counts(f"fees.income_{_category}")(_of_months(_earned(_category)))


@counts("fees.borne_by_payers")
@_of_months
def borne_by_payers(asked: Asked) -> Figure:
    """Return what insurance, government and others bear of the fees."""
    lines = asked.records.money.lines
    return _sum(
        asked,
        (
            (who, -fen)
            for who, month, category, fen in lines
            if not category and asked.span.holds(month)
        ),
    )


@counts("fees.income_per_resident_month")
@_of_months
def income_per_resident_month(asked: Asked) -> Figure:
    """Return the fees of the period over the people billed, month by month."""
    found = list(_billed(asked))
    figure = _earned(*CATEGORIES)(asked)
    return quotient(figure.value or 0, len(found), figure.rows)


@counts("fees.paid")
def paid(asked: Asked) -> Figure:
    """Return the payments of the period."""
    return _sum(
        asked,
        (
            (each.resident_id, each.fen)
            for each in asked.records.money.payments
            if asked.span.holds(each.day)
        ),
    )


@counts("fees.arrears")
def arrears(asked: Asked) -> Figure:
    """Return what is open of all bills on the last day."""
    return _sum(asked, asked.records.money.owed(asked.last))


@counts("fees.residents_in_arrears")
def residents_in_arrears(asked: Asked) -> Figure:
    """Count who owes something on the last day."""
    sums = _by_resident(asked.records.money.owed(asked.last))
    return total(len(sums), _rows(asked, sums))


@counts("fees.prepaid")
def prepaid(asked: Asked) -> Figure:
    """Return what was paid and no bill has needed by the last day."""
    return _sum(asked, asked.records.money.prepaid(asked.last))


@counts("fees.collected_share")
@_of_months
def collected_share(asked: Asked) -> Figure:
    """Return which share of the bills of the period is paid by today."""
    money = asked.records.money
    bills = [bill for bill in money.bills if asked.span.holds(bill.month)]
    due = [bill for bill in bills if bill.total > 0]
    open_fen = money.open_of(asked.today)
    left = sum(max(open_fen.get(bill.bill_id, bill.total), 0) for bill in due)
    whole = sum(bill.total for bill in due)
    sums = _by_resident((bill.resident_id, bill.total) for bill in due)
    return quotient(whole - left, whole, _rows(asked, sums))


def _deposits(asked: Asked, first: date) -> Fens:
    return (
        (each.resident_id, each.fen)
        for each in asked.records.money.deposits
        if first <= each.day <= asked.last
    )


@counts("fees.deposits_held")
def deposits_held(asked: Asked) -> Figure:
    """Return what is held of deposits on the last day."""
    return _sum(asked, _deposits(asked, date.min))


@counts("fees.deposits_in")
def deposits_in(asked: Asked) -> Figure:
    """Return the deposits that were taken in the period."""
    found = _deposits(asked, asked.span.start)
    return _sum(asked, ((who, fen) for who, fen in found if fen > 0))


@counts("fees.deposits_out")
def deposits_out(asked: Asked) -> Figure:
    """Return the deposits that were given back or used in the period."""
    found = _deposits(asked, asked.span.start)
    return _sum(asked, ((who, -fen) for who, fen in found if fen < 0))


@counts("fees.deposits_over")
def deposits_over(asked: Asked) -> Figure:
    """Count whose deposit is above what the rules of the place allow, today."""
    if asked.last != asked.today:
        return unknown(ONLY_TODAY)
    ledger = Ledger(asked.records.session)
    try:
        over = [who for who in ledger.entries if ledger.is_over(who, asked.last)]
    except NoPrice as refusal:
        return unknown(str(refusal))
    lines = tuple(asked.line(who, Fen(ledger.held(who))) for who in over)
    return total(len(over), Rows((*RESIDENT_TITLES, N_("Held")), lines))


@counts("fees.subsidies_received")
def subsidies_received(asked: Asked) -> Figure:
    """Return what came in of allowances for staff and of shares of premiums."""
    found: list[tuple[date, Text, Fen]] = [
        (day, words(name), Fen(fen))
        for day, name, fen in asked.records.money.subsidies
        if asked.span.holds(day)
    ]
    rows = Rows((N_("Day"), N_("Kind"), N_("Amount")), tuple(found))
    return total(sum(fen for *_of, fen in found), rows)
