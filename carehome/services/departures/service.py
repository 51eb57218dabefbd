"""What one person can do with departures: order, leave, bill, settle, finish."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.beds import BedRow
from carehome.db.departures import (
    DeparturePaperRow,
    DepartureRow,
    SettlementRow,
    SettlementSignatureRow,
)
from carehome.db.residents import ResidentRow, StayRow
from carehome.i18n import N_, _, show_day, speaking
from carehome.reports.settlement import write_settlement
from carehome.rules import departures as rules
from carehome.rules import settlement
from carehome.rules.departures import (
    STEP_NAMES,
    STEPS,
    Death,
    Departure,
    Receiver,
    ReceiverMissing,
    Step,
)
from carehome.rules.residents import NotHere, check_happened
from carehome.rules.rights import Right
from carehome.rules.settlement import Side
from carehome.rules.today import Line
from carehome.services.accounts import Approval, approved_by
from carehome.services.agreements.ending import end_with_stay_in
from carehome.services.beds.uses import bed_on_in
from carehome.services.billing.posted import store_in
from carehome.services.billing.service import FactsChanged, OldFacts
from carehome.services.billing.trial import Trial, final_in, last_number_in
from carehome.services.departures import gone, money, state
from carehome.services.departures import today as of_day
from carehome.services.departures.deeds import (
    AlreadySettled,
    ApprovalMissing,
    ClaimByDirector,
    Deductions,
    DepartureClosed,
    DepartureUnderWay,
    Giving,
    Order,
    PapersMissing,
    StepMissing,
    WayMissing,
)
from carehome.services.departures.gone import Gone
from carehome.services.departures.money import DepartureMoney, Settlement
from carehome.services.departures.sheet import sheet_of
from carehome.services.departures.signers import check_signer_in, named, signatures_in
from carehome.services.departures.state import DepartureLine, DepartureState
from carehome.services.deposits.outward import out_in, set_off_in
from carehome.services.deposits.service import GIVEN_BACK
from carehome.services.home import profile_in
from carehome.services.papers import letterhead_in
from carehome.services.payers.money import settle_all_in
from carehome.services.payments import settle_in
from carehome.services.payouts import pay_out_in
from carehome.services.receipts import issue_in
from carehome.services.residents import papers, stays
from carehome.services.service import Service, needs
from carehome.services.trust.entries import give_back_in

PREPAID_BACK = N_("Prepaid fees paid back")
TRUST_BACK = N_("Given back at the departure")


class Departures(Service):
    """What one person can do with departures."""

    @needs(Right.SEE_RESIDENTS)
    def open(self) -> list[DepartureLine]:
        """List the departures under way, the oldest first."""
        with self._reading() as session:
            return state.lines_in(session)

    @needs(Right.SEE_RESIDENTS)
    def of(self, resident_id: int) -> list[DepartureLine]:
        """List the departures of one resident, the oldest first."""
        condition = DepartureRow.resident_id == resident_id
        with self._reading() as session:
            return state.lines_in(session, condition)

    @needs(Right.SEE_FEES)
    def gone(self) -> list[Gone]:
        """List who has left while something of theirs is open."""
        with self._reading() as session:
            return gone.gone_in(session, self._today())

    @needs(Right.SEE_RESIDENTS)
    def today(self, day: date) -> list[Line]:
        """Tell which departures are under way."""
        with self._reading() as session:
            return list(of_day.lines_in(session, day))

    @needs(Right.SETTLE)
    def gone_today(self, day: date) -> list[Line]:
        """Tell of those who have left while something of theirs is open."""
        with self._reading() as session:
            return list(of_day.gone(gone.gone_in(session, day), day))

    @needs(Right.SEE_RESIDENTS)
    def resume(self, departure_id: int) -> DepartureState:
        """Return how far a departure has come and what it holds."""
        with self._reading() as session:
            return state.state_in(session, session.get_one(DepartureRow, departure_id))

    @needs(Right.SEE_FEES)
    def money(self, departure_id: int) -> DepartureMoney:
        """Return what a departure comes to so far."""
        with self._reading() as session:
            return money.money_in(session, session.get_one(DepartureRow, departure_id))

    @needs(Right.CHANGE_RESIDENTS)
    def order(self, resident_id: int, order: Order) -> int:
        """Order that somebody leaves; the bed is theirs until they really do."""
        rules.check_reason(order.kind, order.reason)
        with self._writing() as session:
            stay = stays.stays_in(session, resident_id)
            here = [each for each in stay if each.discharged_on is None]
            if not here:
                name = session.get_one(ResidentRow, resident_id).name
                raise NotHere(name=name, day=self._today())
            return self._begin(session, resident_id, here[0].stay_id, order, Step.LEAVE)

    @needs(Right.SETTLE)
    def take_up(self, resident_id: int) -> int:
        """Settle somebody who has left without an order, or once more.

        Who has died stays so: the rest goes to the estate as well.
        """
        with self._writing() as session:
            known = stays.stays_in(session, resident_id)
            if not known or known[0].discharged_on is None:
                name = session.get_one(ResidentRow, resident_id).name
                raise stays.NotDischarged(name=name)
            stay_id = known[0].stay_id
            before = _last_row(session, stay_id)
            kind = Departure(before.kind) if before else Departure.HOME
            order = Order(kind, known[0].discharged_on)
            begun = self._begin(session, resident_id, stay_id, order, Step.BILL)
            if before:
                row = session.get_one(DepartureRow, begun)
                row.died_on, row.died_time = before.died_on, before.died_time
                row.died_where = before.died_where
                row.certificate = before.certificate
            return begun

    @needs(Right.CHANGE_RESIDENTS)
    def change_order(self, departure_id: int, order: Order) -> None:
        """Order it otherwise."""
        rules.check_reason(order.kind, order.reason)
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _check_unsettled(session, row)
            _put_order(row, order)
            if order.kind is not Departure.DEATH:
                row.died_on, row.died_time = None, ""
                row.died_where = row.certificate = ""

    @needs(Right.CHANGE_RESIDENTS)
    def leave(self, departure_id: int, day: date, death: Death | None = None) -> None:
        """Record the real departure: it frees the bed."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = _open_row(session, departure_id)
            rules.check_death(Departure(row.kind), death, day)
            stay = session.get_one(StayRow, row.stay_id)
            if stay.discharged_on not in (None, day):
                _take_back(session, row)
            if stay.discharged_on is None:
                bed_id = bed_on_in(session, row.resident_id, day)
                said = row.reason or _kind_name(row)
                stays.discharge_in(session, row.resident_id, day, said)
                if bed_id is not None:
                    session.get_one(BedRow, bed_id).state = "cleaning"
            if death is not None:
                row.died_on, row.died_time = death.died_on, death.time
                row.died_where = death.where.strip()
                row.certificate = death.certificate.strip()
            _done(row, Step.LEAVE)

    @needs(Right.CHANGE_RESIDENTS)
    def undo_leaving(self, departure_id: int) -> None:
        """Take a mistaken departure back; the order stands."""
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _take_back(session, row)
            row.step = Step.LEAVE

    @needs(Right.CHANGE_RESIDENTS)
    def cancel(self, departure_id: int, reason: str) -> None:
        """Cancel an order: the person stays; the order remains as history."""
        if not reason.strip():
            raise rules.ReasonMissing
        with self._writing() as session:
            row = _open_row(session, departure_id)
            if session.get_one(StayRow, row.stay_id).discharged_on is not None:
                _take_back(session, row)
            row.step, row.draft = Step.LEAVE, {}
            row.cancelled_on, row.cancel_reason = self._today(), reason.strip()

    @needs(Right.SETTLE)
    def bill(
        self,
        departure_id: int,
        seen: tuple[Trial, ...],
        approval: Approval | None = None,
    ) -> None:
        """Post exactly the final bills that were looked at, outside of any run.

        Corrections of months long past are confirmed by the director.
        """
        confirmed = self._user.may(Right.CONFIRM_OLD_FACTS)
        if approval is not None:
            approved_by(self._db, self._user, approval, Right.CONFIRM_OLD_FACTS)
            confirmed = True
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _reach(session, row, Step.BILL)
            _check_unsettled(session, row)
            trials = final_in(session, row.resident_id)
            if _bills(trials) != _bills(seen):
                raise FactsChanged
            old = sum(trial.to_confirm for trial in trials)
            if old and not confirmed:
                months = profile_in(session).adjust_months
                raise OldFacts(count=old, months=months)
            for trial in trials:
                number = last_number_in(session, trial.month) + 1
                numbered = replace(trial, first_number=number)
                by = self._user.name
                store_in(session, numbered, self._now(), by, row.id)
            settle_in(session, {row.resident_id})
            settle_all_in(session, self._now())
            _done(row, Step.BILL)

    @needs(Right.KEEP_PAPERS)
    def name_receiver(self, departure_id: int, receiver: Receiver) -> None:
        """Store who receives money and belongings, and on what proof."""
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _reach(session, row, Step.RECEIVER)
            _check_unsettled(session, row)
            rules.check_receiver(Departure(row.kind), receiver)
            row.receiver = receiver.name.strip()
            row.relation, row.phone = receiver.relation.strip(), receiver.phone.strip()
            if receiver.id_number is not None:
                row.id_number = receiver.id_number.strip()
            row.proof = receiver.proof.strip()
            row.others_consent = receiver.others_consent.strip()
            row.belongings = receiver.belongings.strip()
            heirs = [[n.strip(), r.strip()] for n, r in receiver.heirs if n.strip()]
            row.heirs = {"people": heirs} if heirs else {}
            _done(row, Step.RECEIVER)

    @needs(Right.SHOW_IDENTITY)
    def show_identity(self, departure_id: int, why: str) -> str:
        """Return the identity number of who receives; the log keeps who asked."""
        with self._writing() as session:
            row = session.get_one(DepartureRow, departure_id)
            look = ("departure", row.id, row.resident_id, why.strip())
            change_log.note_look(session, *look)
            return row.id_number

    @needs(Right.SETTLE)
    def take_off(self, departure_id: int, off: Deductions) -> None:
        """Take arrears and damage off the deposit, with the family's signed consent."""
        check_happened(off.day, self._today())
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _reach(session, row, Step.DEPOSIT)
            _check_unsettled(session, row)
            rules.check_receiver(Departure(row.kind), state.receiver_of(row))
            money.check_billed_in(session, row.resident_id)
            settle_in(session, {row.resident_id})
            who, by = row.resident_id, self._user.account_id
            if off.set_off:
                purpose = _set_off_purpose()
                what = (off.set_off, off.day, purpose, off.consent)
                set_off_in(session, who, *what, by)
            if off.damage:
                what = (off.damage, off.day, off.damage_reason, off.consent)
                session.add(out_in(session, "damage", who, *what, by))
            _done(row, Step.DEPOSIT)

    @needs(Right.SETTLE)
    def settle(
        self, departure_id: int, giving: Giving, approval: Approval | None = None
    ) -> int:
        """Give back what is left, and write down what it all came to.

        What is still owed is a claim, which the director leaves and says why.
        """
        check_happened(giving.day, self._today())
        if giving.claim_reason.strip() and not self._user.may(Right.LEAVE_CLAIM):
            raise ClaimByDirector
        second = None
        if approval is not None:
            right = Right.APPROVE_REFUND
            second = approved_by(self._db, self._user, approval, right)
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _reach(session, row, Step.SETTLE)
            _check_unsettled(session, row)
            rules.check_receiver(Departure(row.kind), state.receiver_of(row))
            money.check_billed_in(session, row.resident_id)
            settle_in(session, {row.resident_id})
            books = state.books_in(session, row.resident_id)
            owed = settlement.claim(books, giving.claim_reason)
            settlement.check_paid_out(books, giving.despite_owed)
            if books.held or books.prepaid:
                if not giving.method:
                    raise WayMissing
                if second is None:
                    raise ApprovalMissing
                self._give_back(session, row, giving, books.held, second.account_id)
            if books.trust:
                if second is None:
                    raise ApprovalMissing
                self._give_trust_back(session, row, giving, books.trust)
            made = money.store_settlement_in(
                session,
                row,
                books.trust,
                self._now(),
                giving.day,
                (self._user.name, second.name if second else ""),
                owed,
                giving.claim_reason,
            )
            _done(row, Step.SETTLE)
            return made.id

    @needs(Right.SETTLE)
    def sign(
        self, departure_id: int, side: Side, name: str, day: date, relation: str = ""
    ) -> None:
        """Note that a side has signed the sheet; with the last one it is sealed.

        For the family it is the recipient, or somebody of whom `relation` says who.
        """
        check_happened(day, self._today())
        with self._writing() as session:
            made = _made_in(session, departure_id)
            known = signatures_in(session, made.id)
            settlement.check_signature(name, day, made.made_on, known)
            check_signer_in(session, made, side, (name, relation), day)
            session.add(
                SettlementSignatureRow(
                    resident_id=made.resident_id,
                    settlement_id=made.id,
                    side=side,
                    name=named(name, relation if side == "family" else ""),
                    day=day,
                    noted_by=self._user.name,
                )
            )

    @needs(Right.SETTLE)
    def unsign(self, departure_id: int, side: Side) -> None:
        """Take a signature back that was noted by mistake, before all have signed."""
        with self._writing() as session:
            made = _made_in(session, departure_id)
            known = signatures_in(session, made.id)
            if len(known) == len(settlement.SIDE_NAMES):
                raise settlement.SettlementSealed
            query = select(SettlementSignatureRow).filter_by(
                settlement_id=made.id, side=side
            )
            session.delete(session.scalars(query).one())

    @needs(Right.KEEP_PAPERS)
    def tick(self, departure_id: int, kind: str, scan: Path | None = None) -> None:
        """Note that a paper is in the file, and keep its scan if there is one."""
        content = papers.read_paper(scan) if scan else b""
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _reach(session, row, Step.PAPERS)
            if kind == "settlement":
                made = _made_in(session, departure_id)
                settlement.check_signed(signatures_in(session, made.id))
            tick = _tick_row(session, row, kind)
            if tick is None:
                tick = DeparturePaperRow(
                    departure_id=row.id, resident_id=row.resident_id, kind=kind
                )
            tick.ticked_on, tick.ticked_by = self._today(), self._user.name
            if scan:
                title, file = _paper_name(kind), scan.name
                what = ("other", title, file, content, self._now())
                tick.paper_id = papers.add_paper_in(session, row.resident_id, *what)
            session.add(tick)

    @needs(Right.KEEP_PAPERS)
    def untick(self, departure_id: int, kind: str) -> None:
        """Note that a paper is not in the file after all; a scan of it stays."""
        with self._writing() as session:
            tick = _tick_row(session, _open_row(session, departure_id), kind)
            if tick is not None:
                session.delete(tick)

    @needs(Right.KEEP_PAPERS)
    def finish(self, departure_id: int) -> None:
        """Close the file once its papers are there; the agreement ends that day."""
        with self._writing() as session:
            row = _open_row(session, departure_id)
            _reach(session, row, Step.PAPERS)
            ticks = state.ticks_in(session, row)
            missing = [tick.kind for tick in ticks if tick.ticked_on is None]
            if missing:
                names = _(", ").join(_(rules.PAPER_NAMES[kind]) for kind in missing)
                raise PapersMissing(papers=names)
            stay = session.get_one(StayRow, row.stay_id)
            end_with_stay_in(session, stay, row.reason or _kind_name(row))
            row.step, row.draft, row.finished_on = Step.DONE, {}, self._today()

    @needs(Right.SEE_RESIDENTS)
    def keep_draft(
        self, departure_id: int, step: Step, values: Mapping[str, Any]
    ) -> None:
        """Keep what is typed in a step but not confirmed."""
        with self._writing() as session:
            row = _open_row(session, departure_id)
            row.draft = {**row.draft, step.value: dict(values)}

    @needs(Right.SEE_FEES)
    def settlement(self, departure_id: int) -> Settlement | None:
        """Return the settlement of a departure, if it is made."""
        with self._reading() as session:
            return money.settlement_in(session, departure_id)

    @needs(Right.SEE_FEES)
    @speaking()
    def preview_sheet(self, departure_id: int, path: Path) -> None:
        """Write a settlement sheet as it would come to paper now."""
        with self._reading() as session:
            made = money.settlement_in(session, departure_id)
            home = letterhead_in(session)
        if made is None:
            raise StepMissing(step=_(STEP_NAMES[Step.SETTLE]))
        write_settlement(path, sheet_of(made), home)

    @needs(Right.SEE_FEES)
    def count_print(self, departure_id: int) -> None:
        """Note that a settlement sheet went to paper; a reprint says so."""
        with self._writing() as session:
            query = select(SettlementRow).filter_by(departure_id=departure_id)
            session.scalars(query).one().printed += 1

    def _begin(
        self, session: Session, resident_id: int, stay_id: int, order: Order, step: Step
    ) -> int:
        twin = state.open_in(session, resident_id)
        if twin is not None:
            name = session.get_one(ResidentRow, resident_id).name
            raise DepartureUnderWay(
                name=name, ordered_on=twin.ordered_on, departure_id=twin.id
            )
        row = DepartureRow(
            resident_id=resident_id,
            stay_id=stay_id,
            ordered_on=self._today(),
            ordered_by=self._user.name,
            step=step,
        )
        _put_order(row, order)
        session.add(row)
        session.flush()
        return row.id

    def _give_back(
        self,
        session: Session,
        row: DepartureRow,
        giving: Giving,
        held: int,
        second: int,
    ) -> None:
        """Pay out the rest of the deposit and the prepaid money, each by a voucher."""
        mine, payee = self._user.account_id, row.receiver
        issued = (session, self._now(), self._user.name)
        if held:
            what = (held, giving.day, _written(GIVEN_BACK), row.proof)
            entry = out_in(session, "refund", row.resident_id, *what, mine)
            entry.method, entry.approved_by = giving.method, second
            session.add(entry)
            session.flush()
            issue_in(*issued, entry, [(_written(GIVEN_BACK), -held)], payee)
        how = (giving.day, giving.method, payee, row.proof)
        paid = pay_out_in(session, row.resident_id, *how, (mine, second))
        if paid is not None:
            issue_in(*issued, paid, [(_written(PREPAID_BACK), -paid.fen)], payee)

    def _give_trust_back(
        self, session: Session, row: DepartureRow, giving: Giving, kept: int
    ) -> None:
        """Hand over all that is kept in trust, on the paper of this settlement."""
        if not giving.trust_method:
            raise settlement.TrustWayMissing
        how = (kept, giving.trust_method, giving.day)
        words = (_written(TRUST_BACK), _sheet_of(giving.day), row.receiver)
        mine = self._user.account_id
        give_back_in(session, row.resident_id, how, words, mine)


