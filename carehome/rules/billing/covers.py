"""What payers other than the resident bear of a month."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from carehome.rules.billing.facts import Facts
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
    together; who comes first bears first.
    """
    month = ordinals(facts.span)
    spans = [_within(ordinals(cover.period), month) for cover in facts.covers]
    cuts = sorted({day for span in (month, *spans) for day in span})
    unpaid = Unpaid(lines, cuts)
    found: list[Line] = []
    for cover, span in zip(facts.covers, spans, strict=True):
        days = sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in charged)
        mine = [
            piece
            for piece in unpaid.pieces
            if span[0] <= piece[1] < span[1] and cover.covers(facts.items[piece[0]])
        ]
        worth = max(0, sum(unpaid.pieces[piece] for piece in mine))
        if cover.kind == "percent":
            wanted = half_up(worth * cover.value, 100)
        else:
            wanted = half_up(cover.value * basis.counted[days], basis.days)
        borne = unpaid.take(mine, wanted)
        if not borne:
            continue
        source: dict[str, str | int] = {"cover": cover.kind, "worth": worth}
        if borne < wanted:
            source["wanted"] = wanted
        is_share = cover.kind == "percent"
        found.append(
            Line(
                "payer",
                "",
                cover.payer_name,
                "",
                facts.month,
                date.fromordinal(span[0]),
                date.fromordinal(span[1]),
                days,
                basis.days,
                0 if is_share else cover.value,
                -borne,
                source,
                cover.value if is_share else 100,
                payer=cover.payer,
            )
        )
    return found


def _within(span: Days, month: Days) -> Days:
    """Return the days of a cover in the month."""
    return max(span[0], month[0]), min(span[1], month[1])
