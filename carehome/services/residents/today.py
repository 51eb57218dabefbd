"""What the residents ask for on a day: who comes back, what runs out or is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.residents import (
    AbsenceRow,
    AgreementRow,
    ContactRow,
    GradeChangeRow,
    ResidentRow,
    StayRow,
)
from carehome.i18n import N_
from carehome.rules.residents import age_on
from carehome.rules.rights import Role
from carehome.rules.today import (
    RESIDENTS,
    Concern,
    Figure,
    People,
    Target,
    Task,
    Text,
    Urgency,
    about_people,
    words,
)
from carehome.services.residents import ending

RETURN = "return"  # a target: to record that somebody has come back
AGREEMENT_DAYS = timedelta(days=30)  # before its end an agreement is renewed (ours)
TRIAL_DAYS = timedelta(days=7)  # before its end one asks whether to stay (ours)
LONG_DAYS = timedelta(days=30)  # away in hospital: one asks how it goes on (ours)
BIRTHDAY_DAYS = 7
SEVERE = 3  # the ability levels from here on need most care
AWAY_TEXTS = {"leave": N_("Back from leave"), "hospital": N_("Back from hospital")}


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who lives here and sleeps elsewhere."""

    resident_id: int
    name: str
    kind: str
    left_on: date
    expected_on: date | None


Living = Mapping[int, ResidentRow]  # who lives here, by number


def living_in(session: Session, day: date) -> Living:
    """Return who lives here on `day`."""
    query = (
        select(ResidentRow)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(
            StayRow.admitted_on <= day,
            or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
        )
    )
    return {row.id: row for row in session.scalars(query)}


def away_in(session: Session, living: Living, day: date) -> list[Away]:
    """List who of the living is away on `day`, who left first at the head."""
    query = (
        select(AbsenceRow)
        .where(
            AbsenceRow.left_on <= day,
            or_(AbsenceRow.returned_on.is_(None), AbsenceRow.returned_on > day),
        )
        .order_by(AbsenceRow.left_on, AbsenceRow.id)
    )
    return [
        Away(
            row.resident_id,
            living[row.resident_id].name,
            row.kind,
            row.left_on,
            row.expected_on,
        )
        for row in session.scalars(query)
        if row.resident_id in living
    ]


def away_figure(living: Living, away: list[Away], day: date) -> Figure:
    """Tell who sleeps elsewhere tonight, and who is expected back first."""
    kinds = [each.kind for each in away]
    title = words(N_("Away tonight"))
    return Figure(
        title,
        len(away),
        note=words(
            N_("leave {leave} · hospital {hospital}"),
            leave=kinds.count("leave"),
            hospital=kinds.count("hospital"),
        ),
        beside=words(N_("{count} in the house"), count=len(living) - len(away)),
        below=_expected(away, day),
        target=_people(title, [each.resident_id for each in away]),
    )


def _expected(away: Iterable[Away], day: date) -> Text:
    coming = [each for each in away if each.expected_on and each.expected_on >= day]
    if not coming:
        return ""
    first = min(coming, key=lambda each: each.expected_on or day)
    text = N_("Next back: {name}, {day}")
    return words(text, name=first.name, day=first.expected_on)


def returns(away: Iterable[Away], day: date) -> Iterator[Task]:
    """Yield who should be back by `day`, with the deed that records it."""
    for each in away:
        if each.expected_on and each.expected_on <= day:
            about = N_("{name} · since {left_on}")
            yield Task(
                each.expected_on,
                words(AWAY_TEXTS[each.kind]),
                words(about, name=each.name, left_on=each.left_on),
                words(N_("Record the return")),
                Target(RETURN, each.resident_id),
            )


def care_figure(living: Living) -> Figure:
    """Tell how many need most care."""
    severe = [row.id for row in living.values() if (row.ability_level or 0) >= SEVERE]
    demented = [row.id for row in living.values() if row.has_dementia]
    title = words(N_("Need most care"))
    return Figure(
        title,
        len(severe),
        note=words(N_("dementia {count}"), count=len(demented)) if demented else "",
        beside=words(N_("of {count}"), count=len(living)),
        below=words(N_("severe or complete loss of ability")),
        target=_people(title, sorted({*severe, *demented})),
    )


def concerns_in(
    session: Session, living: Living, away: Iterable[Away], day: date
) -> Iterator[Concern]:
    """Yield what is missing, runs out or is worth a word, many alike in one line."""
    yield from _beds_and_grades(session, living, day)
    yield from _agreements(session, living, day)
    yield from _contacts(session, living)
    names = {row.id: row.name for row in living.values()}
    yield from ending.concerns_in(session, names, day)
    yield from _long_away(away, day)
    yield from _birthdays(living, day)


def _beds_and_grades(session: Session, living: Living, day: date) -> Iterator[Concern]:
    bedded = _ids(
        session,
        select(BedUseRow.resident_id).where(
            BedUseRow.kind == "occupied",
            BedUseRow.starts <= day,
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        ),
    )
    if people := _names(living, living.keys() - bedded):
        yield about_people(
            words(N_("Bed")),
            people,
            N_("{name} lives here, but has no bed"),
            N_("{count} residents have no bed: {names}"),
            Urgency.LATE,
            title=N_("Without a bed"),
            role=Role.HEAD_NURSE,
        )
    graded, waiting = set(), {}
    query = select(GradeChangeRow).where(GradeChangeRow.starts <= day)
    for row in session.scalars(query.order_by(GradeChangeRow.starts)):
        graded.add(row.resident_id)
        waiting[row.resident_id] = not row.consent_by
    if people := _names(living, living.keys() - graded):
        yield about_people(
            words(N_("Care")),
            people,
            N_("{name} has no nursing grade, so care is not charged"),
            N_("{count} residents have no nursing grade: {names}"),
            Urgency.LATE,
            title=N_("Without a nursing grade"),
            role=Role.HEAD_NURSE,
        )
    if people := _names(living, {each for each, open_ in waiting.items() if open_}):
        yield about_people(
            words(N_("Care")),
            people,
            N_("The family of {name} has not agreed to the new nursing grade yet"),
            N_("{count} new nursing grades still lack the family's consent: {names}"),
            Urgency.SOON,
            title=N_("Consent is missing"),
            role=Role.HEAD_NURSE,
        )


