"""Approvals, contracts, tests and insurance: how long they hold, what is due.

`last_day` is the last day on which a paper holds, as it is printed on it. What the
government bears of a premium differs from place to place and is an estimate: 70 % in
Xi'an (action plan of 2021), a setting elsewhere.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.certificates import Urgency, Warnings
from carehome.rules.money import half_up
from carehome.rules.periods import DAY, Period, after_months

USUAL_WARNINGS = Warnings()
OPERATION_YEARS = 10  # guide for the entrusted operation of a public home


class Group(StrEnum):
    """What sort of paper it is; the dialogs ask accordingly."""

    APPROVAL = "approval"
    CONTRACT = "contract"
    TEST = "test"
    INSURANCE = "insurance"


GROUP_NAMES = {
    Group.APPROVAL: N_("Approval"),
    Group.CONTRACT: N_("Contract"),
    Group.TEST: N_("Test report"),
    Group.INSURANCE: N_("Insurance"),
}
KINDS = {
    Group.APPROVAL: {
        "design_review": N_("Fire design review"),
        "acceptance": N_("Fire acceptance"),
        "filing": N_("Filing of the fire acceptance"),
        "opening_check": N_("Fire check before opening"),
        "special_handling": N_("Opinion of special handling"),
        "registration": N_("Registration as a legal person"),
        "home_filing": N_("Filing receipt of the home"),
        "food_licence": N_("Food licence"),
        "medical_licence": N_("Licence of the clinic"),
        "lift_registration": N_("Registration of lift or boiler"),
        "premises": N_("Right to the premises"),
        "land_transition": N_("Transitional use of the land"),
        "other_approval": N_("Other approval"),
    },
    Group.CONTRACT: {
        "fire_service": N_("Service of the fire equipment"),
        "lift_service": N_("Service of the lift"),
        "gas_service": N_("Service of the gas installation"),
        "electric_service": N_("Service of the electric installation"),
        "duct_cleaning": N_("Cleaning of the kitchen duct"),
        "remote_watch": N_("Remote fire watch"),
        "security": N_("Guards"),
        "shared_building": N_("Duties in a shared building"),
        "operation": N_("Entrusted operation"),
        "other_contract": N_("Other contract"),
    },
    Group.TEST: {
        "facility_test": N_("Full test of the fire facilities"),
        "electric_test": N_("Electrical fire test"),
        "lift_inspection": N_("Inspection of the lift"),
        "lightning_test": N_("Lightning protection test"),
        "gas_test": N_("Safety test of the gas installation"),
        "building_survey": N_("Safety survey of the building"),
        "other_test": N_("Other test"),
    },
    Group.INSURANCE: {
        "liability": N_("Liability insurance of the home"),
        "employer": N_("Employer's liability insurance"),
        "accident": N_("Accident insurance of residents"),
        "fire_liability": N_("Public fire liability insurance"),
        "other_insurance": N_("Other insurance"),
    },
}
KIND_NAMES = {kind: name for kinds in KINDS.values() for kind, name in kinds.items()}
GROUP_OF = {kind: group for group, kinds in KINDS.items() for kind in kinds}
OUTCOME_NAMES = {
    "passed": N_("Passed"),
    "filed": N_("Filed"),
    "special": N_("Specially handled"),
    "exempt": N_("Not required"),
    "pending": N_("Under way"),
    "failed": N_("Failed"),
}
# Papers that end without bearing a last day, after five years: a home on land meant
# for another use (seed 003 L1039), and by law a food licence.
UNTOLD = frozenset({"land_transition", "food_licence"})
# Any one of these, if it went well, shows that the building may be used.
FIRE_APPROVALS = frozenset({"acceptance", "filing", "opening_check"})
FIRE_APPROVALS |= {"special_handling"}
WENT_WELL = frozenset({"passed", "filed", "special", "exempt"})


class LastDayFirst(Refusal):
    """A paper does not end before it begins."""

    text = N_("The last day lies before the first. Check both days.")


class OutcomeMissing(Refusal):
    """An approval or a test came to something."""

    text = N_("Say what came of it: passed, filed, failed or still under way.")


class OperationTooLong(Refusal):
    """A public home is entrusted for ten years at the most."""

    text = N_(
        "An entrusted operation runs for {most} years at the most. Check the days."
    )


class ReceivedHalf(Refusal):
    """Money that came in has an amount and a day."""

    text = N_("Enter both the amount and the day on which the share was received.")


class ReceivedTooMuch(Refusal):
    """Nobody bears more of a premium than it comes to."""

    text = N_("The share received is more than the premium. Check the amount.")


class PercentOutOfRange(Refusal):
    """A share lies between nothing and all."""

    text = N_("A share lies between 0 and 100 %.")


class TestMonthsOutOfRange(Refusal):
    """Tests come again within five years."""

    text = N_("A test comes again after 1 to 60 months.")


class UntoldMonthsOutOfRange(Refusal):
    """Licences run for some years."""

    text = N_("A licence without a last day holds for 1 to 120 months.")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its dates; of insurance `fen` is the premium.

    `subject` is what or which place it is about, `party` who issued, tests, serves
    or insures; `percent` is what the government bears of the premium.
    """

    kind: str
    starts: date
    last_day: date | None = None
    subject: str = ""
    party: str = ""
    number: str = ""
    contact: str = ""
    outcome: str = ""
    fen: int | None = None
    percent: int | None = None
    received_fen: int | None = None
    received_on: date | None = None
    people: int | None = None
    limit_fen: int | None = None
    note: str = ""
    scan_id: int | None = None
    paper_id: int = 0

    @property
    def group(self) -> Group:
        """Say what sort of paper it is."""
        return GROUP_OF[self.kind]

    @property
    def share(self) -> "Share | None":
        """Split the premium; None where there is none, or nobody shares it."""
        if self.fen is None or self.percent is None:
            return None
        return share(self.fen, self.percent)


