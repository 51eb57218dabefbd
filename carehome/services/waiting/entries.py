"""The entries of the waiting list: who waits since when, for what, at which place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.enquiries import BedOfferRow, WaitingEntryRow
from carehome.db.residents import ResidentCategoryRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import waiting as rules
from carehome.rules.residents import age_on
from carehome.rules.waiting import Applicant, Ground, Wish
from carehome.services.assessments.levels import levels_in
from carehome.services.beds.places import bed_names_in
from carehome.services.home import labels_in
from carehome.services.residents import stays
from carehome.services.residents.categories import holding
from carehome.services.waiting.order import rules_in


class WaitsAlready(Refusal):
    """Nobody waits twice."""

    text = N_("{name} is on the waiting list since {applied_on}. Open that entry.")


class UrgentReasonMissing(Refusal):
    """Urgency is only marked with a reason."""

    text = N_("Say why it is urgent, for example nobody is left to look after them.")


class OffReasonMissing(Refusal):
    """Whoever is taken off the list is taken off for a reason."""

    text = N_("Say why the entry is taken off the list.")


class AppliedAhead(Refusal):
    """Nobody applies in the future."""

    text = N_("{day} has not come yet. Type the day on which they applied.")


class NotWaiting(Refusal):
    """The entry has ended, one way or the other."""

    text = N_("{name} is no longer on the waiting list. Read the list again.")


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody waits for, and since when."""

    applied_on: date
    bed_class: str = ""
    wants_nursing_bed: bool = False
    unit: str = ""
    proof: str = ""
    is_urgent: bool = False
    urgent_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A bed offered to somebody, and what came of it."""

    offer_id: int
    entry_id: int
    bed_id: int
    bed: str
    offered_on: date
    answer_by: date
    answer: str
    answered_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Somebody's place on the waiting list, and all that decides on it.

    `offer` waits for an answer; `promised` was answered yes, and the bed still waits.
    """

    number: int
    entry_id: int
    resident_id: int
    name: str
    sex: str
    age: int | None
    rank: int
    rank_category: str
    ground: Ground
    categories: tuple[str, ...]
    category_labels: tuple[str, ...]
    ability_level: int | None
    is_assessed: bool
    has_dementia: bool
    application: Application
    class_label: str
    unit_label: str
    offer: Offer | None
    promised: Offer | None
    declined: int

    @property
    def has_bed(self) -> bool:
        """Say whether a bed is kept for them, so that none passes them by."""
        return self.offer is not None or self.promised is not None

    @property
    def wish(self) -> Wish:
        """What bed they can be offered."""
        wanted = self.application
        return Wish(
            self.sex,
            wanted.bed_class,
            wanted.wants_nursing_bed,
            wanted.unit,
            frozenset(self.categories),
        )


def lines_in(session: Session, day: date) -> list[WaitingLine]:
    """Return the waiting list of `day`, in its order."""
    rows = {
        entry.id: (entry, person)
        for entry, person in session.execute(
            select(WaitingEntryRow, ResidentRow)
            .join(ResidentRow, ResidentRow.id == WaitingEntryRow.resident_id)
            .where(WaitingEntryRow.state == "waiting")
        )
    }
    if not rows:
        return []
    people = {entry.resident_id for entry, _person in rows.values()}
    categories = _categories(session, people, day)
    levels = _levels(session, people, day)
    offers = offers_in(session, rows)
    held = _held(session, people, day)
    order = rules_in(session)
    applicants = [
        Applicant(
            entry.id,
            entry.applied_on,
            frozenset(categories[person.id]),
            levels.get(person.id, person.ability_level),
            person.has_dementia,
        )
        for entry, person in rows.values()
    ]
    known = {kind: labels_in(session, kind) for kind in ("category", "bed_class")}
    known["unit"] = labels_in(session, "unit")
    lines = []
    for place in rules.order(applicants, order):
        entry, person = rows[place.entry_id]
        mine = offers.get(entry.id, [])
        lines.append(
            WaitingLine(
                place.number,
                entry.id,
                person.id,
                person.name,
                person.sex,
                age_on(person.born, day),
                place.rank,
                known["category"].get(place.category, place.category),
                place.ground,
                tuple(categories[person.id]),
                tuple(known["category"].get(c, c) for c in categories[person.id]),
                levels.get(person.id, person.ability_level),
                person.id in levels,
                person.has_dementia,
                application_of(entry),
                known["bed_class"].get(entry.bed_class, entry.bed_class),
                known["unit"].get(entry.unit, entry.unit),
                next((each for each in mine if each.answer == "open"), None),
                _promised(mine, held[person.id]),
                sum(each.answer == "declined" for each in mine),
            )
        )
    return lines


