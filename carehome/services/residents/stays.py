"""Being here: stays, absences, and where somebody stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import BillRunRow
from carehome.db.departures import DepartureRow
from carehome.db.residents import AbsenceRow, AdmissionRow, ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules import residents as rules
from carehome.rules.periods import Period
from carehome.rules.phones import read_phone
from carehome.rules.residents import Status
from carehome.services.beds import uses
from carehome.services.beds.closures import check_open_in
from carehome.services.residents import terms


class StaysOverlap(Refusal):
    """Somebody cannot live here twice at once."""

    text = N_(
        "{name} already lived here from {admitted_on} to {discharged_on}. Choose a "
        "later day of admission."
    )


class LivesHere(Refusal):
    """Somebody who lives here is not admitted again."""

    text = N_("{name} has lived here since {admitted_on}. Open that file instead.")


class LaterFacts(Refusal):
    """Something is recorded after the day of discharge."""

    text = N_(
        "A move or absence of {name} is recorded on {later}. Correct that first, or "
        "choose a later day."
    )


class EarlierFacts(Refusal):
    """Something is recorded before the day of admission."""

    text = N_(
        "A move or absence of {name} is recorded on {earlier}. Correct that first, or "
        "choose an earlier day."
    )


class NotDischarged(Refusal):
    """There is no discharge to take back."""

    text = N_("{name} has not been discharged. Check whether this is the right person.")


class SameDayExpected(Refusal):
    """Somebody is expected on that day already."""

    text = N_("{name} is expected on {expected_on} already. Choose another day.")


class BillStands(Refusal):
    """A departure with a final bill is not taken back."""

    text = N_(
        "The final bill of {name} is posted, so the departure and its day, {left_on}, "
        "stay. Days charged too many: waive their fees in “Terms” of the file. Days "
        "charged too few: record a charge there. Then do the step of the final bill "
        "once more. If {name} stays after all, admit them again."
    )


class NotAway(Refusal):
    """The absence has ended."""

    text = N_("{name} came back on {returned_on} already. Correct the absence instead.")


@dataclass(frozen=True, slots=True)
class Stay:
    """One span of living in the home."""

    stay_id: int
    admitted_on: date
    discharged_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody is who is away: hospital and ward or place, who is with them."""

    place: str = ""
    ward: str = ""
    escort: str = ""
    phone: str = ""


NOWHERE = Whereabouts()


@dataclass(frozen=True, slots=True)
class Absence:
    """One leave or stay in hospital.

    `place` is the hospital or where the person has gone, `escort` who is with them or
    has taken them along, under `phone`.
    """

    absence_id: int
    kind: str
    left_on: date
    expected_on: date | None
    returned_on: date | None
    note: str
    place: str = ""
    ward: str = ""
    escort: str = ""
    phone: str = ""


def stays_in(session: Session, resident_id: int) -> list[Stay]:
    """List the stays of a resident, newest first."""
    return [
        Stay(row.id, row.admitted_on, row.discharged_on, row.reason)
        for row in reversed(_stay_rows(session, resident_id))
    ]


def absences_in(session: Session, resident_id: int) -> list[Absence]:
    """List the absences of a resident, newest first."""
    return [absence_of(row) for row in reversed(_absence_rows(session, resident_id))]


def absence_of(row: AbsenceRow) -> Absence:
    """Return a stored absence as a value."""
    return Absence(
        row.id,
        row.kind,
        row.left_on,
        row.expected_on,
        row.returned_on,
        row.note,
        row.place,
        row.ward,
        row.escort,
        row.phone,
    )


def status_in(session: Session, resident_id: int, day: date) -> Status:
    """Say where somebody stands on `day`."""
    absences = _absence_rows(session, resident_id)
    return rules.status_on(
        day,
        _periods(_stay_rows(session, resident_id)),
        [(row.kind, Period(row.left_on, row.returned_on)) for row in absences],
        open_admission_in(session, resident_id) is not None,
    )


