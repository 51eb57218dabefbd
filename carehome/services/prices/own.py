"""What single residents pay beside the price list, or instead of it."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from carehome.db.billing import (
    CoverRow,
    FeeItemRow,
    PersonalPriceRow,
    PriceListRow,
    PriceRow,
)
from carehome.db.payers import PayerRow
from carehome.db.residents import ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, show_money
from carehome.rules.billing import checks
from carehome.rules.billing.facts import PersonalPrice
from carehome.rules.periods import Period
from carehome.rules.prices.approval import OwnPriceState
from carehome.rules.rights import User
from carehome.services.prices.deciding import moment_of, names_in
from carehome.services.prices.sheets import (
    AboveCeiling,
    PriceSheet,
    as_item,
    is_public_in,
    until_in,
)


class PersonalPriceTaken(Refusal):
    """The resident already has a personal price for the item on those days."""

    text = N_("“{item}” already has a personal price from {day}. End that one first.")


class EndsInBilledDays(Refusal):
    """What was approved and billed is taken back by whoever approves."""

    text = N_(
        "Bills were made for that day or later days already. Enter a later day, or ask "
        "the director to end this price."
    )


class CoverTaken(Refusal):
    """A payer bears something of the same fees on those days already."""

    text = N_(
        "“{payer}” bears some of the same fees from {day} already. End that first, or "
        "choose other days or fees."
    )


class BadCover(Refusal):
    """Another payer bears nothing, or more than all."""

    text = N_("Another payer bears 1 to 100 per cent, or an amount above 0.")


class PayerAway(Refusal):
    """Somebody who pays no more is chosen as a payer."""

    text = N_("“{payer}” is out of use. Take it into use again, or choose another one.")


class OwnAboveCeiling(Refusal):
    """A guide price binds what single residents pay too."""

    text = N_(
        "The guide price of “{item}” is {ceiling}, but some pay a personal price above "
        "it: {names}. End those first."
    )


class PriceEnded(Refusal):
    """A price is not lengthened without approval."""

    text = N_("This personal price ends on {day}. Ask for a new one from then on.")


@dataclass(frozen=True, slots=True)
class AskedPrice:
    """What somebody asks for instead of the list price, and why."""

    resident_id: int
    item_id: int
    span: Period
    kind: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What a resident pays for an item instead of the list price.

    `approver` decided on it; until then nobody has, and it does not count.
    """

    price_id: int
    item_id: int
    item: str
    starts: date
    ends: date | None
    kind: str
    value: int
    reason: str
    approver: str
    resident_id: int
    state: OwnPriceState
    asked_by: str
    asked_by_id: int | None
    asked_at: datetime | None
    answer: str

    @property
    def counts(self) -> bool:
        """Say whether bills are computed by it."""
        return self.state is OwnPriceState.APPROVED


@dataclass(frozen=True, slots=True)
class OwnCharge:
    """A charge of one resident beside bed, care and meals; a standing one counts 0."""

    charge_id: int
    item_id: int
    item: str
    starts: date
    ends: date | None
    quantity: int
    note: str

    @property
    def is_standing(self) -> bool:
        """Say whether it is charged for a span rather than by use."""
        return self.quantity == 0


@dataclass(frozen=True, slots=True)
class OwnCover:
    """What another payer bears of one resident's fees: all, a category or one item.

    Payers of one rank share what those before them leave, each at most `most` a month.
    So much a day is borne for days away as well only if `counts_away`.
    """

    payer_id: int
    span: Period
    kind: str
    value: int
    category: str | None = None
    item_id: int | None = None
    most: int | None = None
    rank: int = 1
    cover_id: int = 0
    payer: str = ""
    item: str = ""
    counts_away: bool = False

    @property
    def starts(self) -> date:
        """The first day on which it holds."""
        return self.span.start

    @property
    def ends(self) -> date | None:
        """The first day without it."""
        return self.span.end


def own_prices_in(session: Session, which: ColumnElement[bool]) -> list[OwnPrice]:
    """List personal prices of any state within another deed, the newest first."""
    rows = session.execute(
        select(PersonalPriceRow, FeeItemRow.name)
        .join(FeeItemRow, FeeItemRow.id == PersonalPriceRow.fee_item_id)
        .where(which)
        .order_by(PersonalPriceRow.starts.desc(), PersonalPriceRow.id)
    )
    names = names_in(session)
    return [
        OwnPrice(
            row.id,
            row.fee_item_id,
            item,
            row.starts,
            row.ends,
            row.kind,
            row.value,
            row.reason,
            row.approver,
            row.resident_id,
            OwnPriceState(row.state),
            names.get(row.asked_by, ""),
            row.asked_by,
            moment_of(row.asked_at),
            row.answer,
        )
        for row, item in rows
    ]


def ask_own_price_in(
    session: Session, asked: AskedPrice, user: User, now: datetime
) -> int:
    """Ask for a personal price within another deed."""
    check_own_price_in(session, asked, user)
    row = own_price_row(asked, user, now, is_brought=False)
    session.add(row)
    session.flush()
    return row.id


def own_price_row(
    asked: AskedPrice, user: User, now: datetime, is_brought: bool
) -> PersonalPriceRow:
    """Return what is stored of a price that is asked for.

    What a home brings along was agreed on before it had this program, so it counts.
    """
    return PersonalPriceRow(
        resident_id=asked.resident_id,
        fee_item_id=asked.item_id,
        starts=asked.span.start,
        ends=asked.span.end,
        kind=asked.kind,
        value=asked.value,
        reason=asked.reason.strip(),
        approver=user.name if is_brought else "",
        state=OwnPriceState.APPROVED if is_brought else OwnPriceState.ASKED,
        asked_by=user.account_id,
        asked_at=now,
    )


