"""Whether a single resident may be charged something on a day."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from carehome.db.billing import BillRunRow, FeeItemRow, StandingChargeRow
from carehome.db.residents import AbsenceRow, ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_, say_month
from carehome.rules import charges as rules
from carehome.rules.billing.checks import OverlappingUses
from carehome.rules.billing.facts import Absence, Extra, StayDays
from carehome.rules.billing.tariff import AbsenceKind
from carehome.rules.periods import Period


class BeforeFirstBills(Refusal):
    """A charge lies before the first month that was ever billed."""

    text = N_(
        "The first bills of the home are those of {month}: what is entered before that "
        "would stand on no bill. Enter a day from then on."
    )


def check_use_in(session: Session, resident_id: int, extra: Extra, today: date) -> None:
    """Raise unless somebody lived here on the day of a charge, as the grid asks too."""
    rules.read_quantity(str(extra.quantity))
    name = session.get_one(ResidentRow, resident_id).name
    stays = session.scalars(select(StayRow).where(StayRow.resident_id == resident_id))
    lived = [StayDays(row.admitted_on, row.discharged_on) for row in stays]
    away = []
    query = select(AbsenceRow).where(AbsenceRow.resident_id == resident_id)
    for row in session.scalars(query):
        kind: AbsenceKind = row.kind  # type: ignore[assignment]  # the table checks it
        away.append(Absence(kind, row.left_on, row.returned_on))
    when = rules.Stays(lived, away)
    rules.check_day(when.on(extra.on, today), name, extra.on, extra.note)
    first = session.scalar(select(func.min(BillRunRow.month)))
    if first is not None and extra.on < first:
        raise BeforeFirstBills(month=say_month(first))


def check_standing_in(
    session: Session, resident_id: int, item: FeeItemRow, span: Period
) -> None:
    """Raise where an item is charged to somebody on some of the days already."""
    query = select(StandingChargeRow).where(
        StandingChargeRow.resident_id == resident_id,
        StandingChargeRow.fee_item_id == item.id,
    )
    for known in session.scalars(query.order_by(StandingChargeRow.starts)):
        if Period(known.starts, known.ends).overlaps(span):
            day = max(known.starts, span.start)
            raise OverlappingUses(day=day, first=item.name, second=item.name)
