"""What prices ask for on a day: a list that is lacking or about to change."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from carehome.db.billing import (
    CoverRow,
    PersonalPriceRow,
    PriceListRow,
    PriceNoticeRow,
)
from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_
from carehome.rules.rights import Role
from carehome.rules.today import Concern, Target, Urgency, about_people, words

PRICES = "prices"  # a target: the price lists
OWN_PRICES = "own-prices"  # a target: the personal prices
NOTICES = "notices"  # a target: the notices of fees
AHEAD = timedelta(days=30)
BEHIND = timedelta(days=60)  # older lists are no longer asked after (ours)


def concerns_in(session: Session, day: date) -> Iterator[Concern]:
    """Yield what would make a bill wrong or impossible, and notices not put up."""
    yield from _lists(session, day)
    yield from _notices(session, day)
    yield from _ending(
        session,
        PersonalPriceRow,
        PersonalPriceRow.state == "approved",
        day,
        N_("The personal price of {name} ends on {day}"),
        N_("{count} residents' personal prices end within 30 days: {names}"),
        N_("Personal price ends soon"),
    )
    yield from _ending(
        session,
        CoverRow,
        true(),
        day,
        N_("What others pay for {name} ends on {day}"),
        N_("What others pay for {count} residents ends within 30 days: {names}"),
        N_("Other payer ends soon"),
    )


def _lists(session: Session, day: date) -> Iterator[Concern]:
    subject, target = words(N_("Price list")), Target(PRICES)
    approved = select(PriceListRow.starts).where(PriceListRow.state == "approved")
    starts = session.scalars(approved).all()
    lives_here = select(StayRow.id).where(StayRow.discharged_on.is_(None))
    is_valid = any(each <= day for each in starts)
    if not is_valid and session.scalar(lives_here.limit(1)) is not None:
        text = words(N_("No price list is valid, so nobody can be billed"))
        yield Concern(subject, text, Urgency.LATE, target, Role.ACCOUNTANT)
    for each in sorted(each for each in starts if day < each <= day + AHEAD):
        text = words(N_("A new price list begins on {day}"), day=each)
        yield Concern(subject, text, Urgency.NOTE, target, Role.ACCOUNTANT, each)


def decisions_in(session: Session) -> Iterator[Concern]:
    """Yield what waits for whoever may approve prices."""
    lists = session.scalars(
        select(PriceListRow.starts).where(PriceListRow.state == "submitted")
    )
    for starts in sorted(lists):
        text = words(
            N_("The price list from {day} waits for your approval"), day=starts
        )
        target = Target(PRICES)
        yield Concern(
            words(N_("Price list")), text, Urgency.SOON, target, Role.DIRECTOR, starts
        )
    asked = session.scalar(
        select(func.count()).where(PersonalPriceRow.state == "asked")
    )
    if asked:
        text = words(
            N_(
                "{count} personal {count:price waits|prices wait} for your approval; "
                "until then the list price is billed"
            ),
            count=asked,
        )
        subject = words(N_("Personal price"))
        target = Target(OWN_PRICES)
        yield Concern(subject, text, Urgency.SOON, target, Role.DIRECTOR, count=asked)


def _notices(session: Session, day: date) -> Iterator[Concern]:
    """Yield which list begins without a notice, and which notice is out of date."""
    subject, target = words(N_("Notice of fees")), Target(NOTICES)
    rows = session.scalars(
        select(PriceListRow)
        .where(PriceListRow.state == "approved", PriceListRow.starts <= day + AHEAD)
        .order_by(PriceListRow.starts)
    ).all()
    hanging = session.scalars(
        select(PriceNoticeRow).where(PriceNoticeRow.down_on.is_(None))
    ).all()
    shown = {row.price_list_id for row in hanging if row.kind == "fees"}
    for row in rows:
        if row.id not in shown and row.starts > day - BEHIND:
            begun = row.starts <= day
            text = words(
                N_("No notice of the price list from {day} was put up"), day=row.starts
            )
            urgency = Urgency.LATE if begun else Urgency.SOON
            yield Concern(subject, text, urgency, target, Role.ACCOUNTANT, row.starts)
    past = [row for row in rows if row.starts <= day]
    current = past[-1].id if past else None
    old = [
        row
        for row in hanging
        if row.price_list_id != current
        and row.price_list_id not in {each.id for each in rows if each.starts > day}
    ]
    if old:
        told = N_("Notices of former prices still hang: {count}")
        text = words(told, count=len(old))
        yield Concern(
            subject, text, Urgency.SOON, target, Role.ACCOUNTANT, count=len(old)
        )


def _ending(
    session: Session,
    kind: type[PersonalPriceRow] | type[CoverRow],
    counts: ColumnElement[bool],
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
            or_(kind.ends.is_(None), kind.ends > day),
            StayRow.discharged_on.is_(None),
            counts,
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
