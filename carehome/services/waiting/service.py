"""What one person can do with the waiting list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedRow, BedUseRow, FloorRow, RoomRow
from carehome.db.enquiries import BedOfferRow, PassedOverRow, WaitingEntryRow
from carehome.db.residents import AdmissionRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, speaking
from carehome.reports import waiting as paper
from carehome.rules import kept_beds
from carehome.rules import waiting as rules
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.rules.waiting import Misfit, OrderRules, Room
from carehome.services.beds import FreeBed, uses
from carehome.services.beds.board import free_in
from carehome.services.beds.kept import pools_in
from carehome.services.beds.places import bed_names_in
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs
from carehome.services.waiting import entries, order
from carehome.services.waiting import today as of_day
from carehome.services.waiting.entries import Application, Offer, WaitingLine
from carehome.services.waiting.words import why

ACCEPTED_DAYS = timedelta(days=14)  # a bed waits as long after a yes (ours)


class OfferedAlready(Refusal):
    """One offer at a time."""

    text = N_("Bed {bed} is offered to {name} already, until {day}. Note the answer.")


class Answered(Refusal):
    """An offer is answered once."""

    text = N_("This offer was answered on {day} already.")


class AnswerDayPast(Refusal):
    """An answer needs time."""

    text = N_("The answer must be due today or later.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits, and whether a bed suits them; None when it does."""

    line: WaitingLine
    misfit: Misfit | None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody before whom a bed was offered to another, and why."""

    day: date
    bed: str
    name: str
    passed: str
    reason: str


class WaitingList(Service):
    """What one person can do with the waiting list."""

    @needs(Right.SEE_RESIDENTS)
    def lines(self, day: date) -> list[WaitingLine]:
        """List who waits, in the order of the home's rules."""
        with self._reading() as session:
            return entries.lines_in(session, day)

    @needs(Right.SEE_RESIDENTS)
    def today(self, day: date) -> list[Line]:
        """Tell what was offered and waits for an answer."""
        with self._reading() as session:
            return list(of_day.lines_in(session, day))

    @needs(Right.SEE_RESIDENTS)
    def rules(self) -> OrderRules:
        """Return how the list is ordered."""
        with self._reading() as session:
            return order.rules_in(session)

    @needs(Right.CHANGE_HOME)
    def change_rules(self, wanted: OrderRules) -> None:
        """Order the list by the home's own rules from now on."""
        with self._writing() as session:
            order.store_in(session, wanted)

    @needs(Right.CHANGE_HOME)
    def take_default_rules(self) -> None:
        """Order the list again as homes of this ownership do."""
        with self._writing() as session:
            order.forget_in(session)

    @needs(Right.CHANGE_RESIDENTS)
    def join(self, resident_id: int, application: Application) -> int:
        """Put somebody whom the home knows on the list."""
        with self._writing() as session:
            return entries.join_in(session, resident_id, application, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def change(self, entry_id: int, application: Application) -> None:
        """Correct what somebody waits for."""
        with self._writing() as session:
            row = _open(session, entry_id)
            entries.fill_in(session, row, application, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def take_off(self, entry_id: int, reason: str) -> None:
        """Take somebody off the list, who does not want a place any more."""
        with self._writing() as session:
            if not reason.strip():
                raise entries.OffReasonMissing
            row = _open(session, entry_id)
            for offer in _offers(session, entry_id):
                self._settle(session, offer, "withdrawn", "")
            _release_promised(session, row, self._today())
            row.state, row.left_reason = "left", reason.strip()
            row.left_on = max(self._today(), row.applied_on)

    @needs(Right.SEE_RESIDENTS)
    def candidates(self, bed_id: int, day: date) -> list[Candidate]:
        """List who waits in order, and whom a free bed suits."""
        with self._reading() as session:
            room = _rooms(session, day, bed_id)[bed_id]
            return [
                Candidate(line, rules.misfit(line.wish, room))
                for line in entries.lines_in(session, day)
            ]

    @needs(Right.SEE_RESIDENTS)
    def beds_for(self, entry_id: int, day: date) -> list[FreeBed]:
        """List the free beds that suit somebody who waits."""
        with self._reading() as session:
            lines = entries.lines_in(session, day)
            line = next((each for each in lines if each.entry_id == entry_id), None)
            if line is None:
                return []
            rooms = _rooms(session, day)
            return [
                bed
                for bed in free_in(session, day, None)
                if rules.misfit(line.wish, rooms[bed.bed_id]) is None
            ]

    @needs(Right.SEE_RESIDENTS)
    def offers(self, entry_id: int) -> list[Offer]:
        """List what was offered to somebody, newest first."""
        with self._reading() as session:
            return list(entries.offers_in(session, [entry_id]).get(entry_id, ()))

    @needs(Right.SEE_RESIDENTS)
    def passed_over(self) -> list[PassedOver]:
        """List who was passed over, for whom and why, newest first."""
        with self._reading() as session:
            return _passed_in(session)

    @needs(Right.CHANGE_RESIDENTS)
    def offer(
        self, entry_id: int, bed_id: int, answer_by: date, reasons: Mapping[int, str]
    ) -> int:
        """Offer a bed and reserve it until the answer is due.

        `reasons` say by entry why those who stand before and fit are passed over.
        """
        today = self._today()
        if answer_by < today:
            raise AnswerDayPast
        with self._writing() as session:
            _open(session, entry_id)
            lines = entries.lines_in(session, today)
            line = next(each for each in lines if each.entry_id == entry_id)
            if line.offer:
                facts = {"bed": line.offer.bed, "name": line.name}
                raise OfferedAlready(**facts, day=line.offer.answer_by)
            passed = _passed(lines, line, _rooms(session, today, bed_id)[bed_id])
            given = {entry: reason.strip() for entry, reason in reasons.items()}
            rules.check_passed_over(line.name, passed, given)
            until = answer_by + timedelta(days=1)
            uses.reserve_in(session, line.resident_id, bed_id, today, until)
            row = BedOfferRow(entry_id=entry_id, bed_id=bed_id, offered_on=today)
            row.answer_by = answer_by
            session.add(row)
            session.flush()
            session.add_all(
                PassedOverRow(offer_id=row.id, entry_id=entry, reason=given[entry])
                for entry, _name in passed
            )
            return row.id

    @needs(Right.CHANGE_RESIDENTS)
    def accept(self, offer_id: int, note: str = "") -> int:
        """Note a yes: the bed is kept for the admission; return the resident."""
        with self._writing() as session:
            row = _unanswered(session, offer_id)
            entry = session.get_one(WaitingEntryRow, row.entry_id)
            row.answer, row.answered_on, row.note = "accepted", self._today(), note
            self._keep_bed(session, entry.resident_id, row.bed_id)
            return entry.resident_id

    @needs(Right.CHANGE_RESIDENTS)
    def decline(self, offer_id: int, note: str = "") -> None:
        """Note a no: the bed is free again, the place on the list stays."""
        self._end(offer_id, "declined", note)

    @needs(Right.CHANGE_RESIDENTS)
    def give_up_waiting(self, offer_id: int, note: str = "") -> None:
        """Note that no answer came: the bed is free again."""
        self._end(offer_id, "unanswered", note)

    @needs(Right.CHANGE_RESIDENTS)
    def withdraw(self, offer_id: int, note: str = "") -> None:
        """Take an offer back: the bed is free again."""
        self._end(offer_id, "withdrawn", note)

    @needs(Right.SEE_RESIDENTS)
    @speaking()
    def write_list(self, day: date, path: Path) -> int:
        """Write the list to hang out: in its order, with masked names."""
        with self._reading() as session:
            lines, home = _public(session, day), letterhead_in(session)
        paper.write_waiting_list(path, lines, day, home)
        return len(lines)

    @needs(Right.SEE_RESIDENTS)
    @speaking()
    def write_workbook(self, day: date, path: Path) -> int:
        """Write the list to hang out as a workbook."""
        with self._reading() as session:
            lines, home = _public(session, day), letterhead_in(session)
        paper.write_waiting_workbook(path, lines, day, home)
        return len(lines)

    def _keep_bed(self, session: Session, resident_id: int, bed_id: int) -> None:
        """Let an offered bed wait; raise when it went to others after the last day."""
        today, held = self._today(), uses.reservation_in(session, resident_id)
        until = today + ACCEPTED_DAYS
        has_lapsed = held is not None and held.ends is not None and held.ends <= today
        if held is None or held.bed_id != bed_id or has_lapsed:
            uses.reserve_in(session, resident_id, bed_id, today, until)
            return
        resident = session.get_one(ResidentRow, resident_id)
        uses.check_bed_in(session, resident, bed_id, Period(today, until), [held])
        held.ends = until
        session.flush()

    def _end(self, offer_id: int, answer: str, note: str) -> None:
        with self._writing() as session:
            self._settle(session, _unanswered(session, offer_id), answer, note)

    def _settle(
        self, session: Session, row: BedOfferRow, answer: str, note: str
    ) -> None:
        """Close an offer and let the bed go that was reserved for it."""
        row.answer, row.answered_on, row.note = answer, self._today(), note.strip()
        entry = session.get_one(WaitingEntryRow, row.entry_id)
        held = uses.reservation_in(session, entry.resident_id)
        if held is not None and held.bed_id == row.bed_id:
            uses.release_in(session, held.id)


def _open(session: Session, entry_id: int) -> WaitingEntryRow:
    row = session.get_one(WaitingEntryRow, entry_id)
    if row.state != "waiting":
        name = session.get_one(ResidentRow, row.resident_id).name
        raise entries.NotWaiting(name=name)
    return row


def _offers(session: Session, entry_id: int) -> list[BedOfferRow]:
    query = select(BedOfferRow).where(
        BedOfferRow.entry_id == entry_id, BedOfferRow.answer == "open"
    )
    return list(session.scalars(query).all())


def _release_promised(session: Session, entry: WaitingEntryRow, day: date) -> None:
    """Let a bed go that was answered yes, unless an admission goes on with it."""
    under_way = select(AdmissionRow.id).where(
        AdmissionRow.resident_id == entry.resident_id,
        AdmissionRow.finished_on.is_(None),
        AdmissionRow.given_up_on.is_(None),
    )
    lines = entries.lines_in(session, day)
    promised = next(each.promised for each in lines if each.entry_id == entry.id)
    held = uses.reservation_in(session, entry.resident_id)
    if promised and held is not None and session.scalar(under_way) is None:
        uses.release_in(session, held.id)


def _unanswered(session: Session, offer_id: int) -> BedOfferRow:
    row = session.get_one(BedOfferRow, offer_id)
    if row.answered_on is not None:
        raise Answered(day=row.answered_on)
    return row


def _passed(
    lines: list[WaitingLine], line: WaitingLine, room: Room
) -> list[tuple[int, str]]:
    """Return who stands before `line`, fits and gets no bed: entry and name."""
    return [
        (each.entry_id, each.name)
        for each in lines
        if each.number < line.number
        and not each.has_bed
        and rules.misfit(each.wish, room) is None
    ]


def _rooms(session: Session, day: date, bed_id: int | None = None) -> dict[int, Room]:
    """Return of each bed what decides whom it suits."""
    kept = kept_beds.kept_back(pools_in(session, day))
    sexes: dict[int, set[str]] = {}
    lived = (
        select(BedRow.room_id, ResidentRow.sex)
        .join(BedUseRow, BedUseRow.bed_id == BedRow.id)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(or_(BedUseRow.ends.is_(None), BedUseRow.ends > day))
    )
    for room_id, sex in session.execute(lived):
        sexes.setdefault(room_id, set()).add(sex)
    beds = (
        select(BedRow, RoomRow, FloorRow.unit)
        .join(RoomRow, RoomRow.id == BedRow.room_id)
        .join(FloorRow, FloorRow.id == RoomRow.floor_id)
    )
    if bed_id is not None:
        beds = beds.where(BedRow.id == bed_id)
    return {
        bed.id: Room(
            bed.bed_class,
            bed.is_nursing_bed,
            unit,
            room.gender_rule,
            frozenset(sexes.get(room.id, ())),
            kept.get(bed.id, ("", ""))[0],
        )
        for bed, room, unit in session.execute(beds)
    }


def _passed_in(session: Session) -> list[PassedOver]:
    lucky, other = WaitingEntryRow.__table__.alias(), WaitingEntryRow.__table__.alias()
    first, second = ResidentRow.__table__.alias(), ResidentRow.__table__.alias()
    query = (
        select(BedOfferRow, first.c.name, second.c.name, PassedOverRow.reason)
        .join(PassedOverRow, PassedOverRow.offer_id == BedOfferRow.id)
        .join(lucky, lucky.c.id == BedOfferRow.entry_id)
        .join(first, first.c.id == lucky.c.resident_id)
        .join(other, other.c.id == PassedOverRow.entry_id)
        .join(second, second.c.id == other.c.resident_id)
        .order_by(BedOfferRow.id.desc(), PassedOverRow.id)
    )
    beds = bed_names_in(session)
    return [
        PassedOver(row.offered_on, beds[row.bed_id], name, passed, reason)
        for row, name, passed, reason in session.execute(query)
    ]


def _public(session: Session, day: date) -> list[paper.WaitingText]:
    ruling = order.rules_in(session)
    return [
        paper.WaitingText(
            line.number,
            rules.mask_name(line.name),
            line.sex,
            line.age,
            line.application.applied_on,
            why(line, ruling),
        )
        for line in entries.lines_in(session, day)
    ]