def open_admission_in(session: Session, resident_id: int) -> AdmissionRow | None:
    """Return the admission of a resident that is under way, if there is one."""
    return session.scalar(
        select(AdmissionRow).where(
            AdmissionRow.resident_id == resident_id,
            AdmissionRow.finished_on.is_(None),
            AdmissionRow.given_up_on.is_(None),
        )
    )


def open_stay_in(session: Session, resident_id: int, day: date) -> None:
    """Let a resident live in the home from `day` on."""
    check_admission_in(session, resident_id, day)
    session.add(StayRow(resident_id=resident_id, admitted_on=day))
    session.flush()


def check_admission_in(session: Session, resident_id: int, day: date) -> None:
    """Raise when the person lives here, or still did on `day`."""
    name = session.get_one(ResidentRow, resident_id).name
    for row in _stay_rows(session, resident_id):
        if row.discharged_on is None:
            raise LivesHere(name=name, admitted_on=row.admitted_on)
        if row.discharged_on > day:
            raise StaysOverlap(
                name=name, admitted_on=row.admitted_on, discharged_on=row.discharged_on
            )


def discharge_in(session: Session, resident_id: int, day: date, reason: str) -> None:
    """End the stay, the use of the bed and an absence on `day`."""
    name = session.get_one(ResidentRow, resident_id).name
    stay = next(
        (r for r in _stay_rows(session, resident_id) if r.discharged_on is None), None
    )
    if stay is None or day < stay.admitted_on:
        raise rules.NotHere(name=name, day=day)
    _check_nothing_later(session, resident_id, name, day)
    for row in _absence_rows(session, resident_id):
        if row.returned_on is None:
            row.returned_on = day
    uses.vacate_in(session, resident_id, day)
    stay.discharged_on, stay.reason = day, reason.strip()
    session.flush()


def _check_nothing_later(
    session: Session, resident_id: int, name: str, day: date
) -> None:
    later = [
        fact
        for row in _absence_rows(session, resident_id)
        for fact in (row.left_on, row.returned_on)
        if fact is not None and fact > day
    ]
    moved = uses.moved_after_in(session, resident_id, day)
    if moved is not None:
        later.append(moved)
    if later:
        raise LaterFacts(name=name, later=min(later))


def undo_discharge_in(session: Session, resident_id: int) -> None:
    """Take a mistaken discharge back: the stay goes on, in the same bed if free."""
    name = session.get_one(ResidentRow, resident_id).name
    stays = _stay_rows(session, resident_id)
    if not stays or stays[-1].discharged_on is None:
        raise NotDischarged(name=name)
    stay, day = stays[-1], stays[-1].discharged_on
    if _is_billed_in(session, stay.id):
        raise BillStands(name=name, left_on=day)
    stay.discharged_on, stay.reason = None, ""
    for row in _absence_rows(session, resident_id):
        if row.returned_on == day and row.left_on >= stay.admitted_on:
            row.returned_on = None  # the discharge has closed it
    session.flush()
    uses.go_on_in(session, resident_id, day)


def _is_billed_in(session: Session, stay_id: int) -> bool:
    """Say whether the final bill of a stay is posted."""
    query = (
        select(BillRunRow.id)
        .join(DepartureRow, DepartureRow.id == BillRunRow.departure_id)
        .where(DepartureRow.stay_id == stay_id)
    )
    return session.scalar(query.limit(1)) is not None


def correct_admission_in(session: Session, resident_id: int, day: date) -> None:
    """Correct the day on which the present stay began; bed and terms move along."""
    name = session.get_one(ResidentRow, resident_id).name
    stays = _stay_rows(session, resident_id)
    if not stays or stays[-1].discharged_on is not None:
        raise rules.NotHere(name=name, day=day)
    stay, old = stays[-1], stays[-1].admitted_on
    for row in stays[:-1]:
        if row.discharged_on is not None and row.discharged_on > day:
            raise StaysOverlap(
                name=name, admitted_on=row.admitted_on, discharged_on=row.discharged_on
            )
    absences = _absence_rows(session, resident_id)
    early = [row.left_on for row in absences if old <= row.left_on < day]
    moved = uses.moved_after_in(session, resident_id, old)
    if moved is not None and moved <= day:
        early.append(moved)
    if early:
        raise EarlierFacts(name=name, earlier=min(early))
    stay.admitted_on = day
    session.flush()
    uses.begin_on_in(session, resident_id, old, day)
    bed_id = uses.bed_on_in(session, resident_id, day)
    if bed_id is not None and day != old:
        check_open_in(session, bed_id, day)
    terms.begin_on_in(session, resident_id, old, day)


