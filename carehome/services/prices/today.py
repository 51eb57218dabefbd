"""What prices ask for on a day: a list that is lacking or about to change."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.billing import CoverRow, PersonalPriceRow, PriceListRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Target, Urgency, about_people, words

PRICES = "prices"  # a target: the price lists
AHEAD = timedelta(days=30)


def concerns_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield what would make a bill wrong or impossible."""
    yield from _lists(session, day)
    yield from _ending(
        session,
        PersonalPriceRow,
        day,
        N_("The personal price of {name} ends on {day}"),
        N_("{count} residents' personal prices end within 30 days: {names}"),
        N_("Personal price ends soon"),
    )
    yield from _ending(
        session,
        CoverRow,
        day,
        N_("What others pay for {name} ends on {day}"),
        N_("What others pay for {count} residents ends within 30 days: {names}"),
        N_("Other payer ends soon"),
    )


def _lists(session: Session, day: date) -> Iterator[Concern]:
    subject, target = words(N_("Price list")), Target(PRICES)
    starts = session.scalars(select(PriceListRow.starts)).all()
    lives_here = select(StayRow.id).where(StayRow.discharged_on.is_(None))
    is_valid = any(each <= day for each in starts)
    if not is_valid and session.scalar(lives_here.limit(1)) is not None:
        text = words(N_("No price list is valid, so nobody can be billed"))
        yield Concern(subject, text, Urgency.LATE, target, Role.ACCOUNTANT)
    for each in sorted(each for each in starts if day < each <= day + AHEAD):
        text = words(N_("A new price list begins on {day}"), day=each)
        yield Concern(subject, text, Urgency.NOTE, target, Role.ACCOUNTANT, each)


def _ending(
    session: Session,
    kind: type[PersonalPriceRow] | type[CoverRow],
    day: date,
    one: str,
    many: str,
    title: str,
) -> Iterator[Concern]:
    """Yield who loses a term of their own soon, unless another one follows it."""
    query = (
        select(kind.resident_id, kind.starts, kind.ends, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == kind.resident_id)
        .join(StayRow, StayRow.resident_id == kind.resident_id)
        .where(
            or_(kind.ends.is_(None), kind.ends > day), StayRow.discharged_on.is_(None)
        )
    )
    rows = session.execute(query.order_by(kind.ends)).all()
    begins = {(resident_id, starts) for resident_id, starts, _ends, _name in rows}
    people: dict[int, str] = {}
    first: date | None = None
    for resident_id, _starts, ends, name in rows:
        followed = (resident_id, ends) in begins
        if ends is not None and ends <= day + AHEAD and not followed:
            people[resident_id] = name
            first = first or ends
    if people:
        yield about_people(
            words(N_("Prices")),
            people,
            one,
            many,
            Urgency.SOON,
            title=title,
            role=Role.ACCOUNTANT,
            due=first,
        )
