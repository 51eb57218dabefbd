"""Rooms that are not made yet, as the board will show them."""

from collections.abc import Iterable, Iterator
from itertools import count

from carehome.rules.beds import BedState
from carehome.services.beds import BoardBed, BoardRoom


def sketched(
    names: Iterable[str],
    beds_each: int,
    bed_class: str,
    class_label: str,
    is_nursing_bed: bool,
    gender_rule: str = "any",
    numbers: Iterator[int] | None = None,
) -> tuple[BoardRoom, ...]:
    """Return rooms with free beds 1, 2, 3 …; `numbers` yields ids that are unused."""
    fresh = numbers or count(1)

    def bed(label: str) -> BoardBed:
        return BoardBed(
            next(fresh),
            label,
            label,
            bed_class,
            class_label,
            is_nursing_bed,
            BedState.FREE,
            "",
            None,
        )

    labels = [str(number) for number in range(1, beds_each + 1)]
    return tuple(
        BoardRoom(next(fresh), name, gender_rule, tuple(map(bed, labels)))
        for name in names
    )
