"""What payers other than the resident bear of a month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby, pairwise

from carehome.rules.billing.facts import Cover, Facts
from carehome.rules.billing.fees import Basis
from carehome.rules.billing.lines import Line
from carehome.rules.billing.runs import Days, ordinals
from carehome.rules.money import half_up

Piece = tuple[str, int]  # an item and the day a span between two cuts begins


class Unpaid:
    """What each item comes to after refunds, cut where a cover begins or ends.

    Remembers what payers have taken on, so that together they never pay twice.
    """

    def __init__(self, lines: Iterable[Line], cuts: Sequence[int]):
        self.pieces: dict[Piece, int] = {}
        self._items: dict[str, int] = {}
        for line in lines:
            code, fen = line.item_code, line.amount_fen
            self._items[code] = self._items.get(code, 0) + fen
            for day, part in _cut(line, cuts):
                piece = code, day
                self.pieces[piece] = self.pieces.get(piece, 0) + part
        self._left = dict(self.pieces)

    def left(self) -> dict[Piece, int]:
        """Return what is open of each piece now."""
        return dict(self._left)

    def take(self, pieces: Iterable[Piece], wanted: int) -> int:
        """Pay up to `wanted` of some pieces and return how much that is."""
        open_fen = wanted
        for piece in pieces:
            fen = min(open_fen, self._left[piece], self._items[piece[0]])
            if fen > 0:
                self._left[piece] -= fen
                self._items[piece[0]] -= fen
                open_fen -= fen
        return wanted - open_fen


def _cut(line: Line, cuts: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Cut the amount of a line by its days; the parts come to the whole."""
    first, last = line.starts.toordinal(), line.ends.toordinal()
    done = 0
    for start, end in pairwise(cuts):
        if first < end and start < last:
            until = half_up(line.amount_fen * (min(end, last) - first), last - first)
            yield start, until - done
            done = until


def cover_lines(
    facts: Facts, lines: Sequence[Line], charged: Sequence[Days], basis: Basis
) -> list[Line]:
    """Return a line for each payer, in the order of the covers.

    Payers never bear more than their items come to on the days of the cover, alone or
    together; who comes first bears first, and each rank shares what the last left.
    """
    month = ordinals(facts.span)
    covers = sorted(facts.covers, key=lambda cover: cover.rank)
    spans = [_within(ordinals(cover.period), month) for cover in covers]
    unpaid = Unpaid(lines, sorted({day for span in (month, *spans) for day in span}))
    found: list[Line] = []
    together = zip(covers, spans, strict=True)
    for _rank, group in groupby(together, key=lambda each: each[0].rank):
        left = unpaid.left()
        for cover, span in group:
            mine = [
                piece
                for piece in left
                if span[0] <= piece[1] < span[1] and cover.covers(facts.items[piece[0]])
            ]
            days = sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in charged)
            if cover.kind == "day" and not cover.counts_away:
                days = _days_that_cost(facts, cover, lines, span)
            worth = max(0, sum(left[piece] for piece in mine))
            wanted = _wanted(cover, worth, days, basis)
            borne = unpaid.take(mine, wanted)
            if borne:
                source = _source(facts, cover, worth)
                if borne < wanted:
                    source["wanted"] = wanted
                found.append(_line(facts, cover, span, days, basis, borne, source))
    return found


def _days_that_cost(
    facts: Facts, cover: Cover, lines: Sequence[Line], span: Days
) -> int:
    """Return on how many days of a span what is covered costs something.

    A day of which all is given back costs nothing, but for what rounding leaves of it.
    """
    cost: dict[int, Fraction] = defaultdict(Fraction)
    for line in lines:
        first, last = line.starts.toordinal(), line.ends.toordinal()
        if line.days and cover.covers(facts.items[line.item_code]):
            fen = Fraction(line.amount_fen, last - first)
            for day in range(max(first, span[0]), min(last, span[1])):
                cost[day] += fen
    return sum(fen >= 1 for fen in cost.values())


def _wanted(cover: Cover, worth: int, days: int, basis: Basis) -> int:
    """Return what a payer would bear of items that come to `worth`."""
    if cover.kind == "percent":
        wanted = half_up(worth * cover.value, 100)
    elif cover.kind == "day":
        wanted = cover.value * days
    else:
        wanted = half_up(cover.value * basis.counted[days], basis.days)
    return wanted if cover.most is None else min(wanted, cover.most)


def _source(facts: Facts, cover: Cover, worth: int) -> dict[str, str | int]:
    """Return what a line was computed from; the oldest bills said less of it."""
    source: dict[str, str | int] = {"cover": cover.kind, "worth": worth}
    if not cover.rank:
        return source
    source["rank"] = cover.rank
    if cover.categories:
        source["category"] = " ".join(cover.categories)
    if cover.items:
        known = [facts.items[code].name for code in cover.items if code in facts.items]
        source["item"] = " ".join(known)
    if cover.most is not None:
        source["most"] = cover.most
    return source


def _line(
    facts: Facts,
    cover: Cover,
    span: Days,
    days: int,
    basis: Basis,
    borne: int,
    source: dict[str, str | int],
) -> Line:
    """Return the line of one payer."""
    is_share = cover.kind == "percent"
    return Line(
        "payer",
        "",
        cover.payer_name,
        "",
        facts.month,
        date.fromordinal(span[0]),
        date.fromordinal(span[1]),
        days,
        1 if cover.kind == "day" else basis.days,
        0 if is_share else cover.value,
        -borne,
        source,
        cover.value if is_share else 100,
        payer=cover.payer,
    )


def _within(span: Days, month: Days) -> Days:
    """Return the days of a cover in the month."""
    return max(span[0], month[0]), min(span[1], month[1])
