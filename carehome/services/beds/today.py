"""What the beds tell of a day: how full the house is, who sleeps elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from carehome.i18n import N_
from carehome.rules.beds import BedState
from carehome.rules.residents import ABILITY_NAMES
from carehome.rules.today import Figure, Part, Target, Text, words
from carehome.services.beds.board import Board, BoardBed, Holder

BEDS = "beds"


def figures(board: Board, knows_people: bool) -> Iterator[Figure]:
    """Yield how many live here and how many of them sleep elsewhere tonight."""
    counts = board.counts
    if not counts.beds:
        return
    parts = _abilities(_holders(board)) if knows_people else _floors(board)
    yield Figure(
        words(N_("Residents")),
        counts.residents,
        note=words(N_("{count} beds"), count=counts.beds),
        beside=words(
            N_("{share} occupied"), share=Fraction(counts.residents, counts.beds)
        ),
        parts=parts,
        target=Target(BEDS, "residents"),
    )
    yield Figure(
        words(N_("Away tonight")),
        counts.away,
        note=_kinds(_holders(board)) if knows_people else "",
        beside=words(N_("{count} in their beds"), count=counts.residents - counts.away),
        target=Target(BEDS, "away"),
    )


def _beds(board: Board) -> Iterator[BoardBed]:
    for floor in board.floors:
        for room in floor.rooms:
            yield from room.beds


def _holders(board: Board) -> list[Holder]:
    """List who lives in the house, also those who are away."""
    held = {BedState.OCCUPIED, BedState.KEPT}
    return [b.holder for b in _beds(board) if b.holder and b.state in held]


def _abilities(holders: Iterable[Holder]) -> tuple[Part, ...]:
    counts = Counter(held.ability_level for held in holders)
    return tuple(
        Part(counts[level], f"a{level}", words(name))
        for level, name in ABILITY_NAMES.items()
    )


def _floors(board: Board) -> tuple[Part, ...]:
    return ()


def _kinds(holders: Iterable[Holder]) -> Text:
    kinds = Counter(held.absence for held in holders)
    text = N_("on leave {leave} · in hospital {hospital}")
    return words(text, leave=kinds["leave"], hospital=kinds["hospital"])
