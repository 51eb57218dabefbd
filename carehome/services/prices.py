"""Prices: fee items, price lists with versions, what single residents pay instead."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import (
    ChargeRow,
    CoverRow,
    FeeItemRow,
    PersonalPriceRow,
    PriceListRow,
    PriceRow,
    StandingChargeRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules import rulepacks
from carehome.rules.billing import checks, tariff
from carehome.rules.billing.facts import Extra, PersonalPrice
from carehome.rules.billing.tariff import Item, PriceList, Terms
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.services.fees import as_personal_price, terms_of
from carehome.services.home import NameMissing, profile_in
from carehome.services.service import Service, needs


class CodeTaken(Refusal):
    """Two fee items cannot have one code."""

    text = N_("There is already a fee item with the code “{code}”. Choose another.")


class DayTaken(Refusal):
    """Two price lists cannot start on one day."""

    text = N_("A price list already starts on {day}. Change that one.")


class AboveCeiling(Refusal):
    """Nobody charges more than the guide price (seed 003 L349-351)."""

    text = N_(
        "“{item}” is above the guide price of {ceiling}. Lower the price or correct "
        "the guide price."
    )


class PersonalPriceTaken(Refusal):
    """The resident already has a personal price for the item on those days."""

    text = N_("“{item}” already has a personal price from {day}. End that one first.")


@dataclass(frozen=True, slots=True)
class FeeItem:
    """Something the home charges for; `applies_to` is a bed class, grade or meal."""

    item_id: int
    code: str
    name: str
    category: str
    unit: str
    applies_to: str | None = None
    is_vat_exempt: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Price:
    """The price of one item in a price list, in fen."""

    item_id: int
    fen: int
    ceiling_fen: int | None = None


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """One version of the price list."""

    list_id: int
    starts: date
    note: str
    terms: Terms
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What a resident pays for an item instead of the list price."""

    price_id: int
    item_id: int
    item: str
    starts: date
    ends: date | None
    kind: str
    value: int
    reason: str
    approver: str


@dataclass(frozen=True, slots=True)
class OwnCharge:
    """A charge of one resident beside bed, care and meals."""

    charge_id: int
    item_id: int
    item: str
    starts: date
    ends: date | None
    quantity: int
    note: str


@dataclass(frozen=True, slots=True)
class OwnCover:
    """What another payer bears of one resident's fees."""

    cover_id: int
    payer: str
    payer_name: str
    category: str
    starts: date
    ends: date | None
    kind: str
    value: int


