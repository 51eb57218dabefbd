"""Price lists and the fee items in them."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import (
    FeeItemRow,
    PriceListRow,
    PriceRow,
)
from carehome.db.home import HomeRow
from carehome.errors import Refusal
from carehome.i18n import N_, show_money
from carehome.rules.billing import tariff
from carehome.rules.billing.tariff import Item, PriceList, Terms
from carehome.rules.rights import User
from carehome.services.fees import terms_of


class CodeTaken(Refusal):
    """Two fee items cannot have one code."""

    text = N_("There is already a fee item with the code “{code}”. Choose another.")


class DayTaken(Refusal):
    """Two price lists cannot start on one day."""

    text = N_(
        "A price list already starts on {day}. Choose another day, or correct that one."
    )


class NotADraft(Refusal):
    """Only a draft is changed; what was submitted stays as it is."""

    text = N_(
        "This price list was submitted, so it is no longer changed. Withdraw it, or "
        "correct it by a new list."
    )


class NoCeilingSource(Refusal):
    """A guide price without the document that sets it."""

    text = N_("Say which document sets the guide price of “{item}”, and its date.")


class AboveCeiling(Refusal):
    """Nobody charges more than the guide price (seed 003 L349-351)."""

    text = N_(
        "“{item}” is above the guide price of {ceiling}. Lower the price or correct "
        "the guide price."
    )


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
    """The price of one item in a price list, in fen.

    A guide price names the document that sets it, and the day of that.
    """

    item_id: int
    fen: int
    ceiling_fen: int | None = None
    ceiling_document: str = ""
    ceiling_dated: date | None = None


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """One version of the price list; `corrects` is the one that it replaces."""

    list_id: int
    starts: date
    note: str
    terms: Terms
    prices: tuple[Price, ...]
    corrects: int | None = None


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


def save_sheet_in(session: Session, sheet: PriceSheet, user: User) -> int:
    """Store a draft of the price list within another deed."""
    row = session.get(PriceListRow, sheet.list_id) or PriceListRow(state="draft")
    if row.state != "draft":
        raise NotADraft
    check_day_in(session, sheet)
    check_prices_in(session, sheet)
    row.starts, row.note, row.basis = sheet.starts, sheet.note, sheet.terms.day_basis
    row.corrects_id, row.written_by = sheet.corrects, user.account_id
    for field in fields(Terms):
        if field.name != "day_basis":
            setattr(row, field.name, getattr(sheet.terms, field.name))
    session.add(row)
    session.flush()
    _store_prices(session, row.id, sheet.prices)
    return row.id


def check_day_in(session: Session, sheet: PriceSheet) -> None:
    """Raise DayTaken when another list starts on the day, but the one it corrects."""
    same_day = select(PriceListRow.id).where(
        PriceListRow.starts == sheet.starts,
        PriceListRow.state.in_(("draft", "submitted", "approved")),
        PriceListRow.id.not_in([sheet.list_id, sheet.corrects or 0]),
    )
    if session.scalar(same_day) is not None:
        raise DayTaken(day=sheet.starts)


def check_prices_in(session: Session, sheet: PriceSheet) -> None:
    """Raise what is wrong with a price or the terms; guide prices bind public homes."""
    is_public = is_public_in(session)
    names = {item.item_id: item.name for item in items_in(session)}
    for price in sheet.prices:
        _check_price(price, names[price.item_id], is_public)
    tariff.check_price_list(PriceList(sheet.starts, {}, sheet.terms))


def is_public_in(session: Session) -> bool:
    """Say whether guide prices bind the home."""
    return session.get_one(HomeRow, 1).ownership == "public"


def until_in(session: Session, sheet: PriceSheet) -> date | None:
    """Return when the next approved list begins; None while there is none."""
    later = select(func.min(PriceListRow.starts)).where(
        PriceListRow.state == "approved",
        PriceListRow.starts > sheet.starts,
        PriceListRow.id.not_in([sheet.list_id, sheet.corrects or 0]),
    )
    return session.scalar(later)


def _check_price(price: Price, name: str, is_public: bool) -> None:
    """Raise what is wrong with a price; it names the item and tells its number."""
    facts = {"item": name, "item_id": price.item_id}
    if price.fen < 0:
        raise tariff.NegativePrice(**facts, price=show_money(price.fen))
    if price.ceiling_fen is not None and price.fen > price.ceiling_fen:
        raise AboveCeiling(**facts, ceiling=show_money(price.ceiling_fen))
    has_source = price.ceiling_document.strip() and price.ceiling_dated
    if is_public and price.ceiling_fen is not None and not has_source:
        raise NoCeilingSource(**facts)


def _store_prices(session: Session, list_id: int, prices: tuple[Price, ...]) -> None:
    rows = session.scalars(select(PriceRow).where(PriceRow.price_list_id == list_id))
    known = {row.fee_item_id: row for row in rows}
    for price in prices:
        row = known.pop(price.item_id, None) or PriceRow(
            price_list_id=list_id, fee_item_id=price.item_id
        )
        row.fen, row.ceiling_fen = price.fen, price.ceiling_fen
        row.ceiling_document = price.ceiling_document.strip()
        row.ceiling_dated = price.ceiling_dated
        session.add(row)
    for gone in known.values():
        session.delete(gone)


def sheet_of(session: Session, row: PriceListRow) -> PriceSheet:
    """Return one version of the price list."""
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
        tuple(
            Price(
                p.fee_item_id,
                p.fen,
                p.ceiling_fen,
                p.ceiling_document,
                p.ceiling_dated,
            )
            for p in prices
        ),
        row.corrects_id,
    )
