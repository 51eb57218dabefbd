"""Where everybody stands with their risks on a day: judged how, due when."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.residents import AdmissionRow, ResidentRow, StayRow
from carehome.db.risks import RiskAssessmentRow, RiskJudgementRow
from carehome.rules.risks import Due, Ground, Level, Risk, due, is_fresh
from carehome.services.risks.answers import grounds_of
from carehome.services.risks.grounds import found_in


@dataclass(frozen=True, slots=True)
class Last:
    """The last finished assessment of a resident."""

    assessment_id: int
    day: date
    grounds: frozenset[Ground]
    told_on: date | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose risks concern the home: who lives here or is about to."""

    resident_id: int
    name: str
    is_here: bool
    arrives_on: date
    was_gone_on: date | None  # the day on which the stay before this one ended


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands; `draft_id` is the assessment under way."""

    person: Person
    last: Last | None
    due: Due
    draft_id: int | None


def last_in(session: Session, day: date, ids: Collection[int]) -> dict[int, Last]:
    """Return the last finished assessment of each of some people, up to `day`."""
    query = (
        select(
            RiskAssessmentRow.resident_id,
            RiskAssessmentRow.id,
            RiskAssessmentRow.day,
            RiskAssessmentRow.answers,
            RiskAssessmentRow.told_on,
            RiskAssessmentRow.signed_on,
        )
        .where(
            RiskAssessmentRow.state == "finished",
            RiskAssessmentRow.day <= day,
            RiskAssessmentRow.resident_id.in_(ids),
        )
        .order_by(RiskAssessmentRow.day, RiskAssessmentRow.id)
    )
    last = {row.resident_id: row for row in session.execute(query)}
    return {
        resident_id: Last(
            row.id,
            row.day,
            frozenset(grounds_of(row.answers)),
            row.told_on,
            row.signed_on,
        )
        for resident_id, row in last.items()
    }


def levels_in(session: Session, day: date) -> dict[int, dict[Risk, Level]]:
    """Return how high each risk of each resident was judged last, up to `day`."""
    query = (
        select(RiskAssessmentRow.resident_id, RiskAssessmentRow.id)
        .where(RiskAssessmentRow.state == "finished", RiskAssessmentRow.day <= day)
        .order_by(RiskAssessmentRow.day, RiskAssessmentRow.id)
    )
    last = {row.resident_id: row.id for row in session.execute(query)}
    whose = {assessment_id: resident_id for resident_id, assessment_id in last.items()}
    levels: dict[int, dict[Risk, Level]] = {resident_id: {} for resident_id in last}
    judged = select(
        RiskJudgementRow.assessment_id, RiskJudgementRow.risk, RiskJudgementRow.level
    ).order_by(RiskJudgementRow.id)
    for assessment_id, risk, level in session.execute(judged):
        if assessment_id in whose:
            levels[whose[assessment_id]][Risk(risk)] = Level(level)
    return levels


def at_risk_in(
    session: Session, day: date, least: Level = Level.LOW
) -> dict[int, frozenset[Risk]]:
    """Return the risks of `least` or higher by resident; who has none is left out."""
    at_risk: defaultdict[int, set[Risk]] = defaultdict(set)
    for resident_id, levels in levels_in(session, day).items():
        for risk, level in levels.items():
            if level >= least:
                at_risk[resident_id].add(risk)
    return {resident_id: frozenset(risks) for resident_id, risks in at_risk.items()}


def standings_in(session: Session, day: date) -> list[Standing]:
    """Return where who lives here or is about to stands, soonest due first."""
    people = _people_in(session, day)
    ids = [person.resident_id for person in people]
    last, found = last_in(session, day, ids), found_in(session, day)
    drafts = drafts_in(session)
    standings = []
    for person in people:
        known = last.get(person.resident_id)
        if known and person.was_gone_on and known.day < person.was_gone_on:
            known = None  # it belongs to an earlier stay
        fresh = _fresh(known, found.get(person.resident_id, {}), day)
        wanted = due(
            person.arrives_on, known.day if known else None, person.is_here, fresh
        )
        draft_id = drafts.get(person.resident_id)
        standings.append(Standing(person, known, wanted, draft_id))
    return sorted(standings, key=lambda each: (each.due.day, each.person.resident_id))


def standing_in(session: Session, resident_id: int, day: date) -> Standing | None:
    """Return where one resident stands; None for who neither lives here nor comes."""
    standings = standings_in(session, day)
    return next((s for s in standings if s.person.resident_id == resident_id), None)


def drafts_in(session: Session) -> dict[int, int]:
    """Return the assessments under way, by resident."""
    query = select(RiskAssessmentRow.resident_id, RiskAssessmentRow.id)
    rows = session.execute(query.where(RiskAssessmentRow.state == "draft"))
    return {row.resident_id: row.id for row in rows}


def _fresh(
    last: Last | None, found: Mapping[Ground, date | None], day: date
) -> list[tuple[Ground, date]]:
    """Return the grounds that the last assessment did not know, with their days."""
    if last is None:
        return []
    return [
        (ground, max(since or day, last.day))
        for ground, since in found.items()
        if is_fresh(ground, since, last.day, last.grounds)
    ]


def _people_in(session: Session, day: date) -> list[Person]:
    """List who lives here on `day`, and whose admission is under way."""
    gone = _gone_in(session, day)
    query = (
        select(ResidentRow.id, ResidentRow.name, StayRow.admitted_on)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(
            StayRow.admitted_on <= day,
            or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
        )
    )
    people = {
        row.id: Person(row.id, row.name, True, row.admitted_on, gone.get(row.id))
        for row in session.execute(query)
    }
    coming = (
        select(ResidentRow.id, ResidentRow.name, AdmissionRow.planned_on)
        .join(AdmissionRow, AdmissionRow.resident_id == ResidentRow.id)
        .where(AdmissionRow.finished_on.is_(None), AdmissionRow.given_up_on.is_(None))
    )
    for row in session.execute(coming):
        if row.id not in people:
            arrives_on = row.planned_on or day
            people[row.id] = Person(
                row.id, row.name, False, arrives_on, gone.get(row.id)
            )
    return list(people.values())


def _gone_in(session: Session, day: date) -> dict[int, date]:
    """Return on which day the last ended stay of each resident ended."""
    query = (
        select(StayRow.resident_id, StayRow.discharged_on)
        .where(StayRow.discharged_on <= day)
        .order_by(StayRow.discharged_on)
    )
    return {row.resident_id: row.discharged_on for row in session.execute(query)}
