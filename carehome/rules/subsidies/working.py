"""A claim worked out: the people, the sum, who bears it, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from carehome.i18n import N_
from carehome.rules.claims.amounts import split
from carehome.rules.claims.claim import Mend
from carehome.rules.periods import Period
from carehome.rules.subsidies.counting import Person
from carehome.rules.subsidies.schemes import Scheme
from carehome.rules.today import Text, words


@dataclass(frozen=True, slots=True)
class Missing:
    """Something without which the claim cannot be made, and where it is mended."""

    text: Text
    why: Text = ""
    mend: Mend = Mend.NOWHERE
    key: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """What a scheme comes to in a month, a year or once, by the records of a day."""

    scheme: Scheme
    period: Period
    people: tuple[Person, ...]
    missing: tuple[Missing, ...]
    counted_by: tuple[Text, ...] = ()
    left_out: Mapping[tuple[str, int], str] | None = None

    @property
    def fen(self) -> int:
        """The sum of all lines."""
        return sum(each.fen for each in self.people)

    @property
    def heads(self) -> int:
        """How many lines bring something."""
        return sum(each.is_in for each in self.people)

    @property
    def shares(self) -> dict[str, int]:
        """What each payer bears, to the fen."""
        listed = split(self.fen, self.scheme.claim.payers)
        return {payer.name: fen for payer, fen in listed}


def without(
    people: Iterable[Person], left_out: Mapping[tuple[str, int], str]
) -> tuple[Person, ...]:
    """Let those whom the home leaves out bring nothing, with the reason."""
    return tuple(
        replace(
            each,
            fen=0,
            lacks="",
            why=words(N_("Left out: {reason}"), reason=left_out[each.kind, each.key]),
        )
        if (each.kind, each.key) in left_out
        else each
        for each in people
    )


def lacking(people: Iterable[Person]) -> list[Missing]:
    """Return what is missing of people, one line for each thing that lacks."""
    names: dict[str, list[str]] = {}
    for each in people:
        if each.lacks:
            names.setdefault(each.lacks, []).append(each.name)
    return [
        Missing(
            words(
                N_("{what}: {count} {count:person|people}"),
                what=words(what),
                count=len(listed),
            ),
            words(N_("{names}"), names=tuple(listed)),
        )
        for what, listed in names.items()
    ]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than in the claim before: who came, left, changed class."""

    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    fen: int = 0


def compared(before: Sequence[Person], now: Sequence[Person]) -> Changes:
    """Compare two lists of the same scheme; `fen` is what is more now."""
    old = {(each.kind, each.key): each for each in before if each.is_in}
    new = {(each.kind, each.key): each for each in now if each.is_in}
    both = old.keys() & new.keys()
    return Changes(
        tuple(each.name for key, each in new.items() if key not in old),
        tuple(each.name for key, each in old.items() if key not in new),
        tuple(new[key].name for key in new if key in both and _other(old, new, key)),
        sum(each.fen for each in now) - sum(each.fen for each in before),
    )


def _other(
    old: Mapping[tuple[str, int], Person],
    new: Mapping[tuple[str, int], Person],
    key: tuple[str, int],
) -> bool:
    return old[key].class_ != new[key].class_
