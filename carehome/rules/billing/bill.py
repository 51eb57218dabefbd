"""One resident's month, from facts to bill."""

from datetime import date

from carehome.rules.billing.covers import cover_lines
from carehome.rules.billing.facts import Extra, Facts
from carehome.rules.billing.fees import basis_of, fees_of, price_source, refunds_of
from carehome.rules.billing.lines import Bill, Line
from carehome.rules.billing.runs import Days, PriceBook, charged_days, lanes
from carehome.rules.billing.tariff import Terms
from carehome.rules.periods import DAY, months_after


def bill_month(facts: Facts) -> Bill:
    """Compute a month from its facts alone, always to the same fen.

    The terms of the whole month are those in force on its first charged day (ours).
    """
    month = facts.month.toordinal(), months_after(facts.month, 1).toordinal()
    charged = charged_days(facts.stays, month, facts.settings)
    terms = month_terms(facts, charged)
    basis = basis_of(terms.day_basis, month[1] - month[0])
    book = PriceBook(facts.tariff.lists, facts.personal_prices)
    fees = [fees_of(lane, facts.month, basis) for lane in lanes(facts, charged, book)]
    lines = [line for lane in fees for _run, line in lane]
    if facts.absences:
        lines += refunds_of(facts, fees, terms)
    lines += [_use(facts, book, extra) for extra in facts.extras]
    if facts.covers:
        lines += cover_lines(facts, lines, charged, basis)
    return Bill(tuple(lines))


def month_terms(facts: Facts, charged: list[Days]) -> Terms:
    """Return the terms by which the month is counted."""
    day = date.fromordinal(charged[0][0]) if charged else facts.month
    listed = facts.tariff.in_force(day)
    return Terms() if listed is None else listed.terms


def _use(facts: Facts, book: PriceBook, extra: Extra) -> Line:
    """Charge something that was used, at the price of its day."""
    day = extra.on.toordinal()
    run = book.run(facts.items[extra.item_code], day, day + 1)
    source = price_source(run)
    if extra.note:
        source["note"] = extra.note
    return Line(
        "use",
        run.item.code,
        run.item.name,
        run.item.category,
        facts.month,
        extra.on,
        extra.on + DAY,
        1,
        1,
        run.price,
        run.price * extra.quantity,
        source,
        quantity=extra.quantity,
    )
