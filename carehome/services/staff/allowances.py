"""Claims to post allowances and entry bonuses: who has one, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.staff import AllowanceClaimRow, StaffMemberRow
from carehome.i18n import speaking
from carehome.rules import allowances as rules
from carehome.rules.allowances import AllowanceRule, Carer, Finding, Reason
from carehome.rules.certificates import Certificate, Kind
from carehome.rules.rights import Right
from carehome.services.service import Service, needs
from carehome.services.staff.facts import (
    certificates_in,
    held_posts_in,
    kinds_in,
    posts_in,
)
from carehome.services.staff.lists import rules_in

_LADDER = "caregiver"
_Key = tuple[int, str, date]


@dataclass(frozen=True, slots=True)
class AllowanceLine:
    """What one person may claim and why, or why not; `state` is that of the claim.

    What was drafted stays as it was; `differs` says that today's rules give another
    amount. `part` counts the yearly parts of an entry bonus.
    """

    staff_id: int
    name: str
    post: str
    kind: str
    month: date
    fen: int
    reasons: tuple[Reason, ...]
    level: int | None = None
    part: int | None = None
    due_on: date | None = None
    claim_id: int = 0
    state: str = ""
    differs: bool = False

    @property
    def is_entitled(self) -> bool:
        """Say whether there is something to claim."""
        return self.fen > 0

    @property
    def why(self) -> str:
        """Return the reasons in words."""
        return " ".join(reason.say() for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim and what became of it."""

    claim_id: int
    staff_id: int
    name: str
    kind: str
    month: date
    fen: int
    state: str
    drafted_on: date
    claimed_on: date | None
    received_on: date | None


class Allowances(Service):
    """What one person can do with allowances of the staff."""

    @needs(Right.SEE_PAY)
    def rule(self) -> AllowanceRule:
        """Return the amounts and conditions, with their source."""
        return rules.shipped()

    @needs(Right.SEE_PAY)
    def month(self, first: date) -> list[AllowanceLine]:
        """Say for everybody in care what they may claim for a month, or why not."""
        with self._reading() as session:
            return _month_in(session, first.replace(day=1))

    @needs(Right.SEE_PAY)
    def bonuses(self, day: date) -> list[AllowanceLine]:
        """Say for everybody in care which parts of a bonus are due, or why not."""
        with self._reading() as session:
            return _bonuses_in(session, day)

    @needs(Right.SEE_PAY)
    def claims(self, year: int) -> list[Claim]:
        """List the claims of a year, the last month first."""
        with self._reading() as session:
            rows = session.execute(
                select(AllowanceClaimRow, StaffMemberRow.name)
                .join(StaffMemberRow, StaffMemberRow.id == AllowanceClaimRow.staff_id)
                .where(
                    AllowanceClaimRow.month.between(date(year, 1, 1), date(year, 12, 1))
                )
                .order_by(AllowanceClaimRow.month.desc(), StaffMemberRow.name)
            )
            return [_claim(row, name) for row, name in rows]

    @needs(Right.CHANGE_PAY)
    @speaking()
    def draft_month(self, first: date) -> int:
        """Put everybody who has a claim for a month on its list; return how many."""
        with self._writing() as session:
            lines = _month_in(session, first.replace(day=1))
            return _draft_in(session, lines, self._today())

    @needs(Right.CHANGE_PAY)
    @speaking()
    def draft_bonuses(self, day: date) -> int:
        """Draft claims to the parts of entry bonuses that are due by `day`."""
        with self._writing() as session:
            return _draft_in(session, _bonuses_in(session, day), self._today())

    @needs(Right.CHANGE_PAY)
    def drop(self, claim_ids: Iterable[int]) -> None:
        """Take drafted claims off the list."""
        with self._writing() as session:
            for row in _claims_in(session, claim_ids):
                if row.state != "drafted":
                    raise rules.AlreadyClaimed
                session.delete(row)

    @needs(Right.CHANGE_PAY)
    def mark_claimed(self, claim_ids: Iterable[int], day: date) -> None:
        """Note that drafted claims were handed in."""
        with self._writing() as session:
            for row in _claims_in(session, claim_ids):
                if row.state != "drafted":
                    raise rules.NotDrafted
                row.state, row.claimed_on = "claimed", day

    @needs(Right.CHANGE_PAY)
    def mark_received(self, claim_ids: Iterable[int], day: date) -> None:
        """Note that the money of claims has come."""
        with self._writing() as session:
            for row in _claims_in(session, claim_ids):
                if row.state != "claimed" or row.claimed_on is None:
                    raise rules.NotClaimed
                if day < row.claimed_on:
                    raise rules.ReceivedTooEarly(day=row.claimed_on.isoformat())
                row.state, row.received_on = "received", day

    @needs(Right.CHANGE_PAY)
    def take_back(self, claim_ids: Iterable[int]) -> None:
        """Take back the last step of claims: received, then handed in."""
        with self._writing() as session:
            for row in _claims_in(session, claim_ids):
                if row.state == "received":
                    row.state, row.received_on = "claimed", None
                else:
                    row.state, row.claimed_on = "drafted", None


