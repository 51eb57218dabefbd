"""Nursing grades: the home's mapping, what it suggests, and who has agreed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.grades import GradeRuleRow
from carehome.db.residents import GradeChangeRow, ResidentRow, StayRow
from carehome.i18n import N_, _
from carehome.rules import grades as rules
from carehome.rules.consequences import Change, Line
from carehome.rules.grades import AlreadyAgreed, Consent, GradeRule, Noted, Rules
from carehome.rules.home import NameMissing
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Urgency, about_people, words
from carehome.services.home import labels_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The grade that an ability suggests, beside the newest one that is noted.

    `is_awaiting` says that nobody has agreed to the newest one yet.
    """

    resident_id: int
    ability_level: int | None
    has_dementia: bool
    grade: str
    label: str
    current: str
    current_label: str
    subsidy_class: str
    is_awaiting: bool

    @property
    def differs(self) -> bool:
        """Say whether the grade is another than the ability suggests."""
        return bool(self.grade) and self.grade != self.current


def rules_in(session: Session) -> Rules:
    """Return the mapping that holds in the home."""
    return rules.rules_with(
        GradeRule(
            row.ability_level, row.has_dementia, row.grade, row.subsidy_class, True
        )
        for row in session.scalars(select(GradeRuleRow))
    )


def suggested_in(session: Session, resident_id: int, day: date) -> Suggestion:
    """Return what the ability of a resident, as stored, suggests."""
    row = session.get_one(ResidentRow, resident_id)
    level, ill = row.ability_level, row.has_dementia
    return _suggestion(session, resident_id, level, ill, day)


def charged_by_in(session: Session, end: date) -> dict[int, str]:
    """Return the grade that is charged last before `end`, for everybody."""
    noted: dict[int, list[Noted]] = defaultdict(list)
    for row in session.scalars(select(GradeChangeRow)):
        given = Noted(row.grade, row.starts, row.consent_by, row.consent_on)
        noted[row.resident_id].append(given)
    found = {}
    for resident_id, changes in noted.items():
        for change, period in rules.charged(changes):
            if period.start < end:
                found[resident_id] = change.grade
    return found


def _suggestion(
    session: Session, resident_id: int, level: int | None, ill: bool, day: date
) -> Suggestion:
    held = rules_in(session)
    labels = labels_in(session, "nursing_grade")
    newest = session.scalar(
        select(GradeChangeRow)
        .where(GradeChangeRow.resident_id == resident_id, GradeChangeRow.starts <= day)
        .order_by(GradeChangeRow.starts.desc())
        .limit(1)
    )
    grade = rules.suggested(held, level, ill)
    current = newest.grade if newest else ""
    return Suggestion(
        resident_id,
        level,
        ill,
        grade,
        labels.get(grade, grade),
        current,
        labels.get(current, current),
        rules.subsidy_class(held, level, ill),
        newest is not None and not newest.consent_by,
    )


def differing_in(session: Session, day: date) -> dict[int, str]:
    """Return who lives here with another grade than the ability suggests."""
    held = rules_in(session)
    newest = dict(
        session.execute(
            select(GradeChangeRow.resident_id, GradeChangeRow.grade)
            .where(GradeChangeRow.starts <= day)
            .order_by(GradeChangeRow.starts)
        ).all()
    )
    living = session.scalars(
        select(ResidentRow)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(
            StayRow.admitted_on <= day,
            StayRow.discharged_on.is_(None) | (StayRow.discharged_on > day),
        )
        .order_by(ResidentRow.id)
    )
    found = {}
    for row in living:
        grade = rules.suggested(held, row.ability_level, row.has_dementia)
        if grade and row.id in newest and newest[row.id] != grade:
            found[row.id] = row.name
    return found


