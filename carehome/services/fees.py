"""All that bills are computed from, read once for any number of residents.

Other services use it within their own transaction; it changes nothing.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow
from carehome.db.billing import (
    ChargeRow,
    CoverRow,
    FeeItemRow,
    PersonalPriceRow,
    PriceListRow,
    PriceRow,
    StandingChargeRow,
)
from carehome.db.home import HomeRow
from carehome.db.payers import PayerRow
from carehome.db.residents import AbsenceRow, GradeChangeRow, MealChoiceRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.billing.facts import (
    Absence,
    Cover,
    Extra,
    Facts,
    HomeSettings,
    ItemUse,
    PersonalPrice,
    StayDays,
    facts_of_month,
)
from carehome.rules.billing.service_fee import ServiceFee, monthly_service_fee
from carehome.rules.billing.tariff import Item, PriceList, Tariff, Terms
from carehome.rules.grades import Noted, charged
from carehome.rules.periods import Period

Query = Select[*tuple[Any, ...]]


class NoItem(Refusal):
    """A bed class, grade or meal plan has no fee item."""

    text = N_(
        "No fee item belongs to “{code}”. Add one under Fees, Price lists, and give it "
        "a price."
    )


class Book:
    """The facts of many residents, read in a dozen queries."""

    def __init__(
        self,
        session: Session,
        resident_ids: Collection[int] | None = None,
        with_reserved: bool = False,
    ) -> None:
        """Read the facts of some residents, or of all.

        With `with_reserved`, who has no bed yet is taken to have the reserved one: so
        a deposit can be capped before the day of admission.
        """
        self._ids = resident_ids
        home = session.get_one(HomeRow, 1)
        self.settings = HomeSettings(
            home.charge_admission_day, home.charge_discharge_day
        )
        self._item_of: dict[tuple[str, str], str] = {}
        self.items = self._read_items(session)
        self.tariff = tariff_in(session)
        self.stays: dict[int, list[StayDays]] = defaultdict(list)
        self.uses: dict[int, list[ItemUse]] = defaultdict(list)
        self.personal: dict[int, list[PersonalPrice]] = defaultdict(list)
        self.absences: dict[int, list[Absence]] = defaultdict(list)
        self.extras: dict[int, list[Extra]] = defaultdict(list)
        self.covers: dict[int, list[Cover]] = defaultdict(list)
        self._bedded: set[int] = set()
        self._read_stays(session)
        self._read_beds(session)
        self._read_grades_and_meals(session)
        self._read_others(session)
        if with_reserved:
            self._read_beds(session, "reserved", frozenset(self._bedded))

    def facts(
        self, resident_id: int, month: date, known_until: date | None = None
    ) -> Facts:
        """Return what one resident's bill of one month is computed from."""
        return facts_of_month(
            resident_id,
            month,
            items=self.items,
            tariff=self.tariff,
            settings=self.settings,
            stays=self.stays.get(resident_id, ()),
            uses=self.uses.get(resident_id, ()),
            personal_prices=self.personal.get(resident_id, ()),
            absences=self.absences.get(resident_id, ()),
            extras=self.extras.get(resident_id, ()),
            covers=self.covers.get(resident_id, ()),
            known_until=known_until,
        )

    def item_code(self, category: str, applies_to: str) -> str:
        """Return the item charged for a bed class, grade or meal plan."""
        code = self._item_of.get((category, applies_to))
        if code is None:
            raise NoItem(code=applies_to)
        return code

    def _read_items(self, session: Session) -> dict[str, Item]:
        items = {}
        for row in session.scalars(select(FeeItemRow)):
            items[row.code] = Item(
                row.code,
                row.name,
                row.category,  # type: ignore[arg-type]  # the table checks it
                row.unit,  # type: ignore[arg-type]
                row.is_vat_exempt,
            )
            if row.applies_to is not None:
                self._item_of[row.category, row.applies_to] = row.code
        return items

    def _read_stays(self, session: Session) -> None:
        query = select(StayRow.resident_id, StayRow.admitted_on, StayRow.discharged_on)
        ordered = self._mine(query, StayRow).order_by(StayRow.admitted_on)
        for resident_id, admitted, discharged in session.execute(ordered):
            self.stays[resident_id].append(StayDays(admitted, discharged))

    def _read_beds(
        self,
        session: Session,
        kind: str = "occupied",
        but: Collection[int] = frozenset(),
    ) -> None:
        query = (
            select(
                BedUseRow.resident_id,
                BedRow.bed_class,
                BedUseRow.starts,
                BedUseRow.ends,
            )
            .join(BedRow, BedRow.id == BedUseRow.bed_id)
            .where(BedUseRow.kind == kind)
        )
        ordered = self._mine(query, BedUseRow).order_by(BedUseRow.starts)
        for resident_id, bed_class, starts, ends in session.execute(ordered):
            if resident_id not in but:
                code = self.item_code("bed", bed_class)
                self.uses[resident_id].append(ItemUse(code, Period(starts, ends)))
                if ends is None:
                    self._bedded.add(resident_id)

    def _read_grades_and_meals(self, session: Session) -> None:
        """Read from-dates as spans; a grade is charged from the consent on."""
        grades = self._mine(
            select(
                GradeChangeRow.resident_id,
                GradeChangeRow.grade,
                GradeChangeRow.starts,
                GradeChangeRow.consent_by,
                GradeChangeRow.consent_on,
            ),
            GradeChangeRow,
        )
        noted: dict[int, list[Noted]] = defaultdict(list)
        for resident_id, *grade in session.execute(grades):
            noted[resident_id].append(Noted(*grade))
        for resident_id, changes in noted.items():
            for change, period in charged(changes):
                self._use("care", resident_id, change.grade, period)
        meals = select(
            MealChoiceRow.resident_id, MealChoiceRow.starts, MealChoiceRow.plan
        )
        meals = self._mine(meals, MealChoiceRow).order_by(MealChoiceRow.starts)
        open_ones: dict[int, tuple[date, str]] = {}
        for resident_id, starts, plan in session.execute(meals):
            if resident_id in open_ones:
                self._eat(resident_id, *open_ones[resident_id], starts)
            open_ones[resident_id] = starts, plan
        for resident_id, choice in open_ones.items():
            self._eat(resident_id, *choice, None)

    def _eat(self, resident_id: int, starts: date, plan: str, end: date | None) -> None:
        if plan:
            self._use("meal", resident_id, plan, Period(starts, end))

    def _use(self, category: str, resident_id: int, code: str, period: Period) -> None:
        item = self.item_code(category, code)
        self.uses[resident_id].append(ItemUse(item, period))

    def _read_others(self, session: Session) -> None:
        code_of = {row.id: row.code for row in session.scalars(select(FeeItemRow))}
        standing = self._mine(select(StandingChargeRow), StandingChargeRow)
        for row in session.scalars(standing):
            span = Period(row.starts, row.ends)
            self.uses[row.resident_id].append(ItemUse(code_of[row.fee_item_id], span))
        own = select(
            PersonalPriceRow.resident_id,
            PersonalPriceRow.fee_item_id,
            PersonalPriceRow.starts,
            PersonalPriceRow.ends,
            PersonalPriceRow.kind,
            PersonalPriceRow.value,
            PersonalPriceRow.reason,
            PersonalPriceRow.approver,
        )
        own = own.where(PersonalPriceRow.state == "approved")
        for row in session.execute(self._mine(own, PersonalPriceRow)):
            self.personal[row.resident_id].append(as_personal_price(row, code_of))
        absences = self._mine(select(AbsenceRow), AbsenceRow)
        for row in session.scalars(absences.order_by(AbsenceRow.left_on)):
            away = Absence(row.kind, row.left_on, row.returned_on)
            self.absences[row.resident_id].append(away)
        charges = self._mine(select(ChargeRow), ChargeRow)
        for row in session.scalars(charges.order_by(ChargeRow.day)):
            extra = Extra(code_of[row.fee_item_id], row.day, row.quantity, row.note)
            self.extras[row.resident_id].append(extra)
        query = select(CoverRow, PayerRow.name).join(
            PayerRow, PayerRow.id == CoverRow.payer_id
        )
        covers = self._mine(query, CoverRow).order_by(CoverRow.rank, CoverRow.id)
        for row, payer in session.execute(covers):
            self.covers[row.resident_id].append(as_cover(row, payer, code_of))

    def _mine(self, query: Query, kind: Any) -> Query:
        if self._ids is None:
            return query
        return query.where(kind.resident_id.in_(self._ids))


