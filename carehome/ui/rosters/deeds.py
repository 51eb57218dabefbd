"""What is done to many cells at once, as the change that it makes of them.

None of it touches a cell that is locked; what lays many shifts by itself leaves out
the days on which somebody is away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from carehome.rules.rosters import patterns
from carehome.rules.rosters.problem import OFF, Cell, Roster
from carehome.ui.rosters.worksheet import Change, Entry, Worksheet

WEEK = 7


@dataclass(frozen=True, slots=True)
class Block:
    """Some people, and some days in a row."""

    keys: tuple[str, ...]
    days: range

    @property
    def cells(self) -> Iterator[Cell]:
        """The cells, person by person."""
        return ((key, day) for key in self.keys for day in self.days)


def fill(sheet: Worksheet, block: Block, code: str) -> Change:
    """Put one shift, or a day off, into all cells."""
    return _lay(sheet, dict.fromkeys(block.cells, code))


def lock(sheet: Worksheet, block: Block) -> Change:
    """Lock all cells, or unlock them when all of them are locked."""
    entries = {cell: sheet.entry(cell) for cell in block.cells}
    all_locked = all(entry.locked for entry in entries.values())
    return {
        cell: Entry(entry.code, entry.unit, not all_locked)
        for cell, entry in entries.items()
    }


def assign(sheet: Worksheet, block: Block, unit: str) -> Change:
    """Let those who work in the cells do so in `unit`; empty for where they belong."""
    entries = {cell: sheet.entry(cell) for cell in block.cells}
    return {
        cell: Entry(entry.code, unit)
        for cell, entry in entries.items()
        if entry.code and not entry.locked
    }


def copy_week(sheet: Worksheet, block: Block) -> Change:
    """Give the people of a block, in its weeks, the shifts of the week before.

    The first week of the month takes what is known of the month before.
    """
    first = sheet.month.problem.first.weekday()
    start = block.days[0] - (first + block.days[0]) % WEEK
    end = block.days[-1] + WEEK - (first + block.days[-1]) % WEEK
    codes: dict[Cell, str] = {}
    for key in block.keys:
        before = next(p.before for p in sheet.people if p.key == key)
        row = sheet.row(key)
        known = {at - len(before): code for at, code in enumerate(before)}
        known |= dict(enumerate(row[: max(start, 0)]))
        for day in range(max(start, 0), min(end, sheet.days)):
            if (code := known.get(day - WEEK)) is not None:
                codes[key, day] = known[day] = code
    return _lay_around_leave(sheet, codes)


def taken_over(sheet: Worksheet, roster: Roster) -> Change:
    """Return what makes the month this roster."""
    return {
        (key, day): Entry(code, roster.units.get((key, day), ""))
        for key, row in roster.rows.items()
        for day, code in enumerate(row)
        if (key, day) not in sheet.locked
    }


def reach(sheet: Worksheet, block: Block) -> Block:
    """Return the days that a pattern is for: of a single day, all to the last one."""
    if len(block.days) > 1:
        return block
    return Block(block.keys, range(block.days[0], sheet.days))


def lay_pattern(
    sheet: Worksheet, block: Block, codes: Sequence[str], stagger: int
) -> Change:
    """Repeat shifts over the days; each next person begins `stagger` days later."""
    laid = patterns.staggered(codes, block.keys, block.days, stagger)
    return _lay_around_leave(sheet, laid)


def repeat(sheet: Worksheet, source: Block, target: Block) -> Change:
    """Go on over `target` with what stands in `source`: a drag of its corner."""
    keys, days = source.keys, source.days
    codes = {
        (key, day): sheet.row(keys[at % len(keys)])[days[(day - days[0]) % len(days)]]
        for at, key in enumerate(target.keys)
        for day in target.days
        if not (key in keys and day in days)
    }
    return _lay_around_leave(sheet, codes)


def copied(sheet: Worksheet, block: Block) -> str:
    """Return the cells as text, as a workbook takes them."""
    return "\n".join(
        "\t".join(_sign(sheet, sheet.row(key)[day]) for day in block.days)
        for key in block.keys
    )


def pasted(
    sheet: Worksheet, text: str, keys: Sequence[str], block: Block
) -> tuple[Change, str]:
    """Return what a text puts into the cells from the corner of `block`, and the first
    word of it that is no shift.

    `keys` are the people from that corner on. One row or one cell fills the block.
    """
    rows = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    unknown = ""
    codes: dict[Cell, str] = {}
    high = max(len(rows), len(block.keys) if len(block.keys) % len(rows) == 0 else 0)
    for at, key in enumerate(keys[:high]):
        row = rows[at % len(rows)]
        wide = max(len(row), len(block.days) if len(block.days) % len(row) == 0 else 0)
        for step in range(min(wide, sheet.days - block.days[0])):
            word = row[step % len(row)].strip()
            code = sheet.month.typed(word) if word else OFF
            if code is None:
                unknown = unknown or word
            else:
                codes[key, block.days[0] + step] = code
    return _lay(sheet, codes), unknown


def _lay(sheet: Worksheet, codes: Mapping[Cell, str]) -> Change:
    return {c: Entry(code) for c, code in codes.items() if c not in sheet.locked}


def _lay_around_leave(sheet: Worksheet, codes: Mapping[Cell, str]) -> Change:
    return {
        cell: entry
        for cell, entry in _lay(sheet, codes).items()
        if not sheet.barred(cell)
    }


def _sign(sheet: Worksheet, code: str) -> str:
    kind = sheet.month.kind(code)
    return kind.sign if kind else ""
