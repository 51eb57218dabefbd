"""What the beds tell of a day: how full the house is, which beds are not ready."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.beds import BedUseRow
from carehome.db.residents import ResidentRow
from carehome.i18n import N_
from carehome.rules.beds import GENDER_RULE_NAMES, BedState
from carehome.rules.periods import DAY
from carehome.rules.rights import Role
from carehome.rules.today import (
    Concern,
    Figure,
    Part,
    Target,
    Task,
    Text,
    Urgency,
    some_of,
    words,
)
from carehome.services.beds.board import Board, BoardBed, BoardRoom, Holder
from carehome.services.beds.places import bed_name_in
from carehome.services.beds.uses import open_stay_in

ABILITY_COUNTS = {  # short, for a bar in a small card
    0: N_("able {count}"),
    1: N_("mild {count}"),
    2: N_("moderate {count}"),
    3: N_("severe {count}"),
    4: N_("profound {count}"),
}
BED, BEDS, MOVE = "bed", "beds", "move"  # targets: one bed, those in a state, a move
HELD = frozenset({BedState.OCCUPIED, BedState.KEPT})


def house_figure(board: Board) -> Figure:
    """Tell how many live here, by their ability, and how full the house is."""
    counts = board.counts
    abilities = Counter(held.ability_level for held in _holders(board))
    return Figure(
        words(N_("Living here")),
        counts.residents,
        note=words(N_("{count} {count:bed|beds}"), count=counts.beds),
        beside=_share(board),
        parts=tuple(
            Part(abilities[level], f"a{level}", words(text, count=abilities[level]))
            for level, text in ABILITY_COUNTS.items()
        ),
        target=Target(BEDS, "residents"),
    )


def tonight_figure(board: Board) -> Figure:
    """Tell how many sleep in the house, by floor, as those who watch over it ask."""
    counts = board.counts
    floors = [
        f"{floor.name} {floor.counts.residents - floor.counts.away}"
        for floor in reversed(board.floors)
    ]
    return Figure(
        words(N_("In the house tonight")),
        counts.residents - counts.away,
        note=words(N_("{count} away"), count=counts.away),
        beside=words(
            N_("of {count} {count:resident|residents}"), count=counts.residents
        ),
        below=" · ".join(floors),
        target=Target(BEDS, "residents"),
    )


def free_figure(board: Board) -> Figure:
    """Tell how many beds could be given today, and why the others could not."""
    counts = board.counts
    text = N_("reserved {reserved} · cleaning {cleaning} · out of service {closed}")
    return Figure(
        words(N_("Free beds")),
        counts.free,
        note=words(N_("{count} {count:bed|beds}"), count=counts.beds),
        beside=_share(board),
        below=words(
            text,
            reserved=counts.reserved,
            cleaning=counts.cleaning,
            closed=counts.out_of_service,
        ),
        target=Target(BEDS, "free"),
    )


def moves_in(session: Session, day: date) -> Iterator[Task]:
    """Yield who lives here and has another bed promised from `day` or earlier."""
    query = (
        select(BedUseRow, ResidentRow.name)
        .join(ResidentRow, ResidentRow.id == BedUseRow.resident_id)
        .where(
            BedUseRow.kind == "reserved",
            BedUseRow.starts <= day,
            or_(BedUseRow.ends.is_(None), BedUseRow.ends > day),
        )
    )
    for row, name in session.execute(query.order_by(BedUseRow.starts)):
        if open_stay_in(session, row.resident_id) is not None:
            bed = bed_name_in(session, row.bed_id)
            yield Task(
                row.starts,
                words(N_("Move")),
                words(N_("{name} · to bed {bed}"), name=name, bed=bed),
                words(N_("Move")),
                Target(MOVE, row.resident_id),
            )


def concerns(board: Board, day: date) -> Iterator[Concern]:
    """Yield the beds that are not ready, and the rooms that break their rule."""
    subject, role = words(N_("Bed")), Role.HEAD_NURSE
    idle = {BedState.CLEANING, BedState.OUT_OF_SERVICE}
    for bed in _beds(board):
        held = bed.holder
        if bed.state in idle and held and held.starts <= day + DAY:
            text = N_("Bed {bed} is promised from {day} and is not ready yet")
            told = words(text, bed=bed.bed, day=held.starts)
            target = Target(BED, bed.bed_id)
            yield Concern(subject, told, Urgency.LATE, target, role, held.starts)
    for room in _rooms(board):
        if wrong := _misplaced(room):
            text = N_("Room {room}: {rule}, but {names} live there")
            rule = words(GENDER_RULE_NAMES[room.gender_rule])
            names = tuple(bed.holder.name for bed in wrong if bed.holder)
            told = words(text, room=room.name, rule=rule, names=names)
            target = Target(BED, wrong[0].bed_id)
            yield Concern(subject, told, Urgency.SOON, target, role)
    yield from _idle(
        board,
        BedState.CLEANING,
        N_("Bed {beds} is being cleaned"),
        N_("{count} beds are being cleaned: {beds}"),
    )
    yield from _idle(
        board,
        BedState.OUT_OF_SERVICE,
        N_("Bed {beds} is out of service: {note}"),
        N_("{count} beds are out of service: {beds}"),
    )


def _idle(board: Board, state: BedState, one: str, many: str) -> Iterator[Concern]:
    found = [bed for bed in _beds(board) if bed.state is state]
    if not found:
        return
    names = tuple(bed.bed for bed in found)
    single = len(found) == 1
    told = words(
        one if single else many,
        count=len(found),
        beds=some_of(names),
        note=found[0].note,
    )
    target = Target(BED, found[0].bed_id) if single else Target(BEDS, state.value)
    subject = words(N_("Bed"))
    yield Concern(
        subject, told, Urgency.NOTE, target, Role.HEAD_NURSE, count=len(found)
    )


def _share(board: Board) -> Text:
    counts = board.counts
    share = Fraction(counts.residents, counts.beds)
    return words(N_("{share} occupied"), share=share)


def _misplaced(room: BoardRoom) -> list[BoardBed]:
    """Return the beds whose residents the rule of the room does not admit."""
    if room.gender_rule == "any":
        return []
    return [
        bed
        for bed in room.beds
        if bed.state in HELD
        and bed.holder
        and bed.holder.sex not in ("", room.gender_rule)
    ]


def _rooms(board: Board) -> Iterable[BoardRoom]:
    return (room for floor in board.floors for room in floor.rooms)


def _beds(board: Board) -> Iterable[BoardBed]:
    return (bed for room in _rooms(board) for bed in room.beds)


def _holders(board: Board) -> list[Holder]:
    """List who lives in the house, also those who are away."""
    return [bed.holder for bed in _beds(board) if bed.holder and bed.state in HELD]