def check_own_price_in(session: Session, asked: AskedPrice, user: User) -> None:
    """Raise what speaks against a personal price, whoever approves it."""
    checks.check_span(asked.span)
    item = session.get_one(FeeItemRow, asked.item_id)
    price = PersonalPrice(
        item.code,
        asked.span,
        asked.kind,  # type: ignore[arg-type]  # the table checks it
        asked.value,
        asked.reason,
        user.name,
    )
    checks.check_personal_prices([price], {item.code: as_item(item)})
    check_ceiling_in(session, asked)
    others = session.scalars(
        select(PersonalPriceRow).where(
            PersonalPriceRow.resident_id == asked.resident_id,
            PersonalPriceRow.fee_item_id == asked.item_id,
            PersonalPriceRow.state.in_(("asked", "approved")),
        )
    )
    for other in others:
        if Period(other.starts, other.ends).overlaps(asked.span):
            raise PersonalPriceTaken(item=item.name, day=other.starts)


def check_ceiling_in(session: Session, asked: AskedPrice) -> None:
    """Raise AboveCeiling when a fixed price is above a guide price of its span."""
    if asked.kind != "fixed" or not is_public_in(session):
        return
    listed = (
        select(PriceRow, PriceListRow.starts)
        .join(PriceListRow, PriceListRow.id == PriceRow.price_list_id)
        .where(PriceListRow.state == "approved", PriceRow.fee_item_id == asked.item_id)
        .order_by(PriceListRow.starts)
    )
    rows = list(session.execute(listed))
    later = [starts for _price, starts in rows[1:]]
    for (price, starts), end in zip_longest(rows, later):
        most = price.ceiling_fen
        if most is None or asked.value <= most:
            continue
        if Period(starts, end).overlaps(asked.span):
            name = session.get_one(FeeItemRow, asked.item_id).name
            facts = {"item": name, "item_id": asked.item_id}
            raise AboveCeiling(**facts, ceiling=show_money(most))


def check_own_below_in(session: Session, sheet: PriceSheet) -> None:
    """Raise OwnAboveCeiling when a fixed personal price is above a new guide price."""
    if not is_public_in(session):
        return
    end = until_in(session, sheet)
    for price in sheet.prices:
        if price.ceiling_fen is None:
            continue
        above = session.scalars(
            select(ResidentRow.name)
            .join(PersonalPriceRow, PersonalPriceRow.resident_id == ResidentRow.id)
            .where(
                PersonalPriceRow.fee_item_id == price.item_id,
                PersonalPriceRow.kind == "fixed",
                PersonalPriceRow.state.in_(("asked", "approved")),
                PersonalPriceRow.value > price.ceiling_fen,
                PersonalPriceRow.starts < (end or date.max),
                or_(
                    PersonalPriceRow.ends.is_(None),
                    PersonalPriceRow.ends > sheet.starts,
                ),
            )
            .order_by(ResidentRow.name)
        ).all()
        if above:
            item = session.get_one(FeeItemRow, price.item_id).name
            names = _(", ").join(above)
            ceiling = show_money(price.ceiling_fen)
            raise OwnAboveCeiling(item=item, ceiling=ceiling, names=names)


def end_own_price_in(session: Session, price_id: int, ends: date) -> None:
    """Let a personal price end, or never have counted when that is too early."""
    row = session.get_one(PersonalPriceRow, price_id)
    if row.ends is not None and ends > row.ends:
        raise PriceEnded(day=row.ends)
    if ends <= row.starts:
        row.state = "withdrawn"
    else:
        row.ends = ends


def covers_in(session: Session, resident_id: int) -> list[OwnCover]:
    """List what other payers bear of a resident's fees, in the order they do."""
    rows = session.execute(
        select(CoverRow, PayerRow.name, FeeItemRow.name)
        .join(PayerRow, PayerRow.id == CoverRow.payer_id)
        .outerjoin(FeeItemRow, FeeItemRow.id == CoverRow.fee_item_id)
        .where(CoverRow.resident_id == resident_id)
        .order_by(CoverRow.rank, CoverRow.id)
    )
    return [
        OwnCover(
            row.payer_id,
            Period(row.starts, row.ends),
            row.kind,
            row.value,
            row.category,
            row.fee_item_id,
            row.most_fen,
            row.rank,
            row.id,
            payer,
            item or "",
            row.counts_away,
        )
        for row, payer, item in rows
    ]


def add_cover_in(session: Session, resident_id: int, cover: OwnCover) -> int:
    """Let another payer bear something within another deed."""
    most = 100 if cover.kind == "percent" else cover.value
    if not 0 < cover.value <= most or (cover.most is not None and cover.most <= 0):
        raise BadCover
    checks.check_span(cover.span)
    payer = session.get_one(PayerRow, cover.payer_id)
    if not payer.is_active:
        raise PayerAway(payer=payer.name)
    same = select(CoverRow).where(
        CoverRow.resident_id == resident_id,
        CoverRow.payer_id == payer.id,
        CoverRow.category.is_not_distinct_from(cover.category),
        CoverRow.fee_item_id.is_not_distinct_from(cover.item_id),
    )
    for known in session.scalars(same.order_by(CoverRow.starts)):
        if Period(known.starts, known.ends).overlaps(cover.span):
            raise CoverTaken(payer=payer.name, day=known.starts)
    row = CoverRow(
        resident_id=resident_id,
        payer_id=payer.id,
        category=cover.category,
        fee_item_id=cover.item_id,
        starts=cover.starts,
        ends=cover.ends,
        kind=cover.kind,
        value=cover.value,
        most_fen=cover.most,
        rank=cover.rank,
        counts_away=cover.counts_away or cover.kind != "day",
    )
    session.add(row)
    session.flush()
    return row.id
