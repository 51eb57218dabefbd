"""Rounds as people see them: lines of lists, and the sheet that is filled in."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from carehome.rules.safety import rounds as rules
from carehome.rules.safety.dues import Due
from carehome.rules.safety.rounds import (
    SUSPICIOUS,
    Mark,
    RoundState,
    Standing,
    Verdict,
)


class DueLine(NamedTuple):
    """A round that the plan asks for, and the round that answers to it.

    `round_id` is also that of a sheet that is open, whatever the standing.
    """

    due: Due
    standing: Standing
    form: str
    kind: str
    place: str
    role: str
    round_id: int | None = None
    is_printed: bool = False

    @property
    def is_under_way(self) -> bool:
        """Say whether a sheet was opened for it that nobody has finished."""
        made = {Standing.MADE, Standing.MADE_LATE}
        return self.round_id is not None and self.standing not in made


class RoundLine(NamedTuple):
    """A round in a list; times are None while it is open.

    A year has thousands, and a tuple is made in a tenth of the time.
    """

    round_id: int
    state: RoundState
    due: Due | None
    form: str
    kind: str
    place: str
    opened_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    entered_at: datetime | None
    patroller: str
    supervisor: str
    signed_at: datetime | None
    items: int
    failed: int
    note: str = ""
    void_reason: str = ""
    printed_at: datetime | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def code(self) -> str:
        """The code by which its sheet is brought back."""
        return rules.code(self.round_id)

    @property
    def is_suspicious(self) -> bool:
        """Say whether somebody should ask about it."""
        return not SUSPICIOUS.isdisjoint(self.marks)

    @property
    def is_to_be_signed(self) -> bool:
        """Say whether a supervisor has still to sign it."""
        return self.state is RoundState.FINISHED and not self.supervisor


@dataclass(frozen=True, slots=True)
class Board:
    """What the plan asks for around now, and what has still to be looked at."""

    now: datetime
    due: tuple[DueLine, ...]
    coming: tuple[DueLine, ...]
    missed: tuple[DueLine, ...]
    under_way: tuple[RoundLine, ...]
    unsigned: tuple[RoundLine, ...]

    @property
    def suspicious(self) -> tuple[RoundLine, ...]:
        """What the supervisor should ask about before signing."""
        return tuple(line for line in self.unsigned if line.is_suspicious)


@dataclass(frozen=True, slots=True)
class RoundList:
    """The rounds of some days, those that were missed, and how many were due."""

    rounds: tuple[RoundLine, ...]
    missed: tuple[DueLine, ...]
    due: int
    made: int
    made_late: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found at one item of a round."""

    verdict: Verdict
    value: str = ""
    note: str = ""
    picture_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Who went round and when, as told or as the clock says.

    `account_id` is the patroller's account, as far as there is one and it is known.
    """

    patroller: str
    started_at: datetime
    ended_at: datetime
    note: str = ""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item of a sheet, and what was found there."""

    item_id: int
    code: str
    section: str
    text: str
    method: str
    fails: str
    needs_picture: bool
    source: str
    severity: str
    answer: Answer | None = None

    @property
    def is_failed(self) -> bool:
        """Say whether it was found not in order."""
        return self.answer is not None and self.answer.verdict is Verdict.FAILED


@dataclass(frozen=True, slots=True)
class Sheet:
    """A round whole; `obstacles` say what it lacks to be finished."""

    line: RoundLine
    role: str
    items: tuple[SheetItem, ...]
    obstacles: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[SheetItem, ...]:
        """What was found not in order."""
        return tuple(item for item in self.items if item.is_failed)
