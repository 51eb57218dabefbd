"""What one person can do with the subsidies of the home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.subsidies import (
    SubsidyClaimRow,
    SubsidyLeftOutRow,
    SubsidyPaymentRow,
    SubsidyRateRow,
    SubsidyRuleRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE
from carehome.reports.workbook import write_workbook
from carehome.rules.ledger.voids import check_void
from carehome.rules.periods import DAY, after_months, months_after
from carehome.rules.residents import check_happened
from carehome.rules.rights import Right
from carehome.rules.subsidies.counting import Counting, LeftOutWithoutReason
from carehome.rules.subsidies.schemes import Counts, OwnRate, schemes
from carehome.rules.subsidies.working import Changes, Working, compared
from carehome.rules.today import Concern, Fen, Month, Target, Urgency, words
from carehome.services.claims.facts import facts_in
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs
from carehome.services.staff import Allowances
from carehome.services.subsidies import claims as kept
from carehome.services.subsidies.claims import SubsidyClaim, claims_in
from carehome.services.subsidies.paper import book_of, paper_of
from carehome.services.subsidies.workings import (
    StaffClaims,
    Workings,
    counting_in,
    rates_in,
)
from carehome.services.tills import check_open_in

SHOWS = frozenset(
    {
        *("subsidy_claim", "subsidy_person", "subsidy_payment", "subsidy_rate"),
        *("subsidy_rule", "subsidy_left_out", "stay", "absence", "assessment"),
        *("rating_award", "claim_answer", "meal_choice", "allowance_claim", "home"),
        "safety_paper",
    }
)
STANDING = ("handed_in", "granted")
WAITING = 2  # months after which an answer or money is asked for (ours)


class RateIncomplete(Refusal):
    """A rate is typed without the document that it stands in."""

    text = N_("Type the document in which the rate stands, with its number and day.")


@dataclass(frozen=True, slots=True)
class Summary:
    """A scheme in the days it is for: worked out now, and as it was claimed."""

    working: Working
    claim: SubsidyClaim | None
    is_elsewhere: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class Setup:
    """How the home counts, and the rates it typed."""

    counting: Counting
    rates: tuple[OwnRate, ...]


class Subsidies(Service):
    """What one person can do with the subsidies of the home."""

    @needs(Right.KEEP_BOOKS)
    def month(self, day: date) -> list[Summary]:
        """Work out all schemes for the month of a day; those of elsewhere come last."""
        staff = self._staff(day)
        with self._reading() as session:
            claims = claims_in(session)
            facts = facts_in(session, self._today(), staff.sums)
            workings = Workings(session, facts, staff, self._today())
            found = [
                _summary(workings.of(scheme, day), workings, claims)
                for scheme in schemes().values()
            ]
        return sorted(found, key=lambda each: each.is_elsewhere)

    @needs(Right.KEEP_BOOKS)
    def claims(self) -> list[SubsidyClaim]:
        """List all claims that were handed in, the newest first."""
        with self._reading() as session:
            return claims_in(session)

    @needs(Right.KEEP_BOOKS)
    def setup(self) -> Setup:
        """Return how the home counts, and the rates it typed."""
        with self._reading() as session:
            return Setup(counting_in(session), tuple(rates_in(session)))

    @needs(Right.KEEP_BOOKS)
    def hand_in(self, scheme: str, day: date, office: str, handed_on: date) -> int:
        """Hand in the claim of the month of `day` as it is worked out now."""
        check_happened(handed_on, self._today())
        staff = self._staff(day)
        with self._writing() as session:
            facts = facts_in(session, self._today(), staff.sums)
            workings = Workings(session, facts, staff, self._today())
            working = workings.of(schemes()[scheme], day)
            by = self._user.name
            return kept.hand_in(session, working, office, handed_on, by).id

    @needs(Right.KEEP_BOOKS)
    def grant(
        self,
        claim_id: int,
        day: date,
        each: Mapping[tuple[str, int], int] | None = None,
        answer: str = "",
    ) -> None:
        """Keep what was granted; `each` names lines of which it was another sum."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = kept.waiting_row(session, claim_id)
            kept.check_after(row, day)
            if each and not answer.strip():
                raise kept.ReasonOfClaimMissing
            kept.grant_people(session, claim_id, each or {})
            session.flush()
            row.granted_fen = kept.granted_sum(session, claim_id)
            self._decide(row, "granted", day, answer)

    @needs(Right.KEEP_BOOKS)
    def refuse(self, claim_id: int, day: date, reason: str) -> None:
        """Keep that the office refused a claim, and why."""
        check_happened(day, self._today())
        self._end(claim_id, "refused", day, reason)

    @needs(Right.KEEP_BOOKS)
    def take_back(self, claim_id: int, reason: str) -> None:
        """Take a claim back that was handed in wrongly; it can be made anew."""
        self._end(claim_id, "taken_back", self._today(), reason)

    @needs(Right.KEEP_BOOKS)
    def receive(
        self, claim_id: int, day: date, fen: int, method: str, paper: str = ""
    ) -> int:
        """Book money of a granted claim that came in."""
        check_happened(day, self._today())
        with self._writing() as session:
            row = session.get_one(SubsidyClaimRow, claim_id)
            if row.granted_fen is None:
                raise kept.NotWaiting
            kept.check_after(row, day)
            check_open_in(session, self._user.account_id, method, day)
            left = row.granted_fen - kept.received_in(session, claim_id)
            if fen > left:
                raise kept.MoreThanGranted.by(left)
            paid = SubsidyPaymentRow(
                claim_id=claim_id,
                day=day,
                fen=fen,
                method=method,
                paper=paper.strip(),
                taken_by=self._user.account_id,
                void_reason="",
            )
            session.add(paid)
            session.flush()
            return paid.id

    @needs(Right.KEEP_BOOKS)
    def void_money(self, payment_id: int, reason: str) -> None:
        """Void money that was booked by mistake."""
        with self._writing() as session:
            row = session.get_one(SubsidyPaymentRow, payment_id)
            check_void(row.voided_at is not None, reason)
            check_open_in(session, row.taken_by, row.method, self._today())
            row.voided_at, row.void_reason = self._now(), reason.strip()

    @needs(Right.KEEP_BOOKS)
    def leave_out(
        self, scheme: str, day: date, who: tuple[str, int], name: str, reason: str
    ) -> None:
        """Leave somebody out of the claim of a month, and say why."""
        if not reason.strip():
            raise LeftOutWithoutReason(name=name)
        starts = schemes()[scheme].span(day).start
        with self._writing() as session:
            row = _left_out_row(session, scheme, starts, who) or SubsidyLeftOutRow(
                scheme=scheme, starts=starts, kind=who[0], key=who[1]
            )
            row.reason = reason.strip()
            session.add(row)

    @needs(Right.KEEP_BOOKS)
    def take_in_again(self, scheme: str, day: date, who: tuple[str, int]) -> None:
        """Let somebody count again who was left out."""
        starts = schemes()[scheme].span(day).start
        with self._writing() as session:
            if row := _left_out_row(session, scheme, starts, who):
                session.delete(row)

    @needs(Right.KEEP_BOOKS)
    def count_by(self, counting: Counting) -> None:
        """Say how the home counts where no source says it."""
        values = {
            "heads": counting.heads.value,
            "hospital": "yes" if counting.hospital else "no",
        }
        with self._writing() as session:
            for code, value in values.items():
                query = select(SubsidyRuleRow).where(SubsidyRuleRow.code == code)
                row = session.scalar(query) or SubsidyRuleRow(code=code)
                row.value = value
                session.add(row)

    @needs(Right.KEEP_BOOKS)
    def set_rate(self, rate: OwnRate) -> int:
        """Keep a rate of the home's own place; the same line and day is replaced."""
        if not rate.document.strip():
            raise RateIncomplete
        with self._writing() as session:
            query = select(SubsidyRateRow).where(
                SubsidyRateRow.scheme == rate.scheme,
                SubsidyRateRow.line == rate.line,
                SubsidyRateRow.star == rate.star,
                SubsidyRateRow.starts == rate.starts,
            )
            row = session.scalar(query) or SubsidyRateRow(
                scheme=rate.scheme, line=rate.line, star=rate.star, starts=rate.starts
            )
            row.fen, row.document = rate.fen, rate.document.strip()
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.KEEP_BOOKS)
    def remove_rate(self, rate_id: int) -> None:
        """Remove a rate; what was handed in by it stays as it was."""
        with self._writing() as session:
            session.delete(session.get_one(SubsidyRateRow, rate_id))

    @needs(Right.KEEP_BOOKS)
    def write_paper(self, scheme: str, day: date, path: Path) -> None:
        """Write the claim of a month with its list of people, as a PDF."""
        found = self._shown(scheme, day)
        with self._reading() as session:
            head = letterhead_in(session)
        write_list(path, paper_of(found.working, found.claim), head, A4_WIDE)

    @needs(Right.KEEP_BOOKS)
    def write_book(self, scheme: str, day: date, path: Path) -> None:
        """Write the same list as a workbook."""
        found = self._shown(scheme, day)
        with self._reading() as session:
            head = letterhead_in(session)
        write_workbook(path, book_of(found.working, found.claim), head)

    @needs(Right.KEEP_BOOKS)
    def today(self, day: date) -> list[Concern]:
        """Tell of a month that was not claimed yet, and of claims nobody answers."""
        with self._reading() as session:
            claims = [each for each in claims_in(session) if each.state in STANDING]
        last = months_after(day.replace(day=1), -1)
        newest = {each.scheme: each for each in reversed(claims)}
        concerns = [
            _due(claim, last)
            for claim in newest.values()
            if claim.period.start < last and claim.is_monthly
        ]
        for claim in claims:
            asked = claim.decided_on or claim.handed_on
            is_late = after_months(asked, WAITING) <= day
            if is_late and claim.stands in STANDING:
                concerns.append(_waiting(claim, asked))
        return concerns

    def _shown(self, scheme: str, day: date) -> Summary:
        found = next(x for x in self.month(day) if x.working.scheme.code == scheme)
        if found.claim is None:
            return found
        return replace(found, working=replace(found.working, people=found.claim.people))

    def _staff(self, day: date) -> StaffClaims:
        """Return what staff may claim, as their own page works it out.

        Bonuses are looked at up to the end of what they are claimed for.
        """
        allowances = Allowances(self._db, self._user, self._clock)
        bonuses = (x for x in schemes().values() if x.counts is Counts.ENTRY)
        spans = [each.span(day) for each in bonuses]
        last = max((span.end - DAY for span in spans if span.end), default=day)
        return StaffClaims(
            tuple(allowances.month(day.replace(day=1))),
            tuple(allowances.bonuses(min(last, self._today()))),
        )

    def _decide(self, row: SubsidyClaimRow, state: str, day: date, answer: str) -> None:
        row.state, row.decided_on = state, day
        row.decided_by, row.answer = self._user.name, answer.strip()

    def _end(self, claim_id: int, state: str, day: date, reason: str) -> None:
        if not reason.strip():
            raise kept.ReasonOfClaimMissing
        with self._writing() as session:
            row = session.get_one(SubsidyClaimRow, claim_id)
            if row.state not in STANDING:
                raise kept.NotWaiting
            if kept.received_in(session, claim_id):
                raise kept.MoneyCameIn
            if state == "refused":
                kept.check_after(row, day)
            row.granted_fen = None
            self._decide(row, state, day, reason)