def as_personal_price(
    row: PersonalPriceRow | Row[*tuple[Any, ...]], code_of: dict[int, str]
) -> PersonalPrice:
    """Return the value that the rules understand."""
    return PersonalPrice(
        code_of[row.fee_item_id],
        Period(row.starts, row.ends),
        row.kind,  # type: ignore[arg-type]  # the table checks it
        row.value,
        row.reason,
        row.approver,
    )


def as_cover(row: CoverRow, payer: str, code_of: dict[int, str]) -> Cover:
    """Return what a payer bears as the rules understand it."""
    return Cover(
        str(row.payer_id),
        payer,
        Period(row.starts, row.ends),
        row.kind,  # type: ignore[arg-type]  # the table checks it
        row.value,
        (row.category,) if row.category else (),
        (code_of[row.fee_item_id],) if row.fee_item_id else (),
        row.rank,
        row.most_fen,
        row.counts_away,
    )


def tariff_in(session: Session) -> Tariff:
    """Return all price lists that were approved, within another deed."""
    prices: dict[int, dict[str, int]] = defaultdict(dict)
    query = select(PriceRow.price_list_id, FeeItemRow.code, PriceRow.fen).join(
        FeeItemRow, FeeItemRow.id == PriceRow.fee_item_id
    )
    for list_id, code, fen in session.execute(query):
        prices[list_id][code] = fen
    approved = select(PriceListRow).where(PriceListRow.state == "approved")
    rows = session.scalars(approved.order_by(PriceListRow.starts))
    return Tariff(
        tuple(PriceList(row.starts, prices[row.id], terms_of(row)) for row in rows)
    )