def grade_lines(session: Session, change: Change, today: date) -> Iterator[Line]:
    """Tell what the ability suggests beside another grade, as a consequence."""
    if not change.grade:
        return
    told = suggested_in(session, change.resident_id, today)
    if not told.grade:
        yield Line(
            words(N_("By the assessment")),
            words(N_("The ability has not been assessed yet.")),
            is_warning=True,
        )
    elif told.grade != change.grade:
        text = N_("The assessment suggests {grade}. Say in the reason why not.")
        yield Line(
            words(N_("By the assessment")),
            words(text, grade=told.label),
            is_warning=True,
        )
    else:
        yield Line(words(N_("By the assessment")), words(N_("This grade")))


class Grades(Service):
    """What one person can do with nursing grades and what they follow from."""

    @needs(Right.SEE_RESIDENTS)
    def rules(self) -> list[GradeRule]:
        """List what each ability leads to; the home's own rules say so."""
        with self._reading() as session:
            held = rules_in(session)
        return [held[key] for key in sorted(held, key=lambda key: (key[1], key[0]))]

    @needs(Right.CHANGE_HOME)
    def change_rules(self, wanted: Sequence[GradeRule]) -> None:
        """Store what each ability leads to; a rule that is ours again is not kept."""
        own = {(r.ability_level, r.has_dementia): r for r in rules.own_rules(wanted)}
        with self._writing() as session:
            known = {
                (row.ability_level, row.has_dementia): row
                for row in session.scalars(select(GradeRuleRow))
            }
            for key, row in known.items():
                if key not in own:
                    session.delete(row)
            for (level, ill), rule in own.items():
                if not rule.grade:
                    raise NameMissing(field=_("nursing grade"))
                row = known.get((level, ill)) or GradeRuleRow(
                    ability_level=level, has_dementia=ill
                )
                row.grade, row.subsidy_class = rule.grade, rule.subsidy_class
                session.add(row)

    @needs(Right.SEE_RESIDENTS)
    def suggestion(self, resident_id: int) -> Suggestion:
        """Return what the ability of a resident suggests today."""
        with self._reading() as session:
            return suggested_in(session, resident_id, self._today())

    @needs(Right.SEE_RESIDENTS)
    def suggestion_for(
        self, resident_id: int, ability_level: int | None, has_dementia: bool
    ) -> Suggestion:
        """Return what an ability would suggest that is not stored yet."""
        with self._reading() as session:
            return _suggestion(
                session, resident_id, ability_level, has_dementia, self._today()
            )

    @needs(Right.SET_GRADE)
    def add_consent(self, change_id: int, by: str, on: date, how: str) -> None:
        """Note who agreed to a grade, and when; it is charged from then on."""
        check_happened(on, self._today())
        if not by.strip():
            raise NameMissing(field=_("who agreed"))
        with self._writing() as session:
            row = session.get_one(GradeChangeRow, change_id)
            if row.consent_by:
                raise AlreadyAgreed(who=row.consent_by)
            agreed = Consent(by.strip(), on, how)
            row.consent_by, row.consent_on = agreed.by, agreed.on
            row.consent_how = agreed.how

    @needs(Right.SET_GRADE)
    def withdraw(self, change_id: int) -> None:
        """Take back a grade that nobody agreed to; the former one goes on."""
        with self._writing() as session:
            row = session.get_one(GradeChangeRow, change_id)
            if row.consent_by:
                raise AlreadyAgreed(who=row.consent_by)
            session.delete(row)

    @needs(Right.SET_GRADE)
    def today(self, day: date) -> list[Concern]:
        """Tell whose grade is another than the assessment suggests."""
        with self._reading() as session:
            people = differing_in(session, day)
        if not people:
            return []
        return [
            about_people(
                words(N_("Care")),
                people,
                N_("The grade of {name} is not what the assessment suggests"),
                N_("{count} grades are not what the assessment suggests: {names}"),
                Urgency.NOTE,
                title=N_("Grade and assessment differ"),
                role=Role.HEAD_NURSE,
            )
        ]
