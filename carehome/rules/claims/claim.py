"""What a claim is: where and when it holds, what it asks, what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.figures import Figure, FigureKey
from carehome.rules.ratings.grades import Sense
from carehome.rules.safety.forms import Sureness
from carehome.rules.today import Text

YES, NO = "yes", "no"


class ClaimKind(StrEnum):
    """What sort of claim it is."""

    GRANT = "grant"
    RELIEF = "relief"
    ALLOWANCE = "allowance"


class For(StrEnum):
    """Who receives it in the end."""

    HOME = "home"
    RESIDENT = "resident"
    STAFF = "staff"
    OTHER = "other"


class Per(StrEnum):
    """What an amount is for: once, or again each month, year or time."""

    ONCE = "once"
    MONTH = "month"
    YEAR = "year"
    TIME = "time"


class Asking(StrEnum):
    """What a question is answered with."""

    YES_NO = "yes_no"
    COUNT = "count"
    MONEY = "money"  # whole fen


class ConditionKind(StrEnum):
    """How it is known whether a condition holds."""

    FIGURE = "figure"
    PROFILE = "profile"
    STAR = "star"
    ASK = "ask"


class State(StrEnum):
    """Whether something is met."""

    MET = "met"
    UNKNOWN = "unknown"
    NOT = "not"


CLAIM_KIND_NAMES = {
    ClaimKind.GRANT: N_("Grant"),
    ClaimKind.RELIEF: N_("Relief"),
    ClaimKind.ALLOWANCE: N_("Allowance"),
}
FOR_NAMES = {
    For.HOME: N_("The home"),
    For.RESIDENT: N_("Residents"),
    For.STAFF: N_("Staff"),
    For.OTHER: N_("Others"),
}
PER_NAMES = {
    Per.ONCE: N_("once"),
    Per.MONTH: N_("a month"),
    Per.YEAR: N_("a year"),
    Per.TIME: N_("each time"),
}
STATE_NAMES = {
    State.MET: N_("Fulfilled"),
    State.UNKNOWN: N_("To be confirmed"),
    State.NOT: N_("Not fulfilled"),
}


class BadAnswer(Refusal):
    """An answer does not fit its question."""

    text = N_("Answer with yes or no, or with a whole number that is not below 0.")


class NoSuchQuestion(Refusal):
    """No claim asks this."""

    text = N_("Nothing asks this any more. Reload the list.")


class NoReason(Refusal):
    """What is hidden without a reason is not understood later."""

    text = N_("Say why this is not for the home.")


@dataclass(frozen=True, slots=True)
class Question:
    """What only the home can answer; several claims may ask the same."""

    code: str
    text: str
    asking: Asking = Asking.YES_NO


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a claim asks, and what tells it; any of `others` does as well."""

    text: str
    kind: ConditionKind
    figure: FigureKey = ""
    sense: Sense = Sense.AT_LEAST
    bound: Fraction = Fraction(1)
    field: str = ""
    among: tuple[str, ...] = ()
    question: Question | None = None
    wanted: str = YES
    others: tuple[FigureKey, ...] = ()

    @property
    def figures(self) -> tuple[FigureKey, ...]:
        """Return the figures of which one has to hold."""
        return (self.figure, *self.others) if self.figure else ()


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One addend: a rate times a figure, times what is answered, or just by itself.

    `percent` takes a share of money; `stars` are rates of grades one to five; an
    allowance is what the program works out for each member of staff.
    """

    name: str
    least: int = 0
    most: int = 0
    percent: int = 0
    stars: tuple[int, ...] = ()
    figure: FigureKey = ""
    question: Question | None = None
    allowance: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a claim comes to: a sum, and how often it is paid."""

    per: Per
    lines: tuple[AmountLine, ...]


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays how many parts of the whole."""

    name: str
    parts: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A grant, relief or allowance of one place, from the province down; none = all."""

    code: str
    name: str
    kind: ClaimKind
    to: For
    region: tuple[str, ...]
    starts: date | None
    ends: date | None
    policy: str
    source: str
    sureness: Sureness
    conditions: tuple[Condition, ...]
    amount: Amount | None = None
    payers: tuple[Payer, ...] = ()
    note: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what only the home can answer, each once."""
        asked = [each.question for each in self.conditions]
        asked += [each.question for each in self._lines]
        return tuple(dict.fromkeys(each for each in asked if each))

    @property
    def figures(self) -> frozenset[FigureKey]:
        """Return the figures that it reads."""
        keys = [key for each in self.conditions for key in each.figures]
        keys += [each.figure for each in self._lines]
        return frozenset(keys) - {""}

    @property
    def _lines(self) -> tuple[AmountLine, ...]:
        return self.amount.lines if self.amount else ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the home knows on a day; `star` is None when no award was ever noted."""

    day: date
    region: str = ""
    address: str = ""
    profile: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[FigureKey, Figure] = field(default_factory=dict)
    star: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    allowances: Mapping[str, int] = field(default_factory=dict)


class Mend(StrEnum):
    """Where it is mended that something is unknown or not met."""

    NOWHERE = ""
    FIGURE = "figure"
    PROFILE = "profile"
    STAR = "star"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one condition is met, why, and where that is mended."""

    text: Text
    state: State
    why: Text
    mend: Mend = Mend.NOWHERE
    key: str = ""


@dataclass(frozen=True, slots=True)
class Addend:
    """One addend worked out; without a count it is not known."""

    line: AmountLine
    count: int | Fraction | None
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Worked:
    """What an amount comes to in fen, with its working."""

    least: int
    most: int
    addends: tuple[Addend, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether every addend is known."""
        return all(each.count is not None for each in self.addends)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim held against what the home knows."""

    claim: Claim
    state: State
    verdicts: tuple[Verdict, ...]
    worked: Worked | None
    is_elsewhere: bool = False

    @property
    def lacking(self) -> tuple[Verdict, ...]:
        """Return what is not met or not known."""
        return tuple(each for each in self.verdicts if each.state is not State.MET)
