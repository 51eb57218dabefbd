"""Late facts about months that were billed: what the next bill puts right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from carehome.rules.billing.lines import Line
from carehome.rules.periods import months_after

MONTHS_BACK = 3
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Adjustments:
    """Corrections for the next bill, and those too old without the director."""

    lines: tuple[Line, ...]
    to_confirm: tuple[Line, ...]


def adjust(charged: Sequence[Line], now: Sequence[Line]) -> list[Line]:
    """Return what corrects one month: a line for each item, kind and payer that differ.

    `charged` are all lines posted for the month so far, its adjustments among them;
    `now` is what the month comes to by what is known today.
    """
    before, after = _sums(charged), _sums(now)
    faces = {_key(line): line for line in (*charged, *now)}
    return [
        _difference(faces[key], key, before.get(key, 0), after.get(key, 0))
        for key in faces
        if before.get(key, 0) != after.get(key, 0)
    ]


def adjustments(
    charged: Mapping[date, Sequence[Line]],
    now: Mapping[date, Sequence[Line]],
    month: date,
    months_back: int = MONTHS_BACK,
) -> Adjustments:
    """Correct all the months before `month`, the oldest first.

    Months more than `months_back` before it are kept apart for the director.
    """
    oldest = months_after(month, -months_back)
    lines: list[Line] = []
    to_confirm: list[Line] = []
    for day in sorted(charged.keys() | now.keys()):
        if day < month:
            found = adjust(charged.get(day, ()), now.get(day, ()))
            (lines if day >= oldest else to_confirm).extend(found)
    return Adjustments(tuple(lines), tuple(to_confirm))


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


def _difference(face: Line, key: Key, old: int, new: int) -> Line:
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
        {"corrects": key[0], "old": old, "new": new},
        payer=face.payer,
    )
