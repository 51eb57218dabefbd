"""How people arrange tables: the order of columns, their widths, what is hidden.

Columns are known by their marked titles, so that a layout outlives a change of the
program: titles that are gone count for nothing, new ones come up in their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Layout:
    """How a person wants one table; an empty one is as the program made it.

    Widths are pixels at 100 per cent. `sort` is a title, and whether it falls.
    """

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: tuple[str, bool] | None = None

    def places(self, titles: Sequence[str]) -> list[int]:
        """Return the columns in the order wanted; a new one follows its neighbour."""
        placed = [title for title in self.order if title in titles]
        for at, title in enumerate(titles):
            if title not in placed:
                placed.insert(placed.index(titles[at - 1]) + 1 if at else 0, title)
        return [titles.index(title) for title in placed]


class Store(Protocol):
    """Where layouts last, each under the name of its table; None is kept as none."""

    def table(self, name: str) -> Any: ...

    def keep_table(self, name: str, layout: Any) -> None: ...


_store: Store | None = None


def use(store: Store | None) -> None:
    """Keep layouts in `store` from now on; without one they last as long as a view."""
    global _store  # noqa: PLW0603
    _store = store


def kept(name: str) -> Layout:
    """Return how the table called `name` was arranged; what is damaged counts not."""
    try:
        return _read(_store.table(name) if _store else None)
    except (TypeError, ValueError, KeyError, AttributeError):
        return Layout()


def keep(name: str, layout: Layout) -> None:
    """Remember how the table called `name` is arranged."""
    if not _store:
        return
    if layout != Layout():
        _store.keep_table(name, _written(layout))
    elif _store.table(name) is not None:
        _store.keep_table(name, None)


def _written(layout: Layout) -> dict[str, Any]:
    return {
        "order": list(layout.order),
        "hidden": sorted(layout.hidden),
        "widths": dict(layout.widths),
        "sort": list(layout.sort) if layout.sort else None,
    }


def _read(value: Any) -> Layout:
    if value is None:
        return Layout()
    sort = value["sort"]
    return Layout(
        tuple(map(str, value["order"])),
        frozenset(map(str, value["hidden"])),
        {str(title): int(width) for title, width in value["widths"].items()},
        (str(sort[0]), bool(sort[1])) if sort else None,
    )
