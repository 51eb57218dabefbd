"""Prices: fee items, price lists with versions, what single residents pay."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import (
    ChargeRow,
    CoverRow,
    FeeItemRow,
    PersonalPriceRow,
    PriceListRow,
    StandingChargeRow,
)
from carehome.i18n import _
from carehome.rules import rulepacks
from carehome.rules.billing import checks
from carehome.rules.billing.facts import Extra
from carehome.rules.home import NameMissing
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.home import profile_in
from carehome.services.prices import today as of_day
from carehome.services.prices.example import Example, example_in
from carehome.services.prices.own import (
    AskedPrice,
    EndsInBilledDays,
    OwnCharge,
    OwnCover,
    OwnPrice,
    add_cover_in,
    ask_own_price_in,
    covers_in,
    end_own_price_in,
    own_prices_in,
)
from carehome.services.prices.sheets import (
    CodeTaken,
    FeeItem,
    PriceSheet,
    as_item,
    items_in,
    save_sheet_in,
    sheet_of,
)
from carehome.services.prices.uses import check_standing_in, check_use_in
from carehome.services.prices.versions import is_billed_in
from carehome.services.service import Service, needs


class Prices(Service):
    """What one person can do with prices."""

    @needs(Right.CHANGE_PRICES)
    def today(self, day: date) -> list[Line]:
        """Tell which prices are lacking or about to change."""
        with self._reading() as session:
            return list(of_day.concerns_in(session, day))

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
        """List the price lists that were approved and count, the newest first."""
        with self._reading() as session:
            approved = select(PriceListRow).where(PriceListRow.state == "approved")
            rows = session.scalars(approved.order_by(PriceListRow.starts.desc()))
            return [sheet_of(session, row) for row in rows]

    @needs(Right.CHANGE_PRICES)
    def save_sheet(self, sheet: PriceSheet) -> int:
        """Write a draft of the price list (`list_id` 0), or write at one again."""
        with self._writing() as session:
            return save_sheet_in(session, sheet, self._user)

    @needs(Right.SEE_FEES)
    def own_prices(self, resident_id: int) -> list[OwnPrice]:
        """List the personal prices of a resident that count, the newest first."""
        with self._reading() as session:
            found = own_prices_in(session, PersonalPriceRow.resident_id == resident_id)
            return [price for price in found if price.counts]

    @needs(Right.ASK_PRICE)
    def set_own_price(
        self,
        resident_id: int,
        item_id: int,
        span: Period,
        kind: str,
        value: int,
        reason: str,
    ) -> int:
        """Ask for a price for one resident; it counts once it is approved."""
        asked = AskedPrice(resident_id, item_id, span, kind, value, reason)
        with self._writing() as session:
            return ask_own_price_in(session, asked, self._user, self._now())

    @needs(Right.SET_PERSONAL_PRICE)
    def end_own_price(self, price_id: int, ends: date) -> None:
        """Let a personal price hold up to, but without, `ends`; never if too early.

        Who may not approve prices leaves the days alone that bills were made for.
        """
        with self._writing() as session:
            if not self._user.may(Right.APPROVE_PRICES) and is_billed_in(session, ends):
                raise EndsInBilledDays
            end_own_price_in(session, price_id, ends)

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
        """Charge something by use, or once.

        Who was away on the day is charged for the reason that `note` says.
        """
        with self._writing() as session:
            item = session.get_one(FeeItemRow, item_id)
            extra = Extra(item.code, day, quantity, note)
            checks.check_extra(extra, as_item(item))
            check_use_in(session, resident_id, extra, self._today())
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
        checks.check_span(span)
        with self._writing() as session:
            item = session.get_one(FeeItemRow, item_id)
            if item.unit not in ("month", "day"):
                raise checks.WrongUnit(item=item.name)
            check_standing_in(session, resident_id, item, span)
            row = StandingChargeRow(
                resident_id=resident_id,
                fee_item_id=item_id,
                starts=span.start,
                ends=span.end,
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.RECORD_CHARGES)
    def remove_charge(self, charge_id: int) -> None:
        """Take back something charged by use or once; what is posted is corrected."""
        with self._writing() as session:
            session.delete(session.get_one(ChargeRow, charge_id))

    @needs(Right.RECORD_CHARGES)
    def end_standing_charge(self, charge_id: int, ends: date) -> None:
        """Charge an item up to, but without, `ends`; never if that is too early."""
        with self._writing() as session:
            _end(session, session.get_one(StandingChargeRow, charge_id), ends)

    @needs(Right.SET_PERSONAL_PRICE)
    def end_cover(self, cover_id: int, ends: date) -> None:
        """Let another payer bear a share up to, but without, `ends`."""
        with self._writing() as session:
            _end(session, session.get_one(CoverRow, cover_id), ends)

    @needs(Right.SEE_FEES)
    def covers(self, resident_id: int) -> list[OwnCover]:
        """List what other payers bear of a resident's fees, in their order."""
        with self._reading() as session:
            return covers_in(session, resident_id)

    @needs(Right.SEE_FEES)
    def example(
        self, resident_id: int, month: date, more: Sequence[OwnCover] = ()
    ) -> Example:
        """Compute a month as it would be billed, with covers that are only planned."""
        with self._reading() as session:
            return example_in(session, resident_id, month.replace(day=1), more)

    @needs(Right.SET_PERSONAL_PRICE)
    def add_cover(self, resident_id: int, cover: OwnCover) -> int:
        """Let another payer bear a share, or fen, of some of a resident's fees."""
        with self._writing() as session:
            return add_cover_in(session, resident_id, cover)


def _end(session: Session, row: StandingChargeRow | CoverRow, ends: date) -> None:
    """Let something hold up to, but without, `ends`; never if that is too early."""
    if ends <= row.starts:
        session.delete(row)
    else:
        row.ends = ends
