"""What the services of bank statements hand out and refuse."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.bank.choosing import Choice
from carehome.rules.bank.faults import Fault
from carehome.rules.bank.linking import OpenDeed
from carehome.rules.bank.matching import Part, Suggestion
from carehome.rules.bank.reconciling import Deed
from carehome.rules.bank.statement import Statement


class StatementRefused(Refusal):
    """A file cannot be taken over as it is."""

    text = N_("{count} {count:line is|lines are} wrong. {first}")


class AllKnown(Refusal):
    """There is nothing new in a file."""

    text = N_(
        "All lines of this statement were read in before. Choose a statement of later "
        "days."
    )


class MatchedAlready(Refusal):
    """A statement of which lines are dealt with is not taken out again."""

    text = N_(
        "{count} {count:line|lines} of this statement are dealt with already. Take "
        "that back first, then the statement can go."
    )


class ReceiptStands(Refusal):
    """What was booked from a line is taken back by its receipt alone."""

    text = N_(
        "This line was booked with receipt {number}. Void that receipt first; then the "
        "line is open again."
    )


class NotForPayments(Refusal):
    """Only what came into the account of daily business pays bills."""

    text = N_(
        "Only money that came into the account of daily business is booked as a "
        "payment. Choose a deed that is in the books, or say what the line is."
    )


class NotOpen(Refusal):
    """A chosen deed is not in the books, or the bank has told it already."""

    text = N_("What you have chosen is dealt with already. Look at the list again.")


class MatchedElsewhere(Refusal):
    """Another account tells of the same transfer."""

    text = N_(
        "A line of “{name}” is matched with this transfer. Take that back first; then "
        "this line is open again."
    )


class LineRefused(Refusal):
    """One of several lines cannot be booked, so none was."""

    text = N_(
        "The line of {day} over {amount} from {party} cannot be booked, so none was: "
        "{reason}"
    )


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account of the home, and up to which day it is read in."""

    account_id: int
    name: str
    bank: str
    number: str
    purpose: str
    is_active: bool
    last_day: date | None = None
    balance_fen: int | None = None
    open_lines: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at: what it tells, or all that is wrong with it.

    `known` names the lines that were read in before; they are left out. `gap` says
    that the file does not go on from what was read in before.
    """

    file: str
    statement: Statement | None
    faults: tuple[Fault, ...] = ()
    known: tuple[Fault, ...] = ()
    gap: Fault | None = None


@dataclass(frozen=True, slots=True)
class Peek:
    """The first rows of a file, as texts."""

    file: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a deed took over of a statement."""

    statement_id: int
    new: int
    known: int


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """A file that was read in."""

    statement_id: int
    file: str
    layout: str
    first: date
    last: date
    lines: int
    open_lines: int
    read_at: datetime
    read_by: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a line: the deed it is, or why it is none."""

    claim_id: int
    fen: int
    deed: Deed | None
    reason: str
    text: str
    resident_id: int | None
    is_posted: bool
    is_void: bool = False  # the deed was taken back, so the line is open again


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of the bank with what was said of it, and what may be said."""

    line_id: int
    day: date
    fen: int
    balance_fen: int
    party: str
    party_account: str
    text: str
    serial: str
    said: tuple[Said, ...]
    deeds: tuple[tuple[OpenDeed, ...], ...] = ()
    people: tuple[Suggestion, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def best(self) -> Choice | None:
        """Return what the line is most likely."""
        return self.choices[0] if self.choices else None

    def with_choices(self, choices: tuple[Choice, ...]) -> "KeptLine":
        """Return the line with other choices."""
        return replace(self, choices=choices)

    @property
    def unclaimed(self) -> int:
        """Return what nothing was said of yet."""
        return self.fen - sum(each.fen for each in self.said if not each.is_void)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody took a line for."""

    line_id: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Posting:
    """What of a line is booked as whose payment."""

    line_id: int
    parts: tuple[Part, ...]
