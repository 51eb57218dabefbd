"""Late facts about months that were billed: what the next bill puts right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from carehome.i18n import N_
from carehome.rules.billing.causes import Key, causes
from carehome.rules.billing.lines import Line, Source
from carehome.rules.periods import months_after

Told = tuple[str, str, str, int]  # what a line charges, and by how much it corrects


class Standing(StrEnum):
    """What becomes of a correction in the next bill."""

    DUE = "due"
    WAITING = "waiting"
    TAKEN = "taken"
    LEFT = "left"


STANDING_NAMES: dict[Standing, str] = {
    Standing.DUE: N_("In the next bill"),
    Standing.WAITING: N_("Waits for the director"),
    Standing.TAKEN: N_("Confirmed by the director"),
    Standing.LEFT: N_("Left as it was charged"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The director's word on one correction: `lines` are those looked at."""

    is_taken: bool
    lines: tuple[Told, ...]
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What one month of one resident is to be corrected by, and whether it will be."""

    month: date
    lines: tuple[Line, ...]
    standing: Standing
    choice: Choice | None = None

    @property
    def fen(self) -> int:
        """Return what the correction comes to."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def is_in(self) -> bool:
        """Say whether the next bill holds it."""
        return self.standing in {Standing.DUE, Standing.TAKEN}


def adjust(charged: Sequence[Line], now: Sequence[Line]) -> list[Line]:
    """Return what corrects one month: a line for each item, kind and payer that differ.

    `charged` are all lines posted for the month so far, its adjustments among them;
    `now` is what the month comes to by what is known today. What a payer refused is no
    fact of the month and stays charged, but never beyond what the payer bears of it.
    """
    refused = [line for line in charged if "cut" in line.source]
    charged = [line for line in charged if "cut" not in line.source]
    before, after = _sums(charged), _sums(now)
    faces = {_key(line): line for line in (*charged, *now)}
    differences = []
    for key, face in faces.items():
        old, new = before.get(key, 0), after.get(key, 0)
        if old != new:
            why = causes(key, charged, now, (before, after))
            differences.append(_difference(face, key, old, new, why))
    return differences + list(_refusals_within(refused, now))


def _refusals_within(refused: Sequence[Line], now: Sequence[Line]) -> Iterator[Line]:
    """Yield what keeps each payer's refusals of a month within what it bears.

    A family that bears the fees itself after all is not charged for the refusal too.
    """
    for payer in dict.fromkeys(line.payer for line in refused):
        mine = [line for line in refused if line.payer == payer]
        whole = sum(line.amount_fen for line in mine if line.source["cut"])
        borne = -sum(line.amount_fen for line in now if line.payer == payer)
        old, new = sum(line.amount_fen for line in mine), min(whole, max(borne, 0))
        if old != new:
            yield _difference(mine[0], _key(mine[0]), old, new, {"cut": 0})


def corrections(
    charged: Mapping[date, Sequence[Line]],
    now: Mapping[date, Sequence[Line]],
    oldest: date,
    choices: Mapping[date, Choice],
) -> tuple[Correction, ...]:
    """Return what corrects the months that differ, the oldest first.

    Months before `oldest` wait for the director's word on just this correction.
    """
    found = []
    for month in sorted(charged.keys() | now.keys()):
        lines = tuple(adjust(charged.get(month, ()), now.get(month, ())))
        if not lines:
            continue
        choice = choices.get(month)
        if choice is not None and choice.lines != told(lines):
            choice = None
        if month >= oldest:
            found.append(Correction(month, lines, Standing.DUE))
        elif choice is None:
            found.append(Correction(month, lines, Standing.WAITING))
        elif choice.is_taken:
            lines = tuple(_confirmed(line, choice) for line in lines)
            found.append(Correction(month, lines, Standing.TAKEN, choice))
        else:
            found.append(Correction(month, lines, Standing.LEFT, choice))
    return tuple(found)


def told(lines: Iterable[Line]) -> tuple[Told, ...]:
    """Return what a correction comes to, line by line, in one order."""
    return tuple(sorted((*_key(line), line.amount_fen) for line in lines))


def _confirmed(line: Line, choice: Choice) -> Line:
    """Let a line say who confirmed it, and why."""
    word = {"confirmed_by": choice.by, "reason": choice.reason}
    return line._replace(source={**line.source, **word})


@dataclass(frozen=True, slots=True)
class Cut:
    """What a payer refused of a month, so that the family bears it after all."""

    cut_id: int
    payer: str
    payer_name: str
    month: date
    fen: int
    reason: str


def cut_line(cut: Cut) -> Line:
    """Return the line by which the next bill charges what a payer refused."""
    return Line(
        "adjustment",
        "",
        cut.payer_name,
        "",
        cut.month,
        cut.month,
        months_after(cut.month, 1),
        0,
        1,
        0,
        cut.fen,
        {"corrects": "cut", "cut": cut.cut_id, "reason": cut.reason},
        payer=cut.payer,
    )


def _key(line: Line) -> Key:
    """Return what a line charges; an adjustment counts as what it corrects."""
    kind = str(line.source["corrects"]) if line.kind == "adjustment" else line.kind
    return kind, line.item_code, line.payer


def _sums(lines: Iterable[Line]) -> dict[Key, int]:
    """Add up lines by what they charge."""
    sums: dict[Key, int] = {}
    for line in lines:
        key = _key(line)
        sums[key] = sums.get(key, 0) + line.amount_fen
    return sums


def _difference(face: Line, key: Key, old: int, new: int, more: Source) -> Line:
    """Return the line that turns the old amount of a month into the new one."""
    return Line(
        "adjustment",
        face.item_code,
        face.item_name,
        face.category,
        face.for_month,
        face.for_month,
        months_after(face.for_month, 1),
        0,
        1,
        0,
        new - old,
        {"corrects": key[0], "old": old, "new": new, **more},
        payer=face.payer,
    )
