"""The rows of the lists of rounds: what is due, missed or made, and how it is shown."""

from datetime import datetime
from typing import NamedTuple

from carehome.i18n import N_, _
from carehome.rules.periods import Period
from carehome.rules.rights import ROLE_NAMES, Role
from carehome.rules.safety.dues import Due
from carehome.rules.safety.rounds import MARK_NAMES, STANDING_NAMES, Standing
from carehome.services.safety.rounds import Board, DueLine, RoundLine, RoundList, Rounds
from carehome.ui.kit import table
from carehome.ui.kit.table import Column
from carehome.ui.safety.round_words import (
    STANDING_TONES,
    say_made,
    say_standing,
    say_window,
    tone_of,
)

NOW, MISSED, ODD, ALL = "now", "missed", "odd", "all"
Filled = tuple[RoundList, list["Row"]]


# What a list does without, so that what it is about is seen without scrolling: what
# nobody made has none of it, and a sheet that is opened says all of it at its head.
LEFT_OUT = {
    NOW: frozenset({"Entered at"}),
    MISSED: frozenset({"Made when", "Entered at", "Failed items"}),
    ODD: frozenset({"Due from when to when", "Entered at", "Failed items"}),
    ALL: frozenset[str](),
}


class Row(NamedTuple):
    """A round or a gap in a list: what the plan asks for, what was made, or both."""

    state: str
    tone: str
    form: str
    place: str
    role: str
    due: Due | None
    standing: Standing | None = None
    made: RoundLine | None = None
    round_id: int | None = None
    remark: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is about."""
        due = (self.due.plan_id, self.due.opens) if self.due and not self.made else ()
        return (self.made.round_id if self.made else None, *due)

    @property
    def begun(self) -> datetime | None:
        """When the round was begun, as told."""
        return (self.made.started_at or self.made.opened_at) if self.made else None


def row_of_due(line: DueLine) -> Row:
    """Return the row of what the plan asks for."""
    state, tone = _(STANDING_NAMES[line.standing]), STANDING_TONES[line.standing]
    remark = ""
    if line.is_under_way and line.standing is Standing.MISSED:
        remark = _("Begun and not finished")
        if line.is_printed:
            remark = _("Sheet printed, not brought back")
    elif line.is_under_way:
        state, tone = _("Under way"), "info"
        if line.is_printed:
            state = _("Sheet printed")
    due, place, standing = line.due, line.place, line.standing
    role = _(ROLE_NAMES[Role(line.role)]) if line.role in set(Role) else line.role
    values = (state, tone, line.form, place, role, due, standing)
    return Row(*values, round_id=line.round_id, remark=remark)


def row_of_round(line: RoundLine) -> Row:
    """Return the row of a round that was begun or made."""
    values = (line.form, line.place, line.patroller, line.due)
    state, tone = say_standing(line), tone_of(line)
    return Row(state, tone, *values, made=line, round_id=line.round_id)


def rows_of_board(board: Board) -> list[Row]:
    """Return what waits: due, begun, missed, to be signed, to come."""
    planned = (*board.due, *board.missed, *board.coming)
    begun = {line.round_id for line in planned if line.round_id}
    others = (line for line in board.under_way if line.round_id not in begun)
    return [
        *map(row_of_due, sorted(board.due, key=lambda line: line.due.closes)),
        *map(row_of_round, others),
        *map(row_of_due, reversed(board.missed)),  # the last one first
        *map(row_of_round, board.unsigned),
        *map(row_of_due, board.coming),
    ]


def read_rows(rounds: Rounds, period: Period, which: str) -> Filled:
    """Read the rounds of some days, and put those that a list is about into rows.

    It is done beside the screen, since of a year there are thousands.
    """
    listed = rounds.listed(period)
    return listed, rows_of(listed, which)


def rows_of(listed: RoundList, which: str) -> list[Row]:
    """Return the rounds of some days that a list is about, the last one first."""
    made = [] if which == MISSED else listed.rounds
    missed = [] if which == ODD else listed.missed
    shown = (line for line in made if which == ALL or line.is_suspicious)
    rows = [*map(row_of_round, shown), *map(row_of_due, missed)]
    return sorted(rows, key=_when, reverse=True)


def _when(row: Row) -> datetime:
    when = row.due.opens if row.due else row.begun
    assert when, "a round is due or was begun"
    return when


def _say_made(row: Row) -> str | None:
    if row.made is None or row.made.started_at is None:
        return None
    return say_made(row.made.started_at, row.made.ended_at)


def _say_marks(row: Row) -> str | None:
    marks = row.made.marks if row.made else ()
    return _(", ").join(_(MARK_NAMES[mark]) for mark in marks) or row.remark or None


def _is_bad(row: Row) -> bool:
    return bool(row.remark) or (row.made is not None and row.made.is_suspicious)


COLUMNS: tuple[Column[Row], ...] = (
    Column(N_("State"), lambda row: row.state, chip=lambda row: row.tone),
    Column(N_("Checklist"), lambda row: row.form, bold=True),
    Column(N_("Place"), lambda row: row.place),
    Column(
        N_("Due from when to when"),
        lambda row: say_window(row.due) if row.due else None,
        order=lambda row: row.due.opens if row.due else None,
    ),
    Column(N_("By whom"), lambda row: row.role or None),
    Column(N_("Made when"), _say_made, order=lambda row: row.begun),
    table.moment(
        N_("Entered at"), lambda row: row.made.entered_at if row.made else None
    ),
    Column(
        N_("Failed items"),
        lambda row: (row.made.failed or None) if row.made else None,
        tone=lambda _row: "bad",
        align=table.RIGHT,
        kind="number",
    ),
    Column(
        N_("What is odd"),
        _say_marks,
        stretch=True,
        tone=lambda row: "bad" if _is_bad(row) else None,
        tip=lambda row: _say_marks(row) or "",
    ),
)
