"""Who is here now, on one page for a home of 120: for the handover of a shift."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from carehome.i18n import _, show_moment
from carehome.reports import fonts
from carehome.reports.sheet import (
    A4,
    BODY,
    MM,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
)

# The sheet of who is here: two columns whose lines shrink until 120 people fit.
_HERE_TOP, _HERE_FOOT, _HERE_GAP = 37.0, 22.0, 5.0
_LINE_MOST, _LINE_LEAST = 4.6, 3.7
_FIELDS = ((0.0, 13.0), (13.0, 17.0), (30.0, 10.5), (40.5, 13.0), (53.5, 9.0))
_TOLD_AT = 62.5
_SMALLEST = 0.72  # of its size a word may shrink to before its end is cut


@dataclass(frozen=True, slots=True)
class HereLine:
    """One resident, in words; `told` is what is new or to be watched."""

    bed: str
    name: str
    sex_and_age: str
    grade: str
    ability: str
    told: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class HereFloor:
    """One floor with its residents."""

    name: str
    count: str
    lines: tuple[HereLine, ...]


@dataclass(frozen=True, slots=True)
class HereText:
    """The whole house; `counts` are words and numbers for its head."""

    floors: tuple[HereFloor, ...]
    counts: tuple[tuple[str, int], ...]
    coming: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def write_here(path: Path, here: HereText, now: datetime, head: Letterhead) -> None:
    """Write who is here now as a PDF: one page for a home of 120."""
    with drawing(path, _("Who is here"), A4, head) as sheet:
        entries = list(_entries(here))
        room = sheet.height - _HERE_TOP - _HERE_FOOT
        half = max((len(entries) + 1) // 2, 1)
        line = min(max(room / half, _LINE_LEAST), _LINE_MOST)
        each = half if line == room / half else int(room / line)
        pages = [
            entries[at : at + 2 * each] for at in range(0, len(entries) or 1, 2 * each)
        ]
        for number, rows in enumerate(pages, start=1):
            with sheet.page(
                number,
                len(pages),
                _("Printed at {moment}").format(moment=show_moment(now)),
            ):
                _here_head(sheet, here, now)
                for column, at in enumerate(range(0, len(rows), each)):
                    _here_column(sheet, rows[at : at + each], column, line)
                labels = (_("Handed over by"), _("Taken over by"), _("Time"))
                y = sheet.height - 14
                sheet.signatures(y, labels, sheet.left, sheet.right_edge)


def _entries(here: HereText) -> Iterator[HereFloor | HereLine]:
    for floor in here.floors:
        yield floor
        yield from floor.lines


def _here_head(sheet: Sheet, here: HereText, now: datetime) -> None:
    sheet.text(sheet.left, 17, _("Who is here"), 17, bold=True)
    sheet.right(sheet.right_edge, 12.5, sheet.head.home, SMALL, tone=PALE)
    sheet.right(sheet.right_edge, 18, show_moment(now), 12, bold=True)
    told = "\u3000".join(f"{words} {count}" for words, count in here.counts)
    sheet.text(sheet.left, 25, told, 11, bold=True)
    news = [_("To come: {names}").format(names=_(", ").join(here.coming))]
    gone = [_("Left today: {names}").format(names=_(", ").join(here.gone))]
    shown = (news if here.coming else []) + (gone if here.gone else [])
    room = sheet.right_edge - sheet.left
    sheet.fit(sheet.left, 31, room, "\u3000".join(shown), SMALL)
    sheet.rule(sheet.left, sheet.right_edge, _HERE_TOP - 2.5, 0.8)


def _here_column(
    sheet: Sheet, rows: Sequence[HereFloor | HereLine], column: int, line: float
) -> None:
    wide = (sheet.right_edge - sheet.left - _HERE_GAP) / 2
    left = sheet.left + column * (wide + _HERE_GAP)
    size = min(line * 0.68 * MM, BODY)
    for place, row in enumerate(rows):
        top = _HERE_TOP + place * line
        base = top + line * 0.74
        if isinstance(row, HereFloor):
            sheet.fill(left, top, wide, line)
            sheet.text(left + 0.8, base, row.name, size, bold=True)
            sheet.right(left + wide - 0.8, base, row.count, size * 0.9, tone=PALE)
        else:
            if row.is_out:
                sheet.fill(left, top, wide, line)
            _here_line(sheet, row, left, wide, base, size)
            sheet.rule(left, left + wide, top + line, 0.25)


def _here_line(
    sheet: Sheet, row: HereLine, left: float, wide: float, base: float, size: float
) -> None:
    words = (row.bed, row.name, row.sex_and_age, row.grade, row.ability)
    for place, ((at, room), word) in enumerate(zip(_FIELDS, words, strict=True)):
        bold = place == 1
        _one_line(sheet, left + at + 0.8, base, room - 1, word, size, bold=bold)
    x, room = left + _TOLD_AT + 0.8, wide - _TOLD_AT - 1
    _one_line(sheet, x, base, room, row.told, size * 0.94, bold=row.is_out)


def _one_line(
    sheet: Sheet,
    x: float,
    y: float,
    room: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
) -> None:
    """Write a text on one line: smaller where need be, then with its end cut."""
    wide = fonts.width(text, bold) * size / MM
    size *= min(max(room / wide, _SMALLEST), 1) if wide else 1
    shown = text
    while shown and fonts.width(shown, bold) * size / MM > room + 0.1:
        text = text[:-1]
        shown = f"{text}\u2026"
    sheet.text(x, y, shown, size, bold=bold)
