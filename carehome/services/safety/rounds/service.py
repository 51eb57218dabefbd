"""What one person can do with rounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.checklists import FormRow, RoundPlanRow, SafetyPlaceRow
from carehome.db.rounds import RoundRuleRow, SafetyRoundRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.rules.periods import DAY, Period
from carehome.rules.rights import Right
from carehome.rules.safety import rounds as rules
from carehome.rules.safety.dues import dues
from carehome.rules.safety.hazards import NewHazard, Origin, Severity
from carehome.rules.safety.rounds import Limits, RoundState, Verdict
from carehome.services.safety.hazards import Mark, marks_of_in, open_hazard_in
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.pictures import add_picture
from carehome.services.safety.plan import plans_in
from carehome.services.safety.rounds import lists, people, sheets
from carehome.services.safety.rounds.values import (
    Answer,
    Board,
    RoundList,
    Sheet,
    SheetItem,
    Told,
)
from carehome.services.service import Service, needs

MOST_PICTURES = 6  # at one item
_INSTANT = timedelta(microseconds=1)


class NotInPlan(Refusal):
    """The plan has no such window."""

    text = N_("The plan asks for no such round any more. Look at the list once more.")


class AlreadyMade(Refusal):
    """The round was made."""

    text = N_("This round was already made: {code}. Enter an extra round if need be.")


class OwnRound(Refusal):
    """Who went round cannot sign as supervisor."""

    text = N_("{code} was made by you. Another person has to sign it as supervisor.")


class NotToSign(Refusal):
    """Only finished rounds are signed, and once."""

    text = N_("{code} is not waiting for a signature.")


class NoReason(Refusal):
    """A round is made void for a reason."""

    text = N_("Say why the round shall not count.")


class TooManyPictures(Refusal):
    """An item has as many pictures as are of use."""

    text = N_("There are {most} pictures of this already. Take one away first.")


class NotFinished(Refusal):
    """Only what was finished can be made void."""

    text = N_("Only a finished round can be made void.")


class Rounds(Service):
    """What one person can do with rounds."""

    @needs(Right.SEE_SAFETY)
    def board(self) -> Board:
        """Return what is due, coming and missed, under way and not yet signed."""
        with self._reading() as session:
            return lists.board_in(session, self._wall())

    @needs(Right.SEE_SAFETY)
    def listed(self, period: Period) -> RoundList:
        """List the rounds of some days, and those that were missed."""
        with self._reading() as session:
            return lists.list_in(session, period, self._wall())

    @needs(Right.SEE_SAFETY)
    def sheet(self, round_id: int) -> Sheet:
        """Return a round whole."""
        with self._reading() as session:
            return sheets.sheet_in(session, round_id)

    @needs(Right.SEE_SAFETY)
    def by_code(self, typed: str) -> int:
        """Return the round whose sheet bears a code."""
        round_id = rules.read_code(typed)
        with self._reading() as session:
            if session.get(SafetyRoundRow, round_id) is None:
                raise sheets.RoundUnknown(code=rules.code(round_id))
        return round_id

    @needs(Right.MAKE_ROUNDS)
    def choices(self) -> tuple[dict[int, str], dict[int, str]]:
        """Return the forms and the places that an extra round can be made with."""
        with self._reading() as session:
            forms = session.execute(
                select(FormRow.id, FormRow.name)
                .where(FormRow.is_active)
                .order_by(FormRow.position, FormRow.id)
            )
            places = session.execute(
                select(SafetyPlaceRow.id, SafetyPlaceRow.name)
                .where(SafetyPlaceRow.is_active)
                .order_by(SafetyPlaceRow.position, SafetyPlaceRow.id)
            )
            return dict(forms.all()), dict(places.all())

    @needs(Right.MAKE_ROUNDS)
    def start(self, plan_id: int, opens: datetime) -> int:
        """Open the sheet of a round that is due, or the one that lies open."""
        with self._writing() as session:
            return self._start_in(session, plan_id, opens)

    @needs(Right.MAKE_ROUNDS)
    def start_extra(self, form_id: int, place_id: int) -> int:
        """Open the sheet of a round that the plan does not ask for."""
        with self._writing() as session:
            row = self._opened(sheets.newest_version_in(session, form_id))
            row.place_id = place_id
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.MAKE_ROUNDS)
    def print_out(self, wanted: Sequence[tuple[int, datetime] | int]) -> list[int]:
        """Note that sheets go out on paper; return their rounds.

        A sheet is that of a round, or of a window of the plan: it is opened then, since
        a printed code must bring it back.
        """
        with self._writing() as session:
            found = [
                each if isinstance(each, int) else self._start_in(session, *each)
                for each in wanted
            ]
            for round_id in found:
                row = session.get_one(SafetyRoundRow, round_id)
                if row.state == RoundState.OPEN:
                    row.printed_at = self._wall()
            return found

    @needs(Right.MAKE_ROUNDS)
    def people(self, day: date) -> list[str]:
        """Return whom the program knows that may have gone round on a day."""
        with self._reading() as session:
            return people.walkers_in(session, day)

    @needs(Right.SEE_SAFETY)
    def hazards(self, round_id: int) -> list[Mark]:
        """Return the hazards that a round opened, by number."""
        with self._reading() as session:
            found = marks_of_in(session, Origin.ROUND, (round_id,), self._clock())
            return found.get(round_id, [])

    @needs(Right.SEE_SAFETY)
    def limits(self) -> Limits:
        """Return what counts as odd in this home."""
        with self._reading() as session:
            return lists.limits_in(session)

    @needs(Right.CHANGE_SAFETY)
    def set_limits(self, limits: Limits) -> None:
        """Set what counts as odd, of the rounds that there are too."""
        rules.check_limits(limits)
        with self._writing() as session:
            row = session.get(RoundRuleRow, 1)
            if row is None:
                session.add(RoundRuleRow(id=1, **asdict(limits)))
                return
            for name, value in asdict(limits).items():
                setattr(row, name, value)

    @needs(Right.MAKE_ROUNDS)
    def keep(self, round_id: int, answers: Mapping[int, Answer | None]) -> None:
        """Keep what was found at some items; None takes an answer away."""
        with self._writing() as session:
            sheets.keep_in(session, round_id, answers, self._wall())

    @needs(Right.MAKE_ROUNDS)
    def attach(self, round_id: int, item_id: int, picture: NewPicture) -> int:
        """Put a picture to an item that is not in order; return its number."""
        with self._writing() as session:
            sheets.open_round_in(session, round_id)
            found = add_picture(session, picture, self._now(), self._user.name)
            answer = sheets.answers_in(session, round_id).get(item_id)
            answer = answer or Answer(Verdict.FAILED)
            pictures = (*answer.picture_ids, found)
            if len(pictures) > MOST_PICTURES:
                raise TooManyPictures(most=MOST_PICTURES)
            answer = replace(answer, picture_ids=pictures)
            sheets.keep_in(session, round_id, {item_id: answer}, self._wall())
            return found

    @needs(Right.MAKE_ROUNDS)
    def finish(self, round_id: int, patroller: str, note: str = "") -> list[int]:
        """Finish a round that ends now; return the hazards that it opened."""
        now = self._wall()
        with self._writing() as session:
            started = min(sheets.first_answer_in(session, round_id) or now, now)
            # Filled in under one's own account, whatever name stands below it.
            account_id = self._user.account_id
            told = Told(patroller, started, now, note, account_id)
            return self._finish_in(session, round_id, told)

    @needs(Right.MAKE_ROUNDS)
    def finish_late(
        self,
        round_id: int,
        patroller: str,
        started_at: datetime,
        ended_at: datetime,
        note: str = "",
    ) -> list[int]:
        """Enter a round that was made on paper, with the times written there."""
        rules.check_times(started_at, ended_at, self._wall())
        with self._writing() as session:
            account_id = people.account_of_in(session, patroller)
            told = Told(patroller, started_at, ended_at, note, account_id)
            return self._finish_in(session, round_id, told)

    @needs(Right.CHANGE_SAFETY)
    def sign(self, round_ids: Iterable[int]) -> None:
        """Sign finished rounds as supervisor: another person than who made them."""
        with self._writing() as session:
            for round_id in round_ids:
                row = session.get_one(SafetyRoundRow, round_id)
                if row.state != RoundState.FINISHED or row.supervisor:
                    raise NotToSign(code=rules.code(round_id))
                if self._went_round(row):
                    raise OwnRound(code=rules.code(round_id))
                row.supervisor, row.signed_at = self._user.name, self._wall()
                row.signed_account = self._user.account_id

    @needs(Right.CHANGE_SAFETY)
    def void(self, round_id: int, why: str) -> None:
        """Let a finished round not count, for a reason; it stays in the list."""
        if not why.strip():
            raise NoReason
        with self._writing() as session:
            row = session.get_one(SafetyRoundRow, round_id)
            if row.state != RoundState.FINISHED:
                raise NotFinished
            row.state, row.void_reason = RoundState.VOID.value, why.strip()
            row.voided_at, row.voided_by = self._wall(), self._user.name

    @needs(Right.MAKE_ROUNDS)
    def discard(self, round_id: int) -> None:
        """Throw away a sheet that was opened and not finished."""
        with self._writing() as session:
            session.delete(sheets.open_round_in(session, round_id))

    def _went_round(self, row: SafetyRoundRow) -> bool:
        is_own = row.patroller_account == self._user.account_id
        return is_own or people.is_same(row.patroller, self._user.name)

    def _wall(self) -> datetime:
        """Return the moment as the clock on the wall shows it."""
        return self._clock().replace(tzinfo=None)

    def _start_in(self, session: Session, plan_id: int, opens: datetime) -> int:
        # After midnight a night is still that of a plan which ended with the day.
        around = Period(opens.date() - DAY, opens.date() + DAY)
        due = dues(plans_in(session, around), opens, opens + _INSTANT)
        window = next(
            (e for e in due if (e.plan_id, e.opens) == (plan_id, opens)), None
        )
        if window is None:
            raise NotInPlan
        query = select(SafetyRoundRow).where(
            SafetyRoundRow.plan_id == plan_id,
            SafetyRoundRow.due_from == opens,
            SafetyRoundRow.state != RoundState.VOID.value,
        )
        if row := session.scalar(query):
            if row.state != RoundState.OPEN:
                raise AlreadyMade(code=rules.code(row.id))
            return row.id
        plan = session.get_one(RoundPlanRow, plan_id)
        row = self._opened(sheets.newest_version_in(session, plan.form_id))
        row.place_id, row.plan_id = plan.place_id, plan_id
        row.due_from, row.due_until = window.opens, window.closes
        session.add(row)
        session.flush()
        return row.id

    def _opened(self, version_id: int) -> SafetyRoundRow:
        return SafetyRoundRow(
            form_version_id=version_id,
            opened_at=self._wall(),
            opened_by=self._user.name,
        )

    @speaking()
    def _finish_in(self, session: Session, round_id: int, told: Told) -> list[int]:
        """Finish a round and enter what failed in the register, by the same deed."""
        row = sheets.open_round_in(session, round_id)
        sheet = sheets.finish_in(session, row, told, self._wall(), self._user.name)
        found_at = told.ended_at.replace(tzinfo=self._clock().tzinfo)
        return [
            open_hazard_in(
                session,
                _hazard_of(sheet, item, told, found_at),
                self._clock(),
                self._user,
            )
            for item in sheet.failed
        ]


def _hazard_of(
    sheet: Sheet, item: SheetItem, told: Told, found_at: datetime
) -> NewHazard:
    answer = item.answer or Answer(Verdict.FAILED)
    words = _("{item}: {note}").format(item=item.text, note=answer.note)
    return NewHazard(
        words,
        sheet.line.place,
        Severity(item.severity),
        Origin.ROUND,
        sheet.line.round_id,
        item.source,
        found_at,
        told.patroller.strip(),
        pictures=answer.picture_ids,
    )