def _agreements(session: Session, living: Living, day: date) -> Iterator[Concern]:
    ends: dict[int, date] = {}
    trials: dict[int, date] = {}
    for row in session.scalars(select(AgreementRow).order_by(AgreementRow.starts)):
        last = ends.get(row.resident_id, date.min)
        end = row.terminated_on or row.ends or date.max
        ends[row.resident_id] = max(last, end)
        if row.trial_until and not row.trial_outcome:
            trials[row.resident_id] = row.trial_until
    subject, role = words(N_("Agreement")), Role.FRONT_DESK
    over = {each for each, end in ends.items() if end < day}
    if people := _names(living, over):
        yield about_people(
            subject,
            people,
            N_("The agreement of {name} ended on {day}"),
            N_("{count} agreements have ended, the first on {day}: {names}"),
            Urgency.LATE,
            title=N_("Agreement ended"),
            role=role,
            due=min(ends[each] for each in people),
        )
    soon = {i for i, end in ends.items() if day <= end <= day + AGREEMENT_DAYS}
    if people := _names(living, soon):
        yield about_people(
            subject,
            people,
            N_("The agreement of {name} ends on {day}"),
            N_("{count} agreements end within 30 days: {names}"),
            Urgency.SOON,
            title=N_("Agreement ends soon"),
            role=role,
            due=min(ends[each] for each in people),
        )
    if people := _names(living, living.keys() - ends.keys()):
        yield about_people(
            subject,
            people,
            N_("{name} has no service agreement"),
            N_("{count} residents have no service agreement: {names}"),
            Urgency.SOON,
            title=N_("Without an agreement"),
            role=role,
        )
    trying = {i for i, end in trials.items() if day <= end <= day + TRIAL_DAYS}
    if people := _names(living, trying):
        yield about_people(
            words(N_("Trial stay")),
            people,
            N_("The trial stay of {name} ends on {day}"),
            N_("{count} trial stays end within 7 days: {names}"),
            Urgency.SOON,
            title=N_("Trial stay ends soon"),
            role=role,
            due=min(trials[each] for each in people),
        )


def _contacts(session: Session, living: Living) -> Iterator[Concern]:
    called = select(ContactRow.resident_id).where(ContactRow.is_emergency)
    reachable = _ids(session, called)
    if people := _names(living, living.keys() - reachable):
        yield about_people(
            words(N_("Contacts")),
            people,
            N_("{name} has no contact for an emergency"),
            N_("{count} residents have no contact for an emergency: {names}"),
            Urgency.SOON,
            title=N_("Without a contact"),
            role=Role.FRONT_DESK,
        )


def _long_away(away: Iterable[Away], day: date) -> Iterator[Concern]:
    long = [
        each
        for each in away
        if each.kind == "hospital" and each.left_on <= day - LONG_DAYS
    ]
    if long:
        yield about_people(
            words(N_("Hospital")),
            {each.resident_id: each.name for each in long},
            N_("{name} has been in hospital since {day}"),
            N_("{count} residents have been in hospital over 30 days: {names}"),
            Urgency.NOTE,
            title=N_("Long in hospital"),
            role=Role.HEAD_NURSE,
            due=min(each.left_on for each in long),
        )


def _birthdays(living: Living, day: date) -> Iterator[Concern]:
    """Yield whose birthday it is today, and whose comes within the week."""
    coming: dict[int, date] = {}
    for row in living.values():
        if row.born:
            ahead = _days_to_birthday(row.born, day)
            if ahead == 0:
                text = N_("{name} turns {age} today")
                told = words(text, name=row.name, age=age_on(row.born, day))
                target = Target("resident", row.id)
                subject = words(N_("Birthday"))
                yield Concern(subject, told, Urgency.NOTE, target, due=day)
            elif ahead <= BIRTHDAY_DAYS:
                coming[row.id] = day + timedelta(days=ahead)
    if coming:
        in_order = sorted(coming, key=lambda each: coming[each])
        yield about_people(
            words(N_("Birthday")),
            {each: living[each].name for each in in_order},
            N_("{name} has a birthday on {day}"),
            N_("{count} birthdays within a week, the first on {day}: {names}"),
            Urgency.NOTE,
            title=N_("Birthday within a week"),
            due=coming[in_order[0]],
        )


def _days_to_birthday(born: date, day: date) -> int:
    """Count the days to the next birthday; that of Feb 29 is kept on Mar 1."""
    for year in (day.year, day.year + 1):
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        if birthday >= day:
            break
    return (birthday - day).days


def _names(living: Living, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those among `ids` who live here."""
    return {each: living[each].name for each in sorted(ids) if each in living}


def _ids(session: Session, query: Select[Any]) -> set[int]:
    return set(session.scalars(query.distinct()))


def _people(title: Text, ids: Iterable[int]) -> Target:
    return Target(RESIDENTS, People(title, tuple(ids)))