@dataclass(frozen=True, slots=True)
class PaperRules:
    """How far ahead ends are told, how often is tested, what the government bears."""

    warnings: Warnings = USUAL_WARNINGS
    test_months: int = 12
    government_percent: int = 70
    untold_months: int = 60


@dataclass(frozen=True, slots=True)
class Share:
    """Who bears how much of a premium."""

    government: int
    home: int


def share(fen: int, percent: int) -> Share:
    """Split a premium: the government's part to the fen, the home the rest."""
    government = half_up(fen * percent, 100)
    return Share(government, fen - government)


def check(paper: Paper) -> None:
    """Raise a Refusal for a paper that cannot be."""
    if paper.last_day and paper.last_day < paper.starts:
        raise LastDayFirst
    if paper.group in (Group.APPROVAL, Group.TEST) and not paper.outcome:
        raise OutcomeMissing
    most = after_months(paper.starts, 12 * OPERATION_YEARS)
    if paper.kind == "operation" and paper.last_day and paper.last_day >= most:
        raise OperationTooLong(most=OPERATION_YEARS)
    if (paper.received_fen is None) != (paper.received_on is None):
        raise ReceivedHalf
    if (paper.received_fen or 0) > (paper.fen or 0):
        raise ReceivedTooMuch
    if not 0 <= (paper.percent or 0) <= 100:
        raise PercentOutOfRange


def check_rules(rules: PaperRules) -> None:
    """Raise a Refusal for numbers that make no sense."""
    if not 0 <= rules.government_percent <= 100:
        raise PercentOutOfRange
    if not 1 <= rules.test_months <= 60:
        raise TestMonthsOutOfRange
    if not 1 <= rules.untold_months <= 120:
        raise UntoldMonthsOutOfRange


def good_until(paper: Paper, rules: PaperRules) -> date | None:
    """Return the last day of a paper, or the one that its kind usually has."""
    usual = dict.fromkeys(UNTOLD, rules.untold_months)
    usual["facility_test"] = rules.test_months
    if paper.last_day is None and paper.kind in usual:
        return after_months(paper.starts, usual[paper.kind]) - DAY
    return paper.last_day