def _made_in(session: Session, departure_id: int) -> SettlementRow:
    """Return the settlement of a departure, which must have been made."""
    query = select(SettlementRow).filter_by(departure_id=departure_id)
    made = session.scalar(query)
    if made is None:
        raise StepMissing(step=_(STEP_NAMES[Step.SETTLE]))
    return made


@speaking()
def _sheet_of(day: date) -> str:
    return _("Settlement sheet of {day}").format(day=show_day(day))


def _open_row(session: Session, departure_id: int) -> DepartureRow:
    row = session.get_one(DepartureRow, departure_id)
    if row.finished_on or row.cancelled_on:
        raise DepartureClosed
    return row


def _last_row(session: Session, stay_id: int) -> DepartureRow | None:
    """Return the last departure from a stay that was gone through with."""
    return session.scalar(
        select(DepartureRow)
        .where(DepartureRow.stay_id == stay_id, DepartureRow.cancelled_on.is_(None))
        .order_by(DepartureRow.id.desc())
        .limit(1)
    )


def _check_unsettled(session: Session, row: DepartureRow) -> None:
    made = money.settlement_in(session, row.id)
    if made is not None:
        raise AlreadySettled(day=made.made_on)


def _take_back(session: Session, row: DepartureRow) -> None:
    """Let the stay go on in its bed, which is not cleaned after all."""
    stays.undo_discharge_in(session, row.resident_id)
    bed_id = bed_on_in(session, row.resident_id, date.max)
    bed = session.get(BedRow, bed_id or 0)
    if bed is not None and bed.state == "cleaning":
        bed.state = "ready"