def offers_in(session: Session, entries: Iterable[int]) -> Mapping[int, list[Offer]]:
    """Return what was offered to some entries, newest first."""
    names = bed_names_in(session)
    found: dict[int, list[Offer]] = defaultdict(list)
    query = select(BedOfferRow).where(BedOfferRow.entry_id.in_(list(entries)))
    for row in session.scalars(query.order_by(BedOfferRow.id.desc())):
        found[row.entry_id].append(
            Offer(
                row.id,
                row.entry_id,
                row.bed_id,
                names[row.bed_id],
                row.offered_on,
                row.answer_by,
                row.answer,
                row.answered_on,
                row.note,
            )
        )
    return found


def application_of(row: WaitingEntryRow) -> Application:
    """Return what somebody waits for."""
    return Application(
        row.applied_on,
        row.bed_class,
        row.wants_nursing_bed,
        row.unit,
        row.proof,
        row.is_urgent,
        row.urgent_reason,
        row.note,
    )


def join_in(
    session: Session,
    resident_id: int,
    application: Application,
    today: date,
    enquiry_id: int | None = None,
) -> int:
    """Put somebody on the list, who neither lives here nor waits already."""
    stays.check_admission_in(session, resident_id, today)
    twin = open_entry_in(session, resident_id)
    if twin is not None:
        name = session.get_one(ResidentRow, resident_id).name
        raise WaitsAlready(name=name, applied_on=twin.applied_on)
    row = WaitingEntryRow(resident_id=resident_id, enquiry_id=enquiry_id)
    fill_in(session, row, application, today)
    return row.id


def fill_in(
    session: Session, row: WaitingEntryRow, wanted: Application, today: date
) -> None:
    """Store what somebody waits for."""
    if wanted.applied_on > today:
        raise AppliedAhead(day=wanted.applied_on)
    if wanted.is_urgent and not wanted.urgent_reason.strip():
        raise UrgentReasonMissing
    row.applied_on, row.bed_class = wanted.applied_on, wanted.bed_class
    row.wants_nursing_bed, row.unit = wanted.wants_nursing_bed, wanted.unit
    row.proof, row.note = wanted.proof.strip(), wanted.note.strip()
    row.is_urgent = wanted.is_urgent
    row.urgent_reason = wanted.urgent_reason.strip() if wanted.is_urgent else ""
    session.add(row)
    session.flush()


def open_entry_in(session: Session, resident_id: int) -> WaitingEntryRow | None:
    """Return the entry of somebody who waits."""
    return session.scalar(
        select(WaitingEntryRow).where(
            WaitingEntryRow.resident_id == resident_id,
            WaitingEntryRow.state == "waiting",
        )
    )


def moved_in_in(session: Session, resident_id: int, day: date) -> None:
    """Take somebody who has moved in off the list, and settle what was offered."""
    row = open_entry_in(session, resident_id)
    if row is None:
        return
    row.state, row.left_on = "admitted", max(day, row.applied_on)
    query = select(BedOfferRow).where(
        BedOfferRow.entry_id == row.id, BedOfferRow.answer == "open"
    )
    for offer in session.scalars(query).all():
        offer.answer, offer.answered_on = "accepted", max(day, offer.offered_on)
    session.flush()


def _held(
    session: Session, people: Collection[int], day: date
) -> Mapping[int, set[int]]:
    """Return which beds are reserved for whom."""
    found: dict[int, set[int]] = defaultdict(set)
    query = select(BedUseRow.resident_id, BedUseRow.bed_id).where(
        BedUseRow.resident_id.in_(people),
        BedUseRow.kind == "reserved",
        BedUseRow.ends.is_(None) | (BedUseRow.ends > day),
    )
    for person, bed_id in session.execute(query):
        found[person].add(bed_id)
    return found


def _promised(offers: Iterable[Offer], held: Collection[int]) -> Offer | None:
    """Return the offer that was accepted while its bed is still reserved."""
    accepted = (each for each in offers if each.answer == "accepted")
    return next((each for each in accepted if each.bed_id in held), None)


def _categories(
    session: Session, people: Iterable[int], day: date
) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = (
        select(ResidentCategoryRow.resident_id, ResidentCategoryRow.code)
        .where(ResidentCategoryRow.resident_id.in_(list(people)), holding(day))
        .order_by(ResidentCategoryRow.id)
    )
    for person, code in session.execute(query):
        found[person].append(code)
    return found


def _levels(session: Session, people: Collection[int], day: date) -> Mapping[int, int]:
    """Return the assessed levels; who has none counts with what was told."""
    return {
        person: found.ability_level
        for person, found in levels_in(session, day).items()
        if person in people and found.ability_level is not None
    }