def _month_in(session: Session, month: date) -> list[AllowanceLine]:
    rule = rules.shipped().post
    transition = rules_in(session).transition_from
    drafted = _drafted_in(session)
    return [
        _line(
            person,
            "post",
            month,
            rules.post_allowance(person.carer, month, rule, transition),
            drafted,
        )
        for person in _people_in(session, month)
        if person.carer.hired_on <= month and person.here_after(month)
    ]


def _bonuses_in(session: Session, day: date) -> list[AllowanceLine]:
    """List every part that is due, and the next one; one line says what bars all."""
    rule, drafted = rules.shipped(), _drafted_in(session)
    lines = []
    for person in _people_in(session, day):
        for part in range(1, len(rule.entry.shares) + 1):
            found = rules.entry_bonus(person.carer, part, day, rule)
            assert found.due_on is not None, "each part has its day"
            month = found.due_on.replace(day=1)
            lines.append(_line(person, "entry", month, found, drafted))
            if not found.is_entitled:
                break
    return lines


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody in front-line care, with what decides on allowances."""

    staff_id: int
    name: str
    post: str
    carer: Carer

    def here_after(self, day: date) -> bool:
        """Say whether the person had not left before `day`."""
        return self.carer.left_on is None or self.carer.left_on > day


def _people_in(session: Session, day: date) -> list[_Person]:
    """Return who is or was in front-line care, with the level held on `day`."""
    posts, held = posts_in(session), held_posts_in(session)
    kinds, certificates = kinds_in(session), certificates_in(session)
    found = []
    rows = select(StaffMemberRow).order_by(StaffMemberRow.name, StaffMemberRow.id)
    for row in session.scalars(rows):
        mine = [posts[number] for number in held[row.id]]
        if not any(post.is_care for post in mine):
            continue
        carer = Carer(
            row.hired_on,
            mine[0].is_care,
            row.left_on,
            row.care_since,
            level_on(certificates[row.id], kinds, day),
            row.education,
            row.graduated_on,
            row.is_full_time,
        )
        found.append(_Person(row.id, row.name, mine[0].name, carer))
    return found


def level_on(
    certificates: Iterable[Certificate], kinds: Mapping[int, Kind], day: date
) -> int | None:
    """Return the highest level of caregiver held on `day`: 1 above 5."""
    levels = [
        level
        for each in certificates
        if each.period.holds(day)
        and kinds[each.kind_id].ladder == _LADDER
        and (level := kinds[each.kind_id].level) is not None
    ]
    return min(levels, default=None)


def _line(
    person: _Person,
    kind: str,
    month: date,
    found: Finding,
    drafted: Mapping[_Key, AllowanceClaimRow],
) -> AllowanceLine:
    """Hold what somebody may claim against the claim that is there already."""
    claim = drafted.get((person.staff_id, kind, month))
    return AllowanceLine(
        person.staff_id,
        person.name,
        person.post,
        kind,
        month,
        claim.fen if claim else found.fen,
        found.reasons,
        found.level,
        found.part,
        found.due_on,
        claim.id if claim else 0,
        claim.state if claim else "",
        claim is not None and claim.fen != found.fen,
    )


def _drafted_in(session: Session) -> dict[_Key, AllowanceClaimRow]:
    rows = session.scalars(select(AllowanceClaimRow))
    return {(row.staff_id, row.kind, row.month): row for row in rows}


def _draft_in(session: Session, lines: Iterable[AllowanceLine], today: date) -> int:
    fresh = [line for line in lines if line.is_entitled and not line.claim_id]
    if not fresh:
        raise rules.NothingToDraft
    for line in fresh:
        facts = {"level": line.level, "part": line.part, "why": line.why}
        row = AllowanceClaimRow(
            staff_id=line.staff_id,
            kind=line.kind,
            month=line.month,
            fen=line.fen,
            basis=facts,
            drafted_on=today,
        )
        session.add(row)
    session.flush()
    return len(fresh)


def _claims_in(session: Session, claim_ids: Iterable[int]) -> list[AllowanceClaimRow]:
    query = select(AllowanceClaimRow).where(AllowanceClaimRow.id.in_(list(claim_ids)))
    return list(session.scalars(query.order_by(AllowanceClaimRow.id)))


def _claim(row: AllowanceClaimRow, name: str) -> Claim:
    return Claim(
        row.id,
        row.staff_id,
        name,
        row.kind,
        row.month,
        row.fen,
        row.state,
        row.drafted_on,
        row.claimed_on,
        row.received_on,
    )