def record_absence_in(
    session: Session,
    resident_id: int,
    kind: str,
    left_on: date,
    expected_on: date | None,
    note: str = "",
    whereabouts: Whereabouts = NOWHERE,
) -> int:
    """Note that a resident has left for a while."""
    row = AbsenceRow(resident_id=resident_id, kind=kind, left_on=left_on)
    row.expected_on, row.note = expected_on, note.strip()
    _place(row, whereabouts)
    _check_absence(session, row)
    session.add(row)
    session.flush()
    return row.id


def record_return_in(session: Session, absence_id: int, day: date) -> None:
    """Note that a resident has come back."""
    row = session.get_one(AbsenceRow, absence_id)
    if row.returned_on is not None:
        name = session.get_one(ResidentRow, row.resident_id).name
        raise NotAway(name=name, returned_on=row.returned_on)
    with session.no_autoflush:
        row.returned_on = day
        _check_absence(session, row)


def extend_absence_in(
    session: Session, absence_id: int, expected_on: date, why: str
) -> None:
    """Expect somebody back on another day; the reason joins the note."""
    row = session.get_one(AbsenceRow, absence_id)
    name = session.get_one(ResidentRow, row.resident_id).name
    if row.returned_on is not None:
        raise NotAway(name=name, returned_on=row.returned_on)
    rules.check_return(row.left_on, expected_on)
    if expected_on == row.expected_on:
        raise SameDayExpected(name=name, expected_on=expected_on)
    row.expected_on = expected_on
    row.note = "\n".join(filter(None, (row.note, why.strip())))
    session.flush()


def correct_absence_in(session: Session, absence: Absence) -> None:
    """Store the corrected facts of an absence."""
    row = session.get_one(AbsenceRow, absence.absence_id)
    with session.no_autoflush:
        row.kind, row.left_on = absence.kind, absence.left_on
        row.expected_on, row.returned_on = absence.expected_on, absence.returned_on
        row.note = absence.note.strip()
        told = (absence.place, absence.ward, absence.escort, absence.phone)
        _place(row, Whereabouts(*told))
        _check_absence(session, row)


def _place(row: AbsenceRow, whereabouts: Whereabouts) -> None:
    row.place, row.ward = whereabouts.place.strip(), whereabouts.ward.strip()
    row.escort = rules.clean_name(whereabouts.escort)
    row.phone = read_phone(whereabouts.phone)


def _check_absence(session: Session, row: AbsenceRow) -> None:
    """Raise unless the person lives here all that time and is away only once."""
    name = session.get_one(ResidentRow, row.resident_id).name
    rules.check_return(row.left_on, row.expected_on)
    rules.check_return(row.left_on, row.returned_on)
    away = Period(row.left_on, row.returned_on)
    rules.check_here(name, away, _periods(_stay_rows(session, row.resident_id)))
    others = (r for r in _absence_rows(session, row.resident_id) if r.id != row.id)
    rules.check_away_once(
        name, away, [Period(r.left_on, r.returned_on) for r in others]
    )


def _stay_rows(session: Session, resident_id: int) -> Sequence[StayRow]:
    query = select(StayRow).where(StayRow.resident_id == resident_id)
    return session.scalars(query.order_by(StayRow.admitted_on, StayRow.id)).all()


def _absence_rows(session: Session, resident_id: int) -> Sequence[AbsenceRow]:
    query = select(AbsenceRow).where(AbsenceRow.resident_id == resident_id)
    return session.scalars(query.order_by(AbsenceRow.left_on, AbsenceRow.id)).all()


def _periods(rows: Sequence[StayRow]) -> list[Period]:
    return [Period(row.admitted_on, row.discharged_on) for row in rows]
