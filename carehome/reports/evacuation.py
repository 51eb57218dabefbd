"""Who is to be brought out this minute and how, large enough to read by a torch.

A page for the whole house first, then each floor on pages of its own, so that whoever
runs up to a floor takes its page along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from carehome.i18n import _, show_moment
from carehome.reports import fonts
from carehome.reports.sheet import A4, MM, PALE, SMALL, Letterhead, Sheet, drawing

_ROW, _TOP, _FOOT = 7.8, 50.0, 13.0
_TORCH, _PLAIN = 13.0, 10.5
_BED, _NAME, _SEX, _WAY, _NEEDS, _BOXES = 14.0, 34.0, 64.0, 72.0, 121.0, (172.0, 187.0)
_BOX = 5.4
_UNKNOWN_WIDE = 46.0


@dataclass(frozen=True, slots=True)
class Totals:
    """How many are inside, by how they are brought out, and who is needed for it."""

    inside: int
    out: int
    ways: tuple[tuple[str, int], ...]
    unknown: int
    helpers: int


@dataclass(frozen=True, slots=True)
class EvacuationLine:
    """One resident; an empty `way` is unknown, `out` says why nobody seeks them."""

    bed: str
    name: str
    sex: str
    way: str
    needs: str
    out: str = ""


@dataclass(frozen=True, slots=True)
class EvacuationFloor:
    """One floor with its residents, room by room."""

    name: str
    lines: tuple[EvacuationLine, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class EvacuationText:
    """The whole house; `gone` are those who left for good today."""

    floors: tuple[EvacuationFloor, ...]
    totals: Totals
    gone: tuple[str, ...] = ()


def write_evacuation(
    path: Path, house: EvacuationText, now: datetime, head: Letterhead
) -> None:
    """Write the sheet as a PDF."""
    with drawing(path, _("Evacuation sheet"), A4, head) as sheet:
        each = int((sheet.height - _TOP - _FOOT) / _ROW)
        parts = [
            (floor, floor.lines[at : at + each])
            for floor in house.floors
            for at in range(0, len(floor.lines), each)
        ]
        pages = 1 + len(parts)
        foot = _("Helpers needed: our own estimate, no standard gives it.")
        with sheet.page(1, pages, foot):
            _title(sheet, _("Evacuation sheet"), now)
            _whole_house(sheet, house)
        for number, (floor, lines) in enumerate(parts, start=2):
            with sheet.page(number, pages, foot):
                _title(sheet, floor.name, now)
                _floor_page(sheet, floor.totals, lines)


def _title(sheet: Sheet, title: str, now: datetime) -> None:
    sheet.text(sheet.left, 13, sheet.head.home, SMALL, tone=PALE)
    sheet.text(sheet.left, 24, title, 22, bold=True)
    sheet.right(sheet.right_edge, 24, show_moment(now), 16, bold=True)
    sheet.right(sheet.right_edge, 13, _("As recorded at"), SMALL, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, 28, 1.2, 0.0)


def _whole_house(sheet: Sheet, house: EvacuationText) -> None:
    """Write the numbers of each floor, who is out, and what is to be noted."""
    totals = house.totals
    y = 38.0
    text = _("{inside} in the house \u00b7 {out} out \u00b7 {helpers} helpers needed")
    said = text.format(inside=totals.inside, out=totals.out, helpers=totals.helpers)
    sheet.text(sheet.left, y, said, 16, bold=True)
    y = _numbers(sheet, house, y + 6)
    y = _names(sheet, y + 11, _("Out: do not look for them"), _outside(house))
    if house.gone:
        y = _names(sheet, y + 6, _("Left for good today"), list(house.gone))
    _to_note(sheet, y + 12)


def _numbers(sheet: Sheet, house: EvacuationText, y: float) -> float:
    """Write a table of floors by ways of being brought out."""
    ways = [way for way, _count in house.totals.ways]
    titles = [_("Inside"), *ways, _("Unknown"), _("Hands"), _("Out")]
    first, room = 40.0, sheet.right_edge - sheet.left
    each = (room - first) / len(titles)
    sheet.fill(sheet.left, y, room, 14)
    for at, title in enumerate(titles):
        x = sheet.left + first + each * at
        for place, line in enumerate(_title_lines(title, each - 2)):
            sheet.centre(x + each / 2, y + 5.4 + place * 4.4, line, SMALL)
    y += 14
    rows = [(floor.name, floor.totals) for floor in house.floors]
    for name, told in [*rows, (_("Whole house"), house.totals)]:
        last = told is house.totals
        numbers = [told.inside, *(count for _way, count in told.ways)]
        numbers += [told.unknown, told.helpers, told.out]
        sheet.fit(sheet.left + 1, y + 6.6, first - 2, name, 12, bold=True)
        for at, number in enumerate(numbers):
            x = sheet.left + first + each * (at + 0.5)
            sheet.centre(x, y + 6.6, str(number), 13, bold=last or at == 0)
        y += 9.5
        sheet.rule(sheet.left, sheet.right_edge, y, 0.8 if last else 0.35)
    return y


def _title_lines(title: str, room: float) -> Sequence[str]:
    return fonts.wrap(title, room * MM / SMALL)[:2]


def _outside(house: EvacuationText) -> list[str]:
    return [
        f"{line.bed} {line.name} ({line.out})"
        for floor in house.floors
        for line in floor.lines
        if line.out
    ]


def _names(sheet: Sheet, y: float, title: str, names: list[str]) -> float:
    sheet.text(sheet.left, y, title, 13, bold=True)
    y += 7
    room = sheet.right_edge - sheet.left
    wide = room / 2
    for at, name in enumerate(names or [_("Nobody")]):
        x, level = sheet.left + wide * (at % 2), y + at // 2 * 6
        sheet.fit(x, level, wide - 3, name, _PLAIN)
    return y + (max(len(names), 1) - 1) // 2 * 6


def _to_note(sheet: Sheet, y: float) -> None:
    """Leave lines for what is noted at the assembly point."""
    labels = (
        (_("Assembly point"), _("Counted"), _("Missing")),
        (_("Written down by"), _("Reported to"), _("Time")),
    )
    for at, line in enumerate(labels):
        sheet.signatures(y + at * 12, line, sheet.left, sheet.right_edge)


def _floor_page(sheet: Sheet, totals: Totals, lines: Sequence[EvacuationLine]) -> None:
    text = _("{inside} inside \u00b7 {out} out \u00b7 {helpers} helpers needed")
    said = text.format(inside=totals.inside, out=totals.out, helpers=totals.helpers)
    sheet.text(sheet.left, 35.5, said, 13, bold=True)
    ways = [f"{way} {count}" for way, count in totals.ways if count]
    if totals.unknown:
        ways.append(_("Unknown {count}").format(count=totals.unknown))
    room = sheet.right_edge - sheet.left
    sheet.fit(sheet.left, 42, room, "\u3000".join(ways), 11)
    titles = (
        (_BED, _("Bed")),
        (_NAME, _("Name")),
        (_SEX, _("Sex")),
        (_WAY, _("How to bring out")),
        (_NEEDS, _("Take along")),
    )
    for x, title in titles:
        sheet.text(x, _TOP - 2, title, SMALL, tone=PALE)
    for x, title in zip(_BOXES, (_("Brought out"), _("Assembled")), strict=True):
        sheet.centre(x + _BOX / 2, _TOP - 2, title, SMALL, tone=PALE)
    sheet.rule(sheet.left, sheet.right_edge, _TOP, 0.8, 0.0)
    room_before = ""
    for place, line in enumerate(lines):
        top = _TOP + place * _ROW
        is_other = line.bed.rpartition("-")[0] != room_before
        room_before = line.bed.rpartition("-")[0]
        _person(sheet, top, line)
        if place and is_other:
            sheet.rule(sheet.left, sheet.right_edge, top, 0.9, 0.0)
        sheet.rule(sheet.left, sheet.right_edge, top + _ROW, 0.3)


def _person(sheet: Sheet, top: float, line: EvacuationLine) -> None:
    base = top + _ROW * 0.68
    if line.out:
        sheet.fill(sheet.left, top, sheet.right_edge - sheet.left, _ROW)
    tone = PALE if line.out else 0.0
    sheet.fit(_BED, base, _NAME - _BED - 1, line.bed, _TORCH, bold=True, tone=tone)
    name_room = _SEX - _NAME - 1
    sheet.fit(_NAME, base, name_room, line.name, _TORCH, bold=not line.out, tone=tone)
    sheet.text(_SEX, base, line.sex, _PLAIN, tone=tone)
    if line.out:
        said = _("Out: {why}").format(why=line.out)
        sheet.fit(_WAY, base, sheet.right_edge - _WAY - 2, said, _TORCH, bold=True)
        return
    if line.way:
        room = _NEEDS - _WAY - 2
        sheet.fit(_WAY, base, room, line.way, _TORCH, bold=True)
    else:
        unknown = _("Unknown: be ready to carry")
        sheet.block(_WAY - 1, top + 0.9, _UNKNOWN_WIDE, _ROW - 1.8)
        sheet.fit(_WAY + 0.6, base, _UNKNOWN_WIDE - 3, unknown, 12, bold=True, tone=1.0)
    sheet.fit(_NEEDS, base, _BOXES[0] - _NEEDS - 2, line.needs, _PLAIN, bold=True)
    for x in _BOXES:
        sheet.box(x, top + (_ROW - _BOX) / 2, _BOX)
