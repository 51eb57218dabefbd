"""What a claim comes to: fen by fen, with its working."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from carehome.rules.claims.claim import (
    Addend,
    Amount,
    AmountLine,
    Facts,
    Payer,
    Worked,
)
from carehome.rules.money import half_up

Rates = Mapping[int, Mapping[str, int]]  # by star, then by class of ability, fen
HUNDRED = 100


def star_subsidy(rates: Rates, star: int, people: Mapping[str, int | Fraction]) -> int:
    """Return the operating subsidy of a month; no star and no class give nothing."""
    of_star = rates.get(star, {})
    exact = sum(
        (Fraction(people.get(code, 0)) * fen for code, fen in of_star.items()),
        Fraction(),
    )
    return half_up(*exact.as_integer_ratio())


def work_out(amount: Amount, facts: Facts) -> Worked:
    """Return what an amount comes to by what the home knows."""
    addends = tuple(_addend(line, facts) for line in amount.lines)
    least, most = sum(a.least for a in addends), sum(a.most for a in addends)
    return Worked(least, most, addends)


def split(fen: int, payers: Iterable[Payer]) -> list[tuple[Payer, int]]:
    """Lay an amount on its payers by their parts; the last one bears the odd fen."""
    listed = list(payers)
    whole, left, found = sum(each.parts for each in listed), fen, []
    for payer in listed[:-1]:
        share = fen * payer.parts // whole
        found.append((payer, share))
        left -= share
    return found + [(payer, left) for payer in listed[-1:]]


def _addend(line: AmountLine, facts: Facts) -> Addend:
    if line.allowance:
        fen = facts.allowances.get(line.allowance)
        return Addend(line, fen, fen or 0, fen or 0)
    if line.stars and facts.star is None:
        return Addend(line, None)
    count = _count(line, facts)
    if count is None:
        return Addend(line, None)
    return Addend(line, count, *(_times(count, rate) for rate in _rates(line, facts)))


def _count(line: AmountLine, facts: Facts) -> int | Fraction | None:
    if line.question:
        said = facts.answers.get(line.question.code)
        return None if said is None else int(said)
    if line.figure:
        figure = facts.figures.get(line.figure)
        return figure.value if figure else None
    return 1


def _rates(line: AmountLine, facts: Facts) -> tuple[Fraction, Fraction]:
    if line.percent:
        share = Fraction(line.percent, HUNDRED)
        return share, share
    if line.stars:
        fen = Fraction(line.stars[facts.star - 1] if facts.star else 0)
        return fen, fen
    return Fraction(line.least), Fraction(line.most)


def _times(count: int | Fraction, rate: Fraction) -> int:
    return half_up(*(count * rate).as_integer_ratio())
