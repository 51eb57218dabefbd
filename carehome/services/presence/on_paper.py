"""The house of a day in the words of its two papers."""

from carehome.i18n import _, say_day
from carehome.reports.evacuation import (
    EvacuationFloor,
    EvacuationLine,
    EvacuationText,
    Totals,
)
from carehome.reports.presence import HereFloor, HereLine, HereText
from carehome.rules.presence import NEWS_NAMES, WAY_NAMES, WAY_WORDS, News, Tally, Way
from carehome.rules.residents import ABILITY_NAMES, ABSENCE_NAMES, SEX_NAMES
from carehome.services.presence.people import Floor, Here, Out, Somebody


def evacuation_text(here: Here) -> EvacuationText:
    """Return who is to be brought out, floor by floor."""
    floors = tuple(_evacuation_floor(floor) for floor in here.floors)
    return EvacuationText(floors, _totals(here.tally), here.gone)


def here_text(here: Here) -> HereText:
    """Return who is here, floor by floor, and what is new."""
    people = here.people
    new = sum(one.is_new for one in people)
    changed = sum(one.is_changed for one in people)
    risky = sum(bool(one.risks) for one in people)
    counts = (
        (_("In the house"), here.tally.inside),
        (_("Out"), here.tally.out),
        (_("New here"), new),
        (_("Has changed"), changed),
        (_("At risk"), risky),
    )
    coming = tuple(
        _("{name} to bed {bed} on {day}").format(
            name=each.name, bed=each.bed, day=say_day(each.planned_on)
        )
        for each in here.coming
    )
    floors = tuple(
        HereFloor(_name(floor), _count(floor.tally), tuple(map(_here, floor.people)))
        for floor in here.floors
    )
    return HereText(floors, counts, coming, here.gone)


def say_out(out: Out) -> str:
    """Say why somebody is out, since when and until when."""
    parts = [_("{kind} since {day}")]
    if out.expected_on:
        parts.append(_("overdue, due {back}") if out.is_overdue else _("back {back}"))
    return (
        _(", ")
        .join(parts)
        .format(
            kind=_(ABSENCE_NAMES[out.kind]),
            day=say_day(out.left_on),
            back=say_day(out.expected_on) if out.expected_on else "",
        )
    )


def _short(out: Out) -> str:
    """Say the same in the room of a narrow column."""
    kind, left = _(ABSENCE_NAMES[out.kind]), f"{out.left_on:%m-%d}"
    if out.expected_on is None:
        return _("{kind} since {left}").format(kind=kind, left=left)
    text = (
        _("{kind} {left}, late since {back}")
        if out.is_overdue
        else _("{kind} {left} to {back}")
    )
    return text.format(kind=kind, left=left, back=f"{out.expected_on:%m-%d}")


def _evacuation_floor(floor: Floor) -> EvacuationFloor:
    lines = tuple(map(_evacuation_line, floor.people))
    return EvacuationFloor(_name(floor), lines, _totals(floor.tally))


def _evacuation_line(one: Somebody) -> EvacuationLine:
    leaving = one.leaving
    return EvacuationLine(
        one.bed,
        one.name,
        _(SEX_NAMES[one.sex]),
        _(WAY_NAMES[Way(leaving.way)]) if leaving.way else "",
        leaving.needs,
        say_out(one.out) if one.out else "",
    )


def _totals(tally: Tally) -> Totals:
    ways = tuple((_(WAY_WORDS[way]), count) for way, count in tally.ways)
    return Totals(tally.inside, tally.out, ways, tally.unknown, tally.helpers)


def _here(one: Somebody) -> HereLine:
    told = [_short(one.out)] if one.out else []
    told += [
        f"{each.when:%m-%d} {_(NEWS_NAMES[each.news])}"
        for each in one.news
        if each.news is not News.WENT_OUT
    ]
    sex = _(SEX_NAMES[one.sex])
    age = "" if one.age is None else str(one.age)
    level = "" if one.ability_level is None else _(ABILITY_NAMES[one.ability_level])
    marks = [_("Dementia")] if one.has_dementia else []
    return HereLine(
        one.bed,
        one.name,
        f"{sex} {age}".strip(),
        one.grade,
        level,
        _(", ").join([*told, *marks, *one.risks]),
        one.out is not None,
    )


def _name(floor: Floor) -> str:
    if not floor.floor_id:
        return _("Without a bed")
    return f"{floor.name} \u00b7 {floor.unit}" if floor.unit else floor.name


def _count(tally: Tally) -> str:
    return _("{inside} in, {out} out").format(inside=tally.inside, out=tally.out)
