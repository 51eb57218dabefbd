"""What a bed looks like: the words of its cell, and the sentence that tells it all."""

from dataclasses import dataclass

from carehome.i18n import N_, _, show_day
from carehome.rules.beds import GENDER_RULE_NAMES, STATE_NAMES, BedState
from carehome.rules.residents import SEX_NAMES
from carehome.services.beds import BoardBed, BoardFloor, BoardRoom, Holder
from carehome.ui.beds.house import HELD, Spot, sexes
from carehome.ui.parts import ability, absence

STATE_TONES = {
    BedState.FREE: "ok",
    BedState.RESERVED: "info",
    BedState.OCCUPIED: "quiet",
    BedState.KEPT: "warn",
    BedState.CLEANING: "quiet",
    BedState.OUT_OF_SERVICE: "bad",
}


@dataclass(frozen=True, slots=True)
class Face:
    """The words of a cell: at its left, at its right, and the tone of its ground.

    `chip` is the tone of the word at the right where that is a chip; `more` is said
    where there is room.
    """

    left: str
    right: str
    tone: str
    chip: str = ""
    has_dementia: bool = False
    more: str = ""


def face_of(bed: BoardBed) -> Face:
    """Return what the cell of a bed shows."""
    held = bed.holder
    if held is None or bed.state not in HELD:
        return Face(f"{bed.label} {state_word(bed)}", _aside(bed), bed.state.value)
    tone = ability.tone(held.ability_level)
    if not held.resident_id:
        return Face(f"{bed.label} {state_word(bed)}", "", tone)
    left, more = f"{bed.label} {held.name}", sex_and_age(held)
    if held.absence:
        word, chip = absence.word(held.absence), absence.tone(held.absence)
        return Face(left, word, tone, chip, held.has_dementia, more)
    word = ability.word(held.ability_level)
    return Face(left, word, tone, "", held.has_dementia, more)


def state_word(bed: BoardBed) -> str:
    """Say in a word what a bed is."""
    if bed.holder and bed.holder.absence and bed.state is BedState.KEPT:
        return absence.word(bed.holder.absence)
    return _(STATE_NAMES[bed.state])


def state_tone(bed: BoardBed) -> str:
    """Return the tone of that word."""
    if bed.holder and bed.holder.absence and bed.state is BedState.KEPT:
        return absence.tone(bed.holder.absence)
    return STATE_TONES[bed.state]


def describe(spot: Spot) -> str:
    """Tell all that the board knows of a bed, in one line to be read or heard."""
    bed, held = spot.bed, spot.bed.holder
    parts = [bed.bed, state_word(bed)]
    if held and held.name:
        parts += [held.name, sex_and_age(held), ability.word(held.ability_level)]
        parts += [_("Dementia")] if held.has_dementia else []
        parts.append(_("since {day}").format(day=show_day(held.starts)))
    parts += [kind_of(bed), room_rule(spot.room), bed.note]
    return " · ".join(filter(None, parts))


def sex_and_age(held: Holder) -> str:
    """Say sex and age of somebody, as in a list of people."""
    sex = _(SEX_NAMES[held.sex])
    return sex if held.age is None else f"{sex} {held.age}"


def kind_of(bed: BoardBed) -> str:
    """Say the class of a bed, and that it is a nursing bed unless the class does."""
    nursing = _("Nursing bed") if bed.is_nursing_bed else ""
    named = (bed.class_label, "" if nursing in bed.class_label else nursing)
    return " · ".join(filter(None, named))


def room_rule(room: BoardRoom) -> str:
    """Say whom a room takes, or else who lives there."""
    if room.gender_rule != "any":
        return _(GENDER_RULE_NAMES[room.gender_rule])
    return _(", ").join(_(SEX_NAMES[sex]) for sex in sexes(room))


def say_floor(floor: BoardFloor, building: str, lines: int) -> list[str]:
    """Say in so many lines where and what a floor is, and how many beds are what."""
    counts = floor.counts
    told = [
        _(text).format(count=count)
        for text, count in (
            (N_("{count} {count:bed|beds}"), counts.beds),
            (N_("{count} occupied"), counts.residents),
            (N_("{count} free"), counts.free),
            (N_("{count} reserved"), counts.reserved),
            (N_("{count} in cleaning"), counts.cleaning),
            (N_("{count} out of service"), counts.out_of_service),
        )
        if count
    ]
    place = [each for each in (building, floor.unit_label) if each]
    if len(place) + len(told) <= lines:
        return place + told
    short = _("{beds} / {free} free").format(beds=counts.beds, free=counts.free)
    return [*place, short][:lines] if lines > len(place) else [short, *place][:lines]


def _aside(bed: BoardBed) -> str:
    """Say what matters of an empty bed: whose it will be, or what it is."""
    if bed.holder and bed.holder.name:
        return bed.holder.name
    return bed.note or bed.class_label
