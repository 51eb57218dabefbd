"""Claims worked out from the records: who is behind each figure, what is missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.subsidies import SubsidyLeftOutRow, SubsidyRateRow, SubsidyRuleRow
from carehome.i18n import N_
from carehome.rules.claims.amounts import work_out
from carehome.rules.claims.claim import Facts, Mend, State
from carehome.rules.claims.judging import judge, lies_in
from carehome.rules.periods import DAY, Period
from carehome.rules.subsidies.counting import (
    HEAD_NAMES,
    STAFF,
    THING,
    Candidate,
    Counting,
    Heads,
    Person,
    count_meals,
    count_residents,
)
from carehome.rules.subsidies.schemes import Counts, OwnRate, Rate, Scheme, rates_on
from carehome.rules.subsidies.working import Missing, Working, lacking, without
from carehome.rules.today import Text, words
from carehome.services.claims.facts import star_in
from carehome.services.staff.allowances import AllowanceLine
from carehome.services.subsidies.elsewhere import asked_elsewhere_in
from carehome.services.subsidies.people import candidates_in


@dataclass(frozen=True, slots=True)
class StaffClaims:
    """What members of staff may claim in a month, and parts that are due."""

    months: tuple[AllowanceLine, ...]
    bonuses: tuple[AllowanceLine, ...]

    @property
    def sums(self) -> dict[str, int]:
        """What the claims of `rules.claims` ask for."""
        return {
            "post": sum(each.fen for each in self.months),
            "entry": sum(each.fen for each in self.bonuses),
        }

    def people(self, what: Counts, period: Period) -> list[Person]:
        """Return the lines behind one of the two, one for each member of staff.

        A part of a bonus is claimed in the year in which it is due, and in no other.
        """
        if what is Counts.POST:
            return [_person([each]) for each in self.months]
        due: dict[int, list[AllowanceLine]] = defaultdict(list)
        for each in self.bonuses:
            if each.due_on is not None and period.holds(each.due_on):
                due[each.staff_id].append(each)
        return [_person(parts) for parts in due.values()]


def _person(parts: Sequence[AllowanceLine]) -> Person:
    """Return one line for what somebody may claim in all, or why it is nothing."""
    first, fen = parts[0], sum(each.fen for each in parts)
    counted = [each for each in parts if each.fen]
    alike = len({each.fen for each in counted}) == 1
    return Person(
        STAFF,
        first.staff_id,
        first.name,
        first.post,
        None,
        len(counted) if alike else 1,
        counted[0].fen if alike else fen,
        fen,
        " ".join(each.why for each in (counted or parts)),
    )


class Workings:
    """Works out schemes by what the home knows; residents of a month are read once."""

    def __init__(
        self, session: Session, facts: Facts, staff: StaffClaims, today: date
    ) -> None:
        self._session = session
        self._facts = facts
        self._staff = staff
        self._today = today
        self._own = rates_in(session)
        self._counting = counting_in(session)
        self._months: dict[Period, list[Candidate]] = {}

    def of(self, scheme: Scheme, day: date) -> Working:
        """Work out the claim of a scheme for the month, or year, of a day."""
        period = scheme.span(day)
        assert period.end is not None, "a claim is for days that end"
        last = max(min(period.end - DAY, self._today), period.start)
        star = star_in(self._session, last)
        rates = rates_on(scheme, star, self._own, last)
        left_out = left_out_in(self._session, scheme.code, period.start)
        people = without(self._people(scheme, period, rates), left_out)
        facts = self._facts
        if any(own.scheme == scheme.code and own.starts <= last for own in self._own):
            # The home's own place has such a subsidy: its document says so.
            facts = replace(facts, region="".join(scheme.claim.region))
        missing = [*_missing(scheme, facts, star), *lacking(people)]
        if asked := asked_elsewhere_in(self._session, scheme, period):
            missing.insert(0, Missing(asked.said))
        said = self._counted_by(scheme)
        return Working(scheme, period, people, tuple(missing), said, left_out)

    def is_elsewhere(self, scheme: Scheme) -> bool:
        """Say whether a scheme holds elsewhere only, and the home typed no own rate."""
        claim, facts = scheme.claim, self._facts
        if any(each.scheme == scheme.code for each in self._own):
            return False
        return lies_in(claim.region, facts.region, facts.address) is False

    def _people(
        self, scheme: Scheme, period: Period, rates: Mapping[str, Rate]
    ) -> list[Person]:
        match scheme.counts:
            case Counts.RESIDENTS:
                names = _lines_by_class(scheme)
                listed, days = self._residents(period), period.days
                return count_residents(listed, rates, names, self._counting, days)
            case Counts.MEALS:
                rate = next(iter(rates.values()), None)
                return count_meals(self._residents(period), rate)
            case Counts.THINGS:
                return _things(scheme, self._facts)
            case _:
                return self._staff.people(scheme.counts, period)

    def _residents(self, period: Period) -> list[Candidate]:
        if period not in self._months:
            found = candidates_in(self._session, period, self._today)
            self._months[period] = found
        return self._months[period]

    def _counted_by(self, scheme: Scheme) -> tuple[Text, ...]:
        if scheme.counts is Counts.RESIDENTS:
            return _counted_by(self._counting)
        if scheme.counts is Counts.MEALS:
            return (words(N_("One rate a day with a plan of meals and not away")),)
        return ()


def counting_in(session: Session) -> Counting:
    """Return how the home counts."""
    said = dict(
        session.execute(select(SubsidyRuleRow.code, SubsidyRuleRow.value)).all()
    )
    usual = Counting()
    return Counting(
        Heads(said.get("heads", usual.heads)),
        said.get("hospital", "yes" if usual.hospital else "no") == "yes",
    )


def rates_in(session: Session) -> list[OwnRate]:
    """Return the rates that the home typed."""
    order = SubsidyRateRow.scheme, SubsidyRateRow.line, SubsidyRateRow.starts
    return [
        OwnRate(
            row.scheme, row.line, row.star, row.fen, row.starts, row.document, row.id
        )
        for row in session.scalars(select(SubsidyRateRow).order_by(*order))
    ]


def left_out_in(
    session: Session, scheme: str, starts: date
) -> dict[tuple[str, int], str]:
    """Return whom the home leaves out of a claim, and why."""
    row = SubsidyLeftOutRow
    query = select(row.kind, row.key, row.reason).where(
        row.scheme == scheme, row.starts == starts
    )
    return {(kind, key): reason for kind, key, reason in session.execute(query)}


def _lines_by_class(scheme: Scheme) -> dict[str, str]:
    """Lead from a class of ability to the line of the rates that is for it."""
    lines = scheme.claim.amount.lines if scheme.claim.amount else ()
    return {line.figure.rpartition("class_")[2]: line.name for line in lines}


def _things(scheme: Scheme, facts: Facts) -> list[Person]:
    """Return what the home has answered, as lines."""
    if scheme.claim.amount is None:
        return []
    worked = work_out(scheme.claim.amount, facts)
    return [
        Person(
            THING,
            place,
            each.line.name,
            "",
            None,
            int(each.count or 0),
            each.line.least,
            each.least,
            "" if each.count is not None else words(N_("Not answered yet")),
        )
        for place, each in enumerate(worked.addends, 1)
    ]


def _missing(scheme: Scheme, facts: Facts, star: int | None) -> list[Missing]:
    """Return which conditions of the claim are not met or not known."""
    judged = judge(scheme.claim, replace(facts, star=star))
    return [
        Missing(each.text, each.why, each.mend, each.key)
        for each in judged.verdicts
        if each.state is not State.MET
    ] + [
        Missing(
            words(N_("“{name}” is not answered"), name=each.line.name),
            mend=Mend.ASK,
            key=each.line.question.code,
        )
        for each in (judged.worked.addends if judged.worked else ())
        if each.count is None and each.line.question and scheme.counts is Counts.THINGS
    ]


def _counted_by(counting: Counting) -> tuple[Text, ...]:
    hospital = (
        N_("Days in hospital count as days here")
        if counting.hospital
        else N_("Days in hospital do not count")
    )
    return (
        words(N_("Counted: {heads}"), heads=words(HEAD_NAMES[counting.heads])),
        words(hospital),
        words(N_("The source does not say this; the home has set it so")),
    )
