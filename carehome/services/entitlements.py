"""Who of the residents is, or may be, entitled to what of the national list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.residents import (
    EntitlementRow,
    ResidentCategoryRow,
    ResidentRow,
    StayRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import entitlements as rules
from carehome.rules.entitlements import NOTED, Facts, Finding, Standing
from carehome.rules.grades import Rules, subsidy_class
from carehome.rules.residents import age_on, check_happened
from carehome.rules.rights import Right, Role
from carehome.rules.today import Concern, Urgency, about_people, words
from carehome.services.beds.places import bed_names_in
from carehome.services.beds.uses import beds_on_in
from carehome.services.grades import rules_in
from carehome.services.residents.categories import holding
from carehome.services.service import Service, needs


class NotNoted(Refusal):
    """What the program reads by itself is not noted by hand."""

    text = N_("Choose whether it is received, applied for, refused or not wanted.")


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One item of the list for one resident: how it stands, and what was noted."""

    finding: Finding
    since: date | None = None
    note: str = ""
    noted_on: date | None = None
    noted_by: str = ""

    @property
    def is_noted(self) -> bool:
        """Say whether a person has noted it."""
        return self.noted_on is not None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One item that a resident may be entitled to, or that is to be looked at."""

    resident_id: int
    name: str
    bed: str
    entitlement: Entitlement
    is_for_review: bool


class Entitlements(Service):
    """What one person can do with what residents are entitled to."""

    @needs(Right.SEE_RESIDENTS)
    def of(self, resident_id: int) -> list[Entitlement]:
        """List the items of the national list as they stand for a resident."""
        with self._reading() as session:
            row = session.get_one(ResidentRow, resident_id)
            return _of_all(session, [row], self._today())[resident_id]

    @needs(Right.SEE_RESIDENTS)
    def reminders(self) -> list[Reminder]:
        """List every item of everybody who lives here, as it stands today."""
        with self._reading() as session:
            return _reminders(session, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def set_state(
        self,
        resident_id: int,
        item: str,
        state: Standing,
        since: date | None = None,
        note: str = "",
    ) -> None:
        """Note that an item is received, applied for, refused or not wanted."""
        if state not in NOTED:
            raise NotNoted
        if since is not None:
            check_happened(since, self._today())
        with self._writing() as session:
            row = _row(session, resident_id, item)
            if row is None:
                row = EntitlementRow(resident_id=resident_id, item=item)
            row.state, row.since, row.note = state, since, note.strip()
            row.noted_on, row.noted_by = self._today(), self._user.name
            session.add(row)

    @needs(Right.CHANGE_RESIDENTS)
    def clear_state(self, resident_id: int, item: str) -> None:
        """Remove what was noted of an item; it is read anew from what is known."""
        with self._writing() as session:
            row = _row(session, resident_id, item)
            if row is not None:
                session.delete(row)

    @needs(Right.CHANGE_RESIDENTS)
    def today(self, day: date) -> list[Concern]:
        """Tell who receives subsidies that are to be matched."""
        with self._reading() as session:
            listed = _reminders(session, day)
        both = {each.resident_id: each.name for each in listed if each.is_for_review}
        if not both:
            return []
        return [
            about_people(
                words(N_("Entitlements")),
                both,
                N_("{name} receives elder and disability subsidies: please check"),
                N_("{count} residents receive elder and disability subsidies: {names}"),
                Urgency.NOTE,
                title=N_("Two kinds of subsidy"),
                role=Role.FRONT_DESK,
            )
        ]


def _row(session: Session, resident_id: int, item: str) -> EntitlementRow | None:
    return session.scalar(
        select(EntitlementRow).where(
            EntitlementRow.resident_id == resident_id, EntitlementRow.item == item
        )
    )


def _reminders(session: Session, day: date) -> list[Reminder]:
    people = session.scalars(
        select(ResidentRow)
        .join(StayRow, StayRow.resident_id == ResidentRow.id)
        .where(
            StayRow.admitted_on <= day,
            or_(StayRow.discharged_on.is_(None), StayRow.discharged_on > day),
        )
        .order_by(ResidentRow.id)
    ).all()
    stands = _of_all(session, people, day)
    names, beds = bed_names_in(session), beds_on_in(session, day)
    found = []
    for row in people:
        mine = stands[row.id]
        both = rules.is_for_review(
            [
                each.finding.item.code
                for each in mine
                if each.finding.standing is Standing.RECEIVES
            ]
        )
        bed = names.get(beds.get(row.id, 0), "")
        found += [Reminder(row.id, row.name, bed, each, both) for each in mine]
    return found


def _of_all(
    session: Session, people: Iterable[ResidentRow], day: date
) -> dict[int, list[Entitlement]]:
    """Return how everybody among `people` stands with every item."""
    rows = list(people)
    ids = {row.id for row in rows}
    noted: dict[int, dict[str, EntitlementRow]] = defaultdict(dict)
    belongs: dict[int, set[str]] = defaultdict(set)
    query = select(EntitlementRow)
    groups = select(ResidentCategoryRow.resident_id, ResidentCategoryRow.code)
    groups = groups.where(holding(day))
    if len(ids) == 1:
        query = query.where(EntitlementRow.resident_id.in_(ids))
        groups = groups.where(ResidentCategoryRow.resident_id.in_(ids))
    for note in session.scalars(query):
        noted[note.resident_id][note.item] = note
    for resident_id, code in session.execute(groups):
        belongs[resident_id].add(code)
    held = rules_in(session)
    return {
        row.id: _stands(row, belongs[row.id], noted[row.id], held, day) for row in rows
    }


def _stands(
    row: ResidentRow,
    codes: set[str],
    noted: Mapping[str, EntitlementRow],
    held: Rules,
    day: date,
) -> list[Entitlement]:
    facts = Facts(
        age_on(row.born, day),
        frozenset(codes),
        subsidy_class(held, row.ability_level, row.has_dementia),
        row.disability_grade,
    )
    states = {item: Standing(note.state) for item, note in noted.items()}
    found = []
    for finding in rules.findings(facts, states):
        note = noted.get(finding.item.code)
        told = (note.since, note.note, note.noted_on, note.noted_by) if note else ()
        found.append(Entitlement(finding, *told))
    return found