def terms_of(row: PriceListRow) -> Terms:
    """Return the terms of a price list as the rules understand them."""
    return Terms(
        row.basis,  # type: ignore[arg-type]  # the table checks it
        row.leave_meal_refund,
        row.leave_care_refund,
        row.leave_bed_kept,
        row.leave_min_days,
        row.hospital_meal_refund,
        row.hospital_care_refund,
        row.hospital_bed_kept,
        row.hospital_min_days,
    )


def service_fee_in(session: Session, resident_id: int, day: date) -> ServiceFee:
    """Return a resident's monthly service fee by the prices of a day."""
    return service_fee_of(Book(session, [resident_id]), resident_id, day)


def service_fee_of(book: Book, resident_id: int, day: date) -> ServiceFee:
    """Return a monthly service fee from a book that is already read.

    Of somebody who has not moved in yet, that of the first day; who has left pays
    nothing any more.
    """
    uses = book.uses.get(resident_id, ())
    stays = book.stays.get(resident_id, ())
    beds = [u.period for u in uses if book.items[u.item_code].category == "bed"]
    here = [span.holds(day) for span in (*stays, *beds)]
    if not any(here):
        coming = [span.start for span in beds if span.start > day]
        if not coming and stays:
            return ServiceFee()
        starts = coming or [use.period.start for use in uses]
        day = max(day, min(starts, default=day))
    return monthly_service_fee(
        day,
        book.uses.get(resident_id, ()),
        book.items,
        book.tariff,
        book.personal.get(resident_id, ()),
    )