def _summary(
    working: Working, workings: Workings, claims: Sequence[SubsidyClaim]
) -> Summary:
    """Put a claim beside what was handed in of it, and the one before."""
    scheme = working.scheme
    mine = [
        each for each in claims if each.scheme == scheme.code and each.state in STANDING
    ]
    first = working.period.start
    now = next((each for each in mine if each.period.start == first), None)
    before = next((each for each in mine if each.period.start < first), None)
    people = now.people if now else working.people
    changes = compared(before.people, people) if before else Changes()
    return Summary(working, now, workings.is_elsewhere(scheme), changes)


def _left_out_row(
    session: Session, scheme: str, starts: date, who: tuple[str, int]
) -> SubsidyLeftOutRow | None:
    row = SubsidyLeftOutRow
    query = select(row).where(
        row.scheme == scheme, row.starts == starts, row.kind == who[0]
    )
    return session.scalar(query.where(row.key == who[1]))


def _due(claim: SubsidyClaim, month: date) -> Concern:
    return Concern(
        words(N_("{name}, {month}"), name=claim.name, month=_month(month)),
        words(N_("not handed in yet; the last claim was for an earlier month")),
        Urgency.SOON,
        Target("subsidies", month.toordinal()),
    )


def _waiting(claim: SubsidyClaim, asked: date) -> Concern:
    text = (
        N_("granted on {day}, {fen} is still to come in")
        if claim.state == "granted"
        else N_("handed in on {day}, no answer yet")
    )
    return Concern(
        words(N_("{name}, {month}"), name=claim.name, month=_month(claim.period.start)),
        words(text, day=asked, fen=Fen(claim.open)),
        Urgency.SOON,
        Target("subsidy_claims", claim.claim_id),
    )


def _month(day: date) -> Month:
    return Month(day.year, day.month, 1)