def _reach(session: Session, row: DepartureRow, step: Step) -> None:
    """Raise unless the steps before one are done."""
    next_one = state.step_of(row, session.get_one(StayRow, row.stay_id))
    if STEPS.index(next_one) < STEPS.index(step):
        raise StepMissing(step=_(STEP_NAMES[next_one]))
    if STEPS.index(step) > STEPS.index(Step.RECEIVER) and not row.receiver:
        raise ReceiverMissing


def _done(row: DepartureRow, step: Step) -> None:
    """Go on to the next step; doing an earlier one again does not go back."""
    reached = max(STEPS.index(Step(row.step)), STEPS.index(step) + 1)
    row.step = STEPS[reached]
    row.draft = {key: values for key, values in row.draft.items() if key != step}


def _put_order(row: DepartureRow, order: Order) -> None:
    row.kind, row.planned_on = order.kind, order.planned_on
    row.asked_by, row.reason = order.asked_by.strip(), order.reason.strip()
    row.draft = {k: v for k, v in (row.draft or {}).items() if k != Step.ORDER}


def _bills(trials: tuple[Trial, ...]) -> list[tuple[date, Any]]:
    return [(trial.month, trial.bills) for trial in trials]


def _tick_row(
    session: Session, row: DepartureRow, kind: str
) -> DeparturePaperRow | None:
    query = select(DeparturePaperRow).filter_by(departure_id=row.id, kind=kind)
    return session.scalar(query)


@speaking()
def _written(purpose: str) -> str:
    return _(purpose)


@speaking()
def _set_off_purpose() -> str:
    return _("Arrears at the departure")


@speaking()
def _kind_name(row: DepartureRow) -> str:
    return _(rules.KIND_NAMES[Departure(row.kind)])


@speaking()
def _paper_name(kind: str) -> str:
    return _(rules.PAPER_NAMES[kind])
