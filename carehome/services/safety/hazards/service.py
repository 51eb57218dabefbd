"""What a person does with hazards: enter, plan, put right, re-check, close."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from carehome.db.hazards import HazardRow, HazardRuleRow
from carehome.rules.rights import Right
from carehome.rules.safety.hazards import (
    Hazard,
    HazardRules,
    NewHazard,
    Plan,
    Signed,
    Stage,
    State,
    StepKind,
    WhyNotMissing,
    check_checker,
    check_closer,
    check_pictures,
    check_plan,
    check_rectified,
    check_rules,
    check_turn,
)
from carehome.rules.today import Concern, Figure, Task
from carehome.services.safety.hazards import today
from carehome.services.safety.hazards.lines import (
    HazardFile,
    file_in,
    hazard_in,
    open_in,
    register_in,
    rules_in,
)
from carehome.services.safety.hazards.opening import (
    kept,
    name_in,
    open_hazard_in,
    show,
    tell,
)
from carehome.services.safety.hazards.places import spots_in
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.pictures import add_picture
from carehome.services.service import Service, needs

Pictures = Sequence[NewPicture]


class Hazards(Service):
    """What one person can do with the register of hazards."""

    @needs(Right.SEE_SAFETY)
    def listed(self) -> list[Hazard]:
        """List the register: what is open by its deadline, then what is closed."""
        with self._reading() as session:
            return register_in(session, self._clock())

    @needs(Right.SEE_SAFETY)
    def file(self, hazard_id: int) -> HazardFile:
        """Return one hazard with its history and the ids of its pictures."""
        with self._reading() as session:
            return file_in(session, hazard_id, self._clock())

    @needs(Right.SEE_SAFETY)
    def rules(self) -> HazardRules:
        """Return how long hazards may stand."""
        with self._reading() as session:
            return rules_in(session)

    @needs(Right.SEE_SAFETY)
    def places(self) -> list[str]:
        """List the places that are offered where a hazard is entered."""
        with self._reading() as session:
            return spots_in(session)

    @needs(Right.MAKE_ROUNDS)
    def open(self, new: NewHazard, pictures: Pictures = ()) -> int:
        """Enter a hazard that somebody noticed; return its id."""
        with self._writing() as session:
            ids = self._keep(session, pictures)
            new = replace(new, pictures=(*new.pictures, *ids))
            return open_hazard_in(session, new, self._clock(), self._user)

    @needs(Right.CHANGE_SAFETY)
    def plan(self, hazard_id: int, plan: Plan, reason: str = "") -> None:
        """Set what is done, by whom, by when; to ease any of it needs a reason."""
        with self._writing() as session:
            row, hazard = self._found(session, hazard_id)
            check_plan(hazard, plan, reason)
            row.severity = plan.severity.value
            row.measure = plan.measure.strip()
            row.responsible_id = plan.responsible_id
            row.responsible = name_in(session, plan.responsible_id, plan.responsible)
            row.due_at = kept(plan.due_at)
            self._tell(session, hazard_id, StepKind.PLANNED, reason)

    @needs(Right.MAKE_ROUNDS)
    def rectify(
        self,
        hazard_id: int,
        what: str,
        who: str,
        at: datetime | None = None,
        pictures: Pictures = (),
        why_none: str = "",
    ) -> None:
        """Report that somebody put it right, with pictures or why there are none."""
        now = self._clock()
        signed = Signed(at or now, who.strip(), self._user.account_id, what.strip())
        with self._writing() as session:
            row, hazard = self._found(session, hazard_id)
            check_rectified(hazard, signed, now, len(pictures), why_none)
            row.state = State.RECTIFIED.value
            row.rectified_at, row.rectified_by = kept(signed.at), signed.name
            row.rectified_account, row.rectified_note = signed.account_id, signed.note
            self._tell(session, hazard_id, StepKind.RECTIFIED, _joined(what, why_none))
            show(session, hazard_id, self._keep(session, pictures), Stage.AFTER)

    @needs(Right.MAKE_ROUNDS)
    def pass_check(
        self, hazard_id: int, note: str = "", pictures: Pictures = ()
    ) -> None:
        """Confirm, as somebody else, that it is put right."""
        with self._writing() as session:
            row, hazard = self._found(session, hazard_id)
            check_checker(hazard, self._user.name, self._user.account_id)
            row.state, row.checked_note = State.CHECKED.value, note.strip()
            row.checked_at, row.checked_by = self._now(), self._user.name
            row.checked_account = self._user.account_id
            self._tell(session, hazard_id, StepKind.CHECKED, note)
            show(session, hazard_id, self._keep(session, pictures), Stage.CHECK)

    @needs(Right.MAKE_ROUNDS)
    def send_back(self, hazard_id: int, why: str, pictures: Pictures = ()) -> None:
        """Say that it is not put right after all; its deadline stays."""
        if not why.strip():
            raise WhyNotMissing
        with self._writing() as session:
            row, hazard = self._found(session, hazard_id)
            check_turn(hazard, State.RECTIFIED, State.CHECKED)
            row.state = State.OPEN.value
            row.rectified_at = row.rectified_account = None
            row.checked_at = row.checked_account = None
            row.rectified_by = row.rectified_note = ""
            row.checked_by = row.checked_note = ""
            self._tell(session, hazard_id, StepKind.SENT_BACK, why)
            show(session, hazard_id, self._keep(session, pictures), Stage.CHECK)

    @needs(Right.CLOSE_HAZARDS)
    def close(self, hazard_id: int, note: str = "") -> None:
        """Strike a re-checked hazard off; from then on nothing about it changes."""
        with self._writing() as session:
            row, hazard = self._found(session, hazard_id)
            check_closer(hazard, self._user.name, self._user.account_id)
            row.state, row.closed_note = State.CLOSED.value, note.strip()
            row.closed_at, row.closed_by = self._now(), self._user.name
            row.closed_account = self._user.account_id
            self._tell(session, hazard_id, StepKind.CLOSED, note)

    @needs(Right.CHANGE_SAFETY)
    def set_rules(self, rules: HazardRules) -> None:
        """Set how long hazards may stand that are found from now on."""
        check_rules(rules)
        with self._writing() as session:
            row = session.get(HazardRuleRow, 1)
            if row is None:
                session.add(HazardRuleRow(id=1, **asdict(rules)))
                return
            for name, value in asdict(rules).items():
                setattr(row, name, value)

    @needs(Right.SEE_SAFETY)
    def today(self, day: date) -> list[Figure | Task | Concern]:
        """Tell what is overdue, what soon will be, what waits for a re-check."""
        with self._reading() as session:
            found = open_in(session, self._clock())
        return list(today.lines(found, day, self._user))

    def _found(self, session: Session, hazard_id: int) -> tuple[HazardRow, Hazard]:
        row = session.get_one(HazardRow, hazard_id)
        return row, hazard_in(session, row, self._clock())

    def _keep(self, session: Session, pictures: Pictures) -> tuple[int, ...]:
        check_pictures(len(pictures))
        now, name = self._now(), self._user.name
        return tuple(add_picture(session, each, now, name) for each in pictures)

    def _tell(
        self, session: Session, hazard_id: int, kind: StepKind, text: str
    ) -> None:
        tell(session, hazard_id, kind, self._clock(), self._user, text)


def _joined(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())