class Prices(Service):
    """What one person can do with prices."""

    @needs(Right.SEE_FEES)
    def items(self) -> list[FeeItem]:
        """List all fee items in the order of their making."""
        with self._reading() as session:
            return items_in(session)

    @needs(Right.CHANGE_PRICES)
    def save_item(self, item: FeeItem) -> int:
        """Add a fee item (`item_id` 0) or change one; return its number."""
        if not item.name.strip() or not item.code.strip():
            raise NameMissing(field=_("name and code of the fee item"))
        with self._writing() as session:
            ownership: rulepacks.Ownership = profile_in(session).ownership  # type: ignore[assignment]  # the table checks it
            banned = rulepacks.read_banned_charges()
            rulepacks.check_item_name(item.name, ownership, banned)
            same = select(FeeItemRow.id).where(
                FeeItemRow.code == item.code.strip(), FeeItemRow.id != item.item_id
            )
            if session.scalar(same) is not None:
                raise CodeTaken(code=item.code)
            row = session.get(FeeItemRow, item.item_id) or FeeItemRow()
            row.code, row.name = item.code.strip(), item.name.strip()
            row.category, row.unit = item.category, item.unit
            row.applies_to, row.is_vat_exempt = item.applies_to, item.is_vat_exempt
            row.is_active = item.is_active
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.SEE_FEES)
    def sheets(self) -> list[PriceSheet]:
        """List all versions of the price list, the newest first."""
        with self._reading() as session:
            rows = session.scalars(
                select(PriceListRow).order_by(PriceListRow.starts.desc())
            )
            return [_sheet(session, row) for row in rows]

    @needs(Right.CHANGE_PRICES)
    def save_sheet(self, sheet: PriceSheet) -> int:
        """Add a version of the price list (`list_id` 0) or change one."""
        with self._writing() as session:
            return save_sheet_in(session, sheet)

    @needs(Right.SEE_FEES)
    def own_prices(self, resident_id: int) -> list[OwnPrice]:
        """List the personal prices of a resident, the newest first."""
        with self._reading() as session:
            rows = session.execute(
                select(PersonalPriceRow, FeeItemRow.name)
                .join(FeeItemRow, FeeItemRow.id == PersonalPriceRow.fee_item_id)
                .where(PersonalPriceRow.resident_id == resident_id)
                .order_by(PersonalPriceRow.starts.desc(), PersonalPriceRow.id)
            )
            return [
                OwnPrice(
                    row.id,
                    row.fee_item_id,
                    name,
                    row.starts,
                    row.ends,
                    row.kind,
                    row.value,
                    row.reason,
                    row.approver,
                )
                for row, name in rows
            ]

    @needs(Right.SET_PERSONAL_PRICE)
    def set_own_price(
        self,
        resident_id: int,
        item_id: int,
        span: Period,
        kind: str,
        value: int,
        reason: str,
    ) -> int:
        """Agree on a price for one resident; whoever does it is the approver."""
        with self._writing() as session:
            return set_own_price_in(
                session,
                resident_id,
                item_id,
                span,
                kind,
                value,
                reason,
                self._user.name,
            )

    @needs(Right.SET_PERSONAL_PRICE)
    def end_own_price(self, price_id: int, ends: date) -> None:
        """Let a personal price hold up to, but without, `ends`; never if too early."""
        with self._writing() as session:
            row = session.get_one(PersonalPriceRow, price_id)
            if ends <= row.starts:
                session.delete(row)
            else:
                row.ends = ends

    @needs(Right.SEE_FEES)
    def charges(self, resident_id: int) -> list[OwnCharge]:
        """List what a resident was or is charged beside bed, care and meals."""
        with self._reading() as session:
            standing = session.execute(
                select(StandingChargeRow, FeeItemRow.name)
                .join(FeeItemRow, FeeItemRow.id == StandingChargeRow.fee_item_id)
                .where(StandingChargeRow.resident_id == resident_id)
            )
            single = session.execute(
                select(ChargeRow, FeeItemRow.name)
                .join(FeeItemRow, FeeItemRow.id == ChargeRow.fee_item_id)
                .where(ChargeRow.resident_id == resident_id)
            )
            found = [
                OwnCharge(r.id, r.fee_item_id, name, r.starts, r.ends, 0, "")
                for r, name in standing
            ] + [
                OwnCharge(r.id, r.fee_item_id, name, r.day, r.day, r.quantity, r.note)
                for r, name in single
            ]
            return sorted(found, key=lambda charge: charge.starts, reverse=True)

    @needs(Right.RECORD_CHARGES)
    def add_charge(
        self, resident_id: int, item_id: int, day: date, quantity: int, note: str = ""
    ) -> int:
        """Charge something by use, or once."""
        with self._writing() as session:
            item = session.get_one(FeeItemRow, item_id)
            extra = Extra(item.code, day, quantity, note)
            checks.check_extra(extra, as_item(item))
            row = ChargeRow(
                resident_id=resident_id,
                fee_item_id=item_id,
                day=day,
                quantity=quantity,
                note=note,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.RECORD_CHARGES)
    def add_standing_charge(self, resident_id: int, item_id: int, span: Period) -> int:
        """Charge an item by month or day for a span."""
        with self._writing() as session:
            item = session.get_one(FeeItemRow, item_id)
            if item.unit not in ("month", "day"):
                raise checks.WrongUnit(item=item.name)
            row = StandingChargeRow(
                resident_id=resident_id,
                fee_item_id=item_id,
                starts=span.start,
                ends=span.end,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.SEE_FEES)
    def covers(self, resident_id: int) -> list[OwnCover]:
        """List what other payers bear of a resident's fees."""
        with self._reading() as session:
            rows = session.scalars(
                select(CoverRow)
                .where(CoverRow.resident_id == resident_id)
                .order_by(CoverRow.starts.desc())
            )
            return [
                OwnCover(
                    row.id,
                    row.payer,
                    row.payer_name,
                    row.category,
                    row.starts,
                    row.ends,
                    row.kind,
                    row.value,
                )
                for row in rows
            ]

    @needs(Right.SET_PERSONAL_PRICE)
    def add_cover(self, resident_id: int, cover: OwnCover) -> int:
        """Let another payer bear a share, or fen a month, of a category of fees."""
        if not cover.payer_name.strip():
            raise NameMissing(field=_("name of the payer"))
        with self._writing() as session:
            row = CoverRow(
                resident_id=resident_id,
                payer=cover.payer,
                payer_name=cover.payer_name.strip(),
                category=cover.category,
                starts=cover.starts,
                ends=cover.ends,
                kind=cover.kind,
                value=cover.value,
            )
            session.add(row)
            session.flush()
            return row.id


