"""What a cell, a person, a day and its cover are, in words."""

from carehome.i18n import _, say_day, say_weekday
from carehome.rules.rosters import words
from carehome.rules.rosters.problem import Cell, Finding, Why
from carehome.ui.rosters.cover import CoverLine, count
from carehome.ui.rosters.worksheet import Worksheet


def describe(sheet: Worksheet, cell: Cell) -> str:
    """Say whose cell it is, of which day, what stands there, and what is wrong."""
    faults = [each for each, _hard in reasons(sheet, cell)]
    return _("; ").join([head(sheet, cell), *faults])


def head(sheet: Worksheet, cell: Cell) -> str:
    """Say whose cell it is, of which day, and what stands there."""
    key, day = cell
    on = sheet.month.problem.date_of(day)
    name = next(person.name for person in sheet.people if person.key == key)
    parts = [name, f"{say_day(on)} {say_weekday(on)}", stands(sheet, cell)]
    if unit := sheet.roster.units.get(cell):
        where = sheet.month.units.get(unit, unit)
        parts.append(_("works in {unit}").format(unit=where))
    if cell in sheet.locked:
        parts.append(_("locked"))
    return " \u00b7 ".join(parts)


def stands(sheet: Worksheet, cell: Cell) -> str:
    """Say what stands in a cell."""
    key, day = cell
    kind = sheet.kinds.get(sheet.row(key)[day])
    if kind:
        return f"{kind.name} {kind.times}".strip()
    bars = sheet.month.problem.bars.get(cell, {})
    if why := sheet.barred(cell):
        bar = next(each for each in bars.values() if each.why is why)
        what = words.say_what(bar) if bar.what else ""
        said = {
            Why.AWAY: _("away"),
            Why.TRAINING: _("at a training"),
            Why.NOT_HERE: _("not employed on this day"),
        }.get(why, _("cannot work"))
        return _("{state} ({what})").format(state=said, what=what) if what else said
    return _("day off")


def reasons(sheet: Worksheet, cell: Cell) -> list[tuple[str, bool]]:
    """Say what is wrong with a cell, its day and its person, what is hard first."""
    found = [*sheet.at(cell), *sheet.short_at(cell[1]), *sheet.about(cell[0])]
    found.sort(key=lambda each: not each.is_hard)
    return [(say(sheet, each), each.is_hard) for each in found]


def say(sheet: Worksheet, found: Finding) -> str:
    """Say one thing that is wrong."""
    return words.say(found, sheet.month.problem)


def explain_cell(sheet: Worksheet, cell: Cell) -> str:
    """Say what a cell is and what is wrong with it, a line each."""
    found = sheet.at(cell)
    return "\n".join([head(sheet, cell), *(_marked(sheet, each) for each in found)])


def explain_person(sheet: Worksheet, key: str) -> str:
    """Say who it is, what they have, and what is wrong with their month."""
    person = next(each for each in sheet.people if each.key == key)
    note = sheet.month.notes.get(key, "")
    lines = [f"{person.name} {note}".strip()]
    totals = sheet.totals(key)
    text = _(
        "{hours} hours, {nights} {nights:night|nights}, "
        "{weekends} {weekends:weekend|weekends}, {holidays} {holidays:holiday|holidays}"
    )
    lines.append(
        text.format(
            hours=f"{totals.minutes / 60:.1f}".removesuffix(".0"),
            nights=totals.nights,
            weekends=totals.weekends,
            holidays=totals.holidays,
        )
    )
    lines += [_marked(sheet, each) for each in sheet.about(key)]
    return "\n".join(lines)


def explain_day(sheet: Worksheet, day: int) -> str:
    """Say which day it is, and what its shifts lack."""
    on = sheet.month.problem.date_of(day)
    title = f"{say_day(on)} {say_weekday(on)}"
    if holiday := sheet.month.holidays.get(day):
        title = f"{title} {holiday}"
    return "\n".join([title, *(_marked(sheet, each) for each in sheet.cover_at(day))])


def explain_cover(sheet: Worksheet, line: CoverLine, day: int) -> str:
    """Say how many are needed and there, in each unit that a line counts."""
    on = sheet.month.problem.date_of(day)
    kind = sheet.kinds.get(line.shift)
    lines = [f"{say_day(on)} {kind.name if kind else line.shift}"]
    for demand in line.demands[day]:
        where = sheet.month.units.get(demand.unit, demand.unit)
        text = _("needed {need}, there {have}")
        if demand.counts is not None:
            text = _("of certain people needed {need}, there {have}")
        have = count(sheet, demand)
        lines.append(f"{where} {text.format(need=demand.need, have=have)}".strip())
        if demand.basis:
            lines.append(demand.basis)
    return "\n".join(lines)


def name_unit(sheet: Worksheet, unit: str, people: int) -> str:
    """Name a unit above its people."""
    name = sheet.month.units.get(unit) or _("Without a unit")
    count = _("{count} {count:person|people}").format(count=people)
    return f"{name} \u00b7 {count}"


def _marked(sheet: Worksheet, found: Finding) -> str:
    """Say a finding with a sign before it: hard ones with a full one."""
    sign = "\u25cf" if found.is_hard else "\u25cb"
    return f"{sign} {say(sheet, found)}"
