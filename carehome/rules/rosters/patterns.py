"""Rows written by a pattern: two early, two late, two nights, two off, and again."""

from collections.abc import Iterable, Mapping, Sequence

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.rosters.problem import OFF, Cell

_LONGEST = 62


class BadPattern(Refusal):
    """A pattern holds something that is no shift."""

    text = N_(
        "“{typed}” is not a pattern: “{wrong}” stands for no shift. Type the letters "
        "of shifts, and R for a day off."
    )


class PatternMissing(Refusal):
    """A pattern has at least one day, and at most two months of them."""

    text = N_("Type a pattern of 1 to {most} days, such as EELLNNRR.")


def read_pattern(typed: str, signs: Mapping[str, str], off: str) -> tuple[str, ...]:
    """Return the shifts of a typed pattern; `signs` are what may stand for each."""
    plain = "".join(typed.split()).upper()
    if not 1 <= len(plain) <= _LONGEST:
        raise PatternMissing(most=_LONGEST)
    row: list[str] = []
    for sign in plain:
        if sign in off:
            row.append(OFF)
        elif sign in signs:
            row.append(signs[sign])
        else:
            raise BadPattern(typed=typed, wrong=sign)
    return tuple(row)


def lay(pattern: Sequence[str], days: Iterable[int], step: int = 0) -> dict[int, str]:
    """Return what each of `days` gets, beginning with day `step` of the pattern."""
    return {
        day: pattern[(step + number) % len(pattern)] for number, day in enumerate(days)
    }


def staggered(
    pattern: Sequence[str], people: Sequence[str], days: Sequence[int], shift: int = 2
) -> dict[Cell, str]:
    """Give several people a pattern, each `shift` days further on than the last."""
    return {
        (key, day): code
        for number, key in enumerate(people)
        for day, code in lay(pattern, days, number * shift).items()
    }


def copied_week(rows: Mapping[str, Sequence[str]], monday: int) -> dict[Cell, str]:
    """Return the week before `monday` written once more, as far as the rows reach."""
    return {
        (key, day): row[day - 7]
        for key, row in rows.items()
        for day in range(monday, min(monday + 7, len(row)))
        if day >= 7
    }