def as_item(row: FeeItemRow) -> Item:
    """Return the value that the rules understand."""
    return Item(
        row.code,
        row.name,
        row.category,  # type: ignore[arg-type]  # the table checks it
        row.unit,  # type: ignore[arg-type]  # the table checks it
        row.is_vat_exempt,
    )


def items_in(session: Session) -> list[FeeItem]:
    """List all fee items within another deed."""
    rows = session.scalars(select(FeeItemRow).order_by(FeeItemRow.id))
    return [
        FeeItem(
            row.id,
            row.code,
            row.name,
            row.category,
            row.unit,
            row.applies_to,
            row.is_vat_exempt,
            row.is_active,
        )
        for row in rows
    ]


def save_sheet_in(session: Session, sheet: PriceSheet) -> int:
    """Store one version of the price list within another deed."""
    same_day = select(PriceListRow.id).where(
        PriceListRow.starts == sheet.starts, PriceListRow.id != sheet.list_id
    )
    if session.scalar(same_day) is not None:
        raise DayTaken(day=sheet.starts)
    names = {item.item_id: item for item in items_in(session)}
    listed = {names[p.item_id].code: p.fen for p in sheet.prices}
    tariff.check_price_list(PriceList(sheet.starts, listed, sheet.terms))
    for price in sheet.prices:
        ceiling = price.ceiling_fen
        if ceiling is not None and price.fen > ceiling:
            name = names[price.item_id].name
            raise AboveCeiling(item=name, ceiling=show_money(ceiling))
    row = session.get(PriceListRow, sheet.list_id) or PriceListRow()
    row.starts, row.note, row.basis = sheet.starts, sheet.note, sheet.terms.day_basis
    for field in fields(Terms):
        if field.name != "day_basis":
            setattr(row, field.name, getattr(sheet.terms, field.name))
    session.add(row)
    session.flush()
    _store_prices(session, row.id, sheet.prices)
    return row.id


def _store_prices(session: Session, list_id: int, prices: tuple[Price, ...]) -> None:
    rows = session.scalars(select(PriceRow).where(PriceRow.price_list_id == list_id))
    known = {row.fee_item_id: row for row in rows}
    for price in prices:
        row = known.pop(price.item_id, None) or PriceRow(
            price_list_id=list_id, fee_item_id=price.item_id
        )
        row.fen, row.ceiling_fen = price.fen, price.ceiling_fen
        session.add(row)
    for gone in known.values():
        session.delete(gone)


def _sheet(session: Session, row: PriceListRow) -> PriceSheet:
    prices = session.scalars(
        select(PriceRow)
        .where(PriceRow.price_list_id == row.id)
        .order_by(PriceRow.fee_item_id)
    )
    return PriceSheet(
        row.id,
        row.starts,
        row.note,
        terms_of(row),
        tuple(Price(p.fee_item_id, p.fen, p.ceiling_fen) for p in prices),
    )


def set_own_price_in(
    session: Session,
    resident_id: int,
    item_id: int,
    span: Period,
    kind: str,
    value: int,
    reason: str,
    approver: str,
) -> int:
    """Agree on a personal price within another deed."""
    item = session.get_one(FeeItemRow, item_id)
    row = PersonalPriceRow(
        resident_id=resident_id,
        fee_item_id=item_id,
        starts=span.start,
        ends=span.end,
        kind=kind,
        value=value,
        reason=reason.strip(),
        approver=approver,
    )
    codes = {item_id: item.code}
    fresh: PersonalPrice = as_personal_price(row, codes)
    checks.check_personal_prices([fresh], {item.code: as_item(item)})
    others = session.scalars(
        select(PersonalPriceRow).where(
            PersonalPriceRow.resident_id == resident_id,
            PersonalPriceRow.fee_item_id == item_id,
        )
    )
    for other in others:
        if as_personal_price(other, codes).period.overlaps(span):
            raise PersonalPriceTaken(item=item.name, day=other.starts)
    session.add(row)
    session.flush()
    return row.id
