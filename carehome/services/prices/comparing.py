"""Two price lists side by side, with how many residents pay each item."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import ChargeRow, FeeItemRow, PriceListRow
from carehome.rules.periods import Period
from carehome.rules.prices.comparing import Charged, PriceChange, compare
from carehome.services.fees import Book
from carehome.services.prices.sheets import PriceSheet, items_in, sheet_of

USED_WITHIN = timedelta(days=30)  # who was charged by use lately counts as paying it


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists and how they differ; without an older one everything is new."""

    older: PriceSheet | None
    newer: PriceSheet
    day: date
    changes: tuple[PriceChange, ...]


def comparison_in(
    session: Session, newer_id: int, older_id: int | None, today: date
) -> Comparison:
    """Compare a list with another one, or with the one that it follows or corrects.

    Residents are counted as they live here on the first day of the newer list, or
    today when that is past.
    """
    newer = sheet_of(session, session.get_one(PriceListRow, newer_id))
    row = session.get(PriceListRow, older_id) if older_id else _before(session, newer)
    older = sheet_of(session, row) if row else None
    day = max(newer.starts, today)
    payers, shares = _payers_in(session, day, today)
    items = [
        Charged(
            item.item_id,
            item.name,
            item.unit,  # type: ignore[arg-type]  # the table checks the unit
            payers[item.code],
            tuple(shares[item.code]),
        )
        for item in items_in(session)
    ]
    changes = compare(items, _prices(older), _prices(newer))
    return Comparison(older, newer, day, changes)


def _before(session: Session, sheet: PriceSheet) -> PriceListRow | None:
    """Return the list that this one corrects, else the approved one before it."""
    if sheet.corrects is not None:
        return session.get(PriceListRow, sheet.corrects)
    approved = select(PriceListRow).where(
        PriceListRow.state == "approved",
        PriceListRow.starts < sheet.starts,
        PriceListRow.id != sheet.list_id,
    )
    return session.scalar(approved.order_by(PriceListRow.starts.desc()).limit(1))


def _prices(sheet: PriceSheet | None) -> dict[int, int]:
    return {price.item_id: price.fen for price in sheet.prices} if sheet else {}


def used_in(session: Session, span: Period) -> set[int]:
    """Return the ids of what is charged for on some day of a span, as far as known."""
    book = Book(session)
    codes = {
        use.item_code
        for resident_id, uses in book.uses.items()
        for use in uses
        if use.period.overlaps(span)
        and any(
            Period(stay.admitted, stay.discharged).overlaps(span)
            for stay in book.stays.get(resident_id, ())
        )
    }
    codes |= {
        extra.item_code
        for extras in book.extras.values()
        for extra in extras
        if span.holds(extra.on)
    }
    return {item.item_id for item in items_in(session) if item.code in codes}


def _uses(book: Book, day: date) -> Iterator[tuple[int, str]]:
    """Yield who has which item on a day."""
    for resident_id, uses in book.uses.items():
        if any(stay.holds(day) for stay in book.stays.get(resident_id, ())):
            codes = {use.item_code for use in uses if use.period.holds(day)}
            yield from ((resident_id, code) for code in codes)


def _payers_in(
    session: Session, day: date, today: date
) -> tuple[Counter[str], Mapping[str, list[int]]]:
    """Count who pays each item: all who have it on the day, all who used it lately.

    Who has a fixed price of their own, or pays nothing, pays neither list; who pays a
    share counts and is named by that share, in per cent.
    """
    book = Book(session)
    counted: Counter[str] = Counter()
    shares: dict[str, list[int]] = defaultdict(list)
    for resident_id, code in _uses(book, day):
        own = next(
            (
                price
                for price in book.personal.get(resident_id, ())
                if price.item_code == code and price.period.holds(day)
            ),
            None,
        )
        if own is not None and own.kind != "percent":
            continue
        counted[code] += 1
        if own is not None:
            shares[code].append(own.value)
    used = (
        select(FeeItemRow.code, func.count(ChargeRow.resident_id.distinct()))
        .join(ChargeRow, ChargeRow.fee_item_id == FeeItemRow.id)
        .where(ChargeRow.day > today - USED_WITHIN, ChargeRow.day <= today)
        .group_by(FeeItemRow.code)
    )
    for code, people in session.execute(used):
        counted[code] += people
    return counted, shares
