"""What somebody looks like in the house at a glance, and all of it in one line."""

from dataclasses import dataclass
from datetime import date

from carehome.i18n import N_, _, say_day
from carehome.rules.presence import NEWS_NAMES, WAY_NAMES, News, Way
from carehome.rules.residents import SEX_NAMES
from carehome.services.presence import Out, Somebody, Told
from carehome.ui.parts import ability, absence

MARKS = {
    News.ARRIVED: (N_("new"), "ok"),
    News.LEAVING: (N_("departs"), "warn"),
    News.RETURNED: (N_("returned home"), "paper"),
    News.MOVED: (N_("changed bed"), "paper"),
    News.GRADE: (N_("new grade"), "paper"),
    News.ABILITY: (N_("new level"), "paper"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """The words of a cell: bed and name at its left, a chip at its right.

    `ground` tints the whole cell of who is out; `at_risk` marks its edge.
    """

    bed: str
    name: str
    chip: str = ""
    tone: str = ""
    ground: str = ""
    at_risk: bool = False


def face_of(one: Somebody, day: date) -> Face:
    """Return what the cell of somebody shows: out first, then what is new, or risk."""
    risky = bool(one.risks)
    if one.out:
        chip, tone = say_away(one.out, day), tone_of(one.out)
        return Face(one.bed, one.name, chip, tone, tone, risky)
    shown = [MARKS[told.news] for told in one.news if told.news in MARKS]
    if shown:
        word, tone = shown[0]
        return Face(one.bed, one.name, _(word), tone, "", risky)
    if risky:
        return Face(one.bed, one.name, _("At risk"), "bad", at_risk=True)
    return Face(one.bed, one.name)


def tone_of(out: Out) -> str:
    """Return the tone of being out: overdue is bad, else as everywhere."""
    return "bad" if out.is_overdue else absence.tone(out.kind)


def say_away(out: Out, day: date) -> str:
    """Say why somebody is out and for how long, or how late they are."""
    if out.is_overdue and out.expected_on:
        late = (day - out.expected_on).days
        return _("{days} {days:day|days} late").format(days=late)
    days = (day - out.left_on).days + 1
    text = _("{kind} day {days}")
    return text.format(kind=absence.word(out.kind), days=days)


def say_out(out: Out) -> str:
    """Say why somebody is out, since when and until when, in full."""
    parts = [absence.word(out.kind), _("since {day}").format(day=say_day(out.left_on))]
    if out.expected_on:
        text = _("was due back on {day}") if out.is_overdue else _("back on {day}")
        parts.append(text.format(day=say_day(out.expected_on)))
    return " \u00b7 ".join([*parts, *filter(None, [out.note])])


def say_news(told: Told) -> str:
    """Say what is new, and since when."""
    return _("{day} {news}").format(
        day=say_day(told.when), news=_(NEWS_NAMES[told.news])
    )


def say_way(way: str) -> str:
    """Say how somebody is brought out, or that nobody has said it."""
    return _(WAY_NAMES[Way(way)]) if way else _("Unknown")


def sex_and_age(one: Somebody) -> str:
    """Say sex and age of somebody, as in a list of people."""
    sex = _(SEX_NAMES[one.sex])
    return sex if one.age is None else f"{sex} {one.age}"


def describe(one: Somebody) -> str:
    """Tell all of somebody in one line, to be read or heard."""
    parts = [one.bed or _("Without a bed"), one.name, sex_and_age(one)]
    parts += [say_out(one.out)] if one.out else []
    parts += map(say_news, one.news)
    parts += [one.grade]
    parts += [ability.word(one.ability_level)] if one.ability_level is not None else []
    parts += [_("Dementia")] if one.has_dementia else []
    parts += (
        [_("At risk: {risks}").format(risks=_(", ").join(one.risks))]
        if one.risks
        else []
    )
    parts += [_("Way out: {way}").format(way=say_way(one.leaving.way))]
    return " \u00b7 ".join(filter(None, parts))
