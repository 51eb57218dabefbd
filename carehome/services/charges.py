"""Charges by use for many residents at once: a month as a sheet, saved as one deed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import (
    BillRunRow,
    ChargeRow,
    FeeItemRow,
    PersonalPriceRow,
)
from carehome.db.residents import AbsenceRow, ResidentRow, StayRow
from carehome.i18n import _, say_date, say_month, say_narrow_weekday, speaking
from carehome.reports.charge_list import Filled, FillList, Heading, write_charge_list
from carehome.rules import charges as rules
from carehome.rules.beds import label_key
from carehome.rules.billing.facts import Absence, PersonalPrice, StayDays
from carehome.rules.billing.runs import PriceBook
from carehome.rules.billing.tariff import (
    STANDING_UNITS,
    AbsenceKind,
    NoPrice,
    Tariff,
)
from carehome.rules.charges import Cell, Day, Stays
from carehome.rules.periods import DAY, Period, month_of
from carehome.rules.rights import Right
from carehome.services.billing.trial import billed_in
from carehome.services.fees import as_personal_price, tariff_in
from carehome.services.papers import letterhead_in
from carehome.services.prices.sheets import as_item, items_in
from carehome.services.receipts import places_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class ChargedItem:
    """An item charged by use, with its price on each day of the month."""

    item_id: int
    name: str
    prices: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Charged:
    """Whoever lives here in the month, and what each of its days is for them.

    Who `is_billed` has left with the final bill of the month.
    """

    resident_id: int
    name: str
    bed: str
    days: tuple[Day, ...]
    is_billed: bool = False


@dataclass(frozen=True, slots=True)
class Uses:
    """How many times something was had, and what was said of it."""

    quantity: int
    note: str = ""
    done_by: str = ""


@dataclass(frozen=True, slots=True)
class ChargeSheet:
    """The charges by use of a month; `own` holds personal prices, day by day."""

    month: date
    is_posted: bool
    items: tuple[ChargedItem, ...]
    people: tuple[Charged, ...]
    cells: Mapping[Cell, Uses]
    own: Mapping[tuple[int, int], tuple[int | None, ...]]

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the month."""
        return tuple(month_of(self.month))


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody enters in a cell; `before` is what they saw there."""

    cell: Cell
    before: int
    after: int


class Charges(Service):
    """What one person can do with charges by use."""

    @needs(Right.RECORD_CHARGES)
    def sheet(self, month: date) -> ChargeSheet:
        """Return the charges of a month with everybody who may be charged in it."""
        with self._reading() as session:
            return sheet_in(session, month, self._today())

    @needs(Right.RECORD_CHARGES)
    def save(
        self,
        month: date,
        changes: Sequence[Change],
        reason: str = "",
        done_by: str = "",
        late: bool = False,
    ) -> int:
        """Enter all changes of a month or none; return how many cells changed.

        Days away need a `reason`. With `late`, a month that is posted is changed too:
        the next bills correct it.
        """
        with self._writing() as session:
            if _is_posted(session, month) and not late:
                raise rules.MonthPosted
            sheet = sheet_in(session, month, self._today())
            people = {each.resident_id: each for each in sheet.people}
            _check(sheet, people, changes, reason)
            rows = _rows_in(session, month)
            for change in changes:
                state = people[change.cell.resident_id].days[change.cell.day.day - 1]
                note = reason.strip() if state in rules.AWAY else ""
                _put(session, rows, change, note, done_by.strip())
            return len(changes)

    @needs(Right.RECORD_CHARGES)
    @speaking()
    def write_item_list(
        self, month: date, item_id: int, people: Collection[int], path: Path
    ) -> None:
        """Write a list to fill in by hand, who had one item on which day."""
        with self._reading() as session:
            sheet = sheet_in(session, month, self._today())
            head = letterhead_in(session)
        cells = [(item_id, day) for day in sheet.days]
        headings = [Heading(str(x.day), say_narrow_weekday(x)) for x in sheet.days]
        name = next(x.name for x in sheet.items if x.item_id == item_id)
        title = _("{item}, {month}").format(item=name, month=say_month(sheet.month))
        write_charge_list(path, _to_fill(sheet, people, cells, headings, title), head)

    @needs(Right.RECORD_CHARGES)
    @speaking()
    def write_day_list(
        self, month: date, day: date, people: Collection[int], path: Path
    ) -> None:
        """Write a list to fill in by hand, who had which item on one day."""
        with self._reading() as session:
            sheet = sheet_in(session, month, self._today())
            head = letterhead_in(session)
        cells = [(item.item_id, day) for item in sheet.items]
        headings = [Heading(item.name) for item in sheet.items]
        title = _("Charges by use, {day}").format(day=say_date(day))
        wanted = _to_fill(sheet, people, cells, headings, title, signed_by_line=True)
        write_charge_list(path, wanted, head)


def _to_fill(
    sheet: ChargeSheet,
    people: Collection[int],
    cells: Sequence[tuple[int, date]],
    headings: Sequence[Heading],
    title: str,
    signed_by_line: bool = False,
) -> FillList:
    """Return a list to fill in, with what is entered already."""
    lines = [
        Filled(who.bed, who.name, tuple(_told(sheet, who, *each) for each in cells))
        for who in sheet.people
        if who.resident_id in people
    ]
    note = _(
        "Write how many times; grey days are not charged, since the person was not "
        "here. Whoever did it signs."
    )
    return FillList(title, note, tuple(headings), lines, signed_by_line)


def _told(sheet: ChargeSheet, who: Charged, item_id: int, day: date) -> str | None:
    """Return what stands in a cell on paper; None where nothing is to be written."""
    uses = sheet.cells.get(Cell(who.resident_id, item_id, day))
    if uses:
        return str(uses.quantity)
    writable = (Day.HERE, Day.COMING)
    return "" if who.days[day.day - 1] in writable else None


def sheet_in(session: Session, month: date, today: date) -> ChargeSheet:
    """Return the charges of a month within another deed."""
    span, tariff = month_of(month), tariff_in(session)
    rows = _rows_in(session, month)
    charged = {cell.item_id for cell in rows}
    items = [
        item
        for item in items_in(session)
        if item.unit not in STANDING_UNITS
        and (item.is_active or item.item_id in charged)
    ]
    priced = tuple(
        ChargedItem(item.item_id, item.name, _listed(tariff, item.code, span))
        for item in items
    )
    return ChargeSheet(
        span.start,
        _is_posted(session, span.start),
        priced,
        tuple(_people(session, span, today, {cell.resident_id for cell in rows})),
        {cell: _as_uses(found) for cell, found in rows.items()},
        _own_prices(session, tariff, span),
    )


def _listed(tariff: Tariff, code: str, span: Period) -> tuple[int | None, ...]:
    """Return the list price of an item on each day of a span."""
    lists = [tariff.in_force(day) for day in span]
    return tuple(listed.prices.get(code) if listed else None for listed in lists)


def _own_prices(
    session: Session, tariff: Tariff, span: Period
) -> dict[tuple[int, int], tuple[int | None, ...]]:
    """Return what those pay for items by use who have a price of their own."""
    items = {
        row.id: row
        for row in session.scalars(
            select(FeeItemRow).where(FeeItemRow.unit.not_in(STANDING_UNITS))
        )
    }
    codes = {item_id: row.code for item_id, row in items.items()}
    agreed: dict[tuple[int, int], list[PersonalPrice]] = defaultdict(list)
    query = select(PersonalPriceRow).where(
        PersonalPriceRow.fee_item_id.in_(items), PersonalPriceRow.state == "approved"
    )
    for row in session.scalars(query):
        agreed[row.resident_id, row.fee_item_id].append(as_personal_price(row, codes))
    found = {}
    for (resident_id, item_id), own in agreed.items():
        book, item = PriceBook(tariff.lists, own), as_item(items[item_id])
        prices: list[int | None] = []
        for day in span:
            at = day.toordinal()
            try:
                prices.append(book.run(item, at, at + 1).price)
            except NoPrice:
                prices.append(None)
        found[resident_id, item_id] = tuple(prices)
    return found


def _people(
    session: Session, span: Period, today: date, charged: set[int]
) -> list[Charged]:
    """Return whoever lives here in a span or is charged in it, in the order of beds."""
    assert span.end is not None, "a month has an end"
    stays: dict[int, list[StayDays]] = defaultdict(list)
    query = select(StayRow).where(StayRow.admitted_on < span.end)
    for row in session.scalars(query):
        if row.discharged_on is None or row.discharged_on >= span.start:
            stays[row.resident_id].append(StayDays(row.admitted_on, row.discharged_on))
    absences: dict[int, list[Absence]] = defaultdict(list)
    away = select(AbsenceRow).where(AbsenceRow.left_on < span.end)
    for gone in session.scalars(away):
        if gone.returned_on is None or gone.returned_on > span.start:
            kind: AbsenceKind = gone.kind  # type: ignore[assignment]  # the table checks it
            absence = Absence(kind, gone.left_on, gone.returned_on)
            absences[gone.resident_id].append(absence)
    ids = stays.keys() | charged
    names = dict(session.execute(select(ResidentRow.id, ResidentRow.name)).all())
    places = places_in(session, min(today, span.end - DAY))
    billed, days = billed_in(session, span.start), tuple(span)
    found = []
    for resident_id in ids & names.keys():
        when = Stays(stays.get(resident_id, ()), absences.get(resident_id, ()))
        states = tuple(when.on(day, today) for day in days)
        bed, is_billed = places.get(resident_id, ""), resident_id in billed
        found.append(Charged(resident_id, names[resident_id], bed, states, is_billed))
    return sorted(found, key=lambda x: (not x.bed, label_key(x.bed), x.name))


def _rows_in(session: Session, month: date) -> dict[Cell, list[ChargeRow]]:
    """Return the charges of a month by where they stand."""
    span = month_of(month)
    found: dict[Cell, list[ChargeRow]] = defaultdict(list)
    query = select(ChargeRow).where(
        ChargeRow.day >= span.start, ChargeRow.day < span.end
    )
    for row in session.scalars(query.order_by(ChargeRow.id)):
        found[Cell(row.resident_id, row.fee_item_id, row.day)].append(row)
    return found


def _as_uses(rows: Iterable[ChargeRow]) -> Uses:
    together = list(rows)
    notes = dict.fromkeys(row.note for row in together if row.note)
    names = dict.fromkeys(row.done_by for row in together if row.done_by)
    return Uses(sum(row.quantity for row in together), " ".join(notes), " ".join(names))


def _is_posted(session: Session, month: date) -> bool:
    run = select(BillRunRow.id).where(
        BillRunRow.month == month.replace(day=1), BillRunRow.departure_id.is_(None)
    )
    return session.scalar(run) is not None


def _check(
    sheet: ChargeSheet,
    people: Mapping[int, Charged],
    changes: Sequence[Change],
    reason: str,
) -> None:
    """Raise unless every change may be made; taking an entry out always may."""
    items = {each.item_id: each for each in sheet.items}
    for change in changes:
        cell = change.cell
        who = people.get(cell.resident_id)
        if who is None or cell.day.replace(day=1) != sheet.month:
            raise rules.NotInTheMonth
        now = sheet.cells.get(cell, Uses(0)).quantity
        if now != change.before:
            raise rules.ChangedSince(name=who.name, day=cell.day, now=now)
        if who.is_billed:
            raise rules.FinalBillMade(name=who.name)
        if not change.after:
            continue
        rules.read_quantity(str(change.after))
        at = cell.day.day - 1
        rules.check_day(who.days[at], who.name, cell.day, reason)
        item = items[cell.item_id]
        prices = sheet.own.get((cell.resident_id, cell.item_id), item.prices)
        if prices[at] is None:
            raise NoPrice(item=item.name, day=cell.day)


def _put(
    session: Session,
    rows: Mapping[Cell, list[ChargeRow]],
    change: Change,
    note: str,
    done_by: str,
) -> None:
    """Let one charge stand in a cell with all its uses, or none."""
    cell = change.cell
    there = rows.get(cell, [])
    for extra in there[1 if change.after else 0 :]:
        session.delete(extra)
    if not change.after:
        return
    row = there[0] if there else ChargeRow(note="", done_by="")
    row.resident_id, row.fee_item_id, row.day = cell
    row.quantity = change.after
    row.note, row.done_by = note or row.note, done_by or row.done_by
    session.add(row)