def holds(paper: Paper, rules: PaperRules, day: date) -> bool:
    """Say whether a paper that went well is good on a day."""
    if paper.outcome in ("failed", "pending"):
        return False
    last = good_until(paper, rules)
    return paper.starts <= day and (last is None or day <= last)


class Matter(StrEnum):
    """Why something about papers is to be done."""

    ENDS = "ends"
    FAILED = "failed"
    NO_FIRE_APPROVAL = "no-fire-approval"
    NO_TEST = "no-test"
    NO_LIABILITY = "no-liability"
    SHARE_OPEN = "share-open"


MATTER_NAMES = {
    Matter.ENDS: N_("Ends"),
    Matter.FAILED: N_("Failed and not yet passed"),
    Matter.NO_FIRE_APPROVAL: N_("No fire approval on file"),
    Matter.NO_TEST: N_("No full test of the fire facilities on file"),
    Matter.NO_LIABILITY: N_("No liability insurance in force"),
    Matter.SHARE_OPEN: N_("Government's share not yet received"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done; `kind` and `paper_id` are empty for what is not there."""

    matter: Matter
    urgency: Urgency
    kind: str = ""
    subject: str = ""
    last_day: date | None = None
    paper_id: int = 0


def dues(papers: Collection[Paper], rules: PaperRules, today: date) -> list[Due]:
    """List what ends, failed or is missing, what presses most first."""
    found: list[Due] = []
    for paper in papers:
        if not is_replaced(paper, papers, rules):
            found += _of_paper(paper, rules, today)
    found += _missing(papers, rules, today)
    return sorted(found, key=_order)


def is_replaced(paper: Paper, others: Iterable[Paper], rules: PaperRules) -> bool:
    """Say whether a later paper of the same kind and subject goes on from this one.

    One that failed or is under way replaces nothing but what began before a failure.
    """
    for other in others:
        same = (other.kind, other.subject) == (paper.kind, paper.subject)
        if not same or other.paper_id == paper.paper_id or other.outcome == "pending":
            continue
        if paper.outcome in ("failed", "pending") or other.outcome == "failed":
            if other.starts > paper.starts:
                return True
        elif _end(other, rules) > _end(paper, rules):
            return True
    return False


def in_force(papers: Iterable[Paper], rules: PaperRules, span: Period) -> list[Paper]:
    """List the papers that were good on some day of a period."""
    return [
        paper
        for paper in papers
        if (span.end is None or paper.starts < span.end)
        and _end(paper, rules) >= span.start
    ]


def _of_paper(paper: Paper, rules: PaperRules, today: date) -> Iterable[Due]:
    about = paper.kind, paper.subject
    last = good_until(paper, rules)
    if paper.outcome == "failed":
        yield Due(Matter.FAILED, Urgency.LAPSED, *about, None, paper.paper_id)
    elif last and paper.outcome != "pending":
        urgency = rules.warnings.urgency(last, today)
        if urgency is not Urgency.LATER:
            yield Due(Matter.ENDS, urgency, *about, last, paper.paper_id)
    split = paper.share
    if split and split.government and paper.received_on is None:
        yield Due(Matter.SHARE_OPEN, Urgency.FAR, *about, None, paper.paper_id)


def _missing(papers: Iterable[Paper], rules: PaperRules, today: date) -> Iterable[Due]:
    kept = list(papers)
    approved = any(
        paper.kind in FIRE_APPROVALS and paper.outcome in WENT_WELL for paper in kept
    )
    if not approved:
        yield Due(Matter.NO_FIRE_APPROVAL, Urgency.MIDDLE)
    if not any(paper.kind == "facility_test" for paper in kept):
        yield Due(Matter.NO_TEST, Urgency.MIDDLE)
    covered = any(
        paper.kind == "liability" and holds(paper, rules, today) for paper in kept
    )
    if not covered:
        yield Due(Matter.NO_LIABILITY, Urgency.FAR)


def _end(paper: Paper, rules: PaperRules) -> date:
    return good_until(paper, rules) or date.max


def _order(due: Due) -> tuple[int, date, str]:
    return due.urgency, due.last_day or date.max, due.kind
