"""A worked example: what each payer bears of one resident's month, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from carehome.db.billing import FeeItemRow
from carehome.db.payers import PayerRow
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.explanations import explain
from carehome.rules.billing.facts import Cover
from carehome.services.fees import Book
from carehome.services.prices.own import OwnCover


@dataclass(frozen=True, slots=True)
class Borne:
    """What one payer bears of the month, and how that comes about."""

    payer: str
    fen: int
    why: str


@dataclass(frozen=True, slots=True)
class Example:
    """A month of one resident: what it comes to, who bears what, who pays the rest."""

    month: date
    total: int
    parts: tuple[Borne, ...]

    @property
    def rest(self) -> int:
        """What is left for the resident."""
        return self.total - sum(part.fen for part in self.parts)


def example_in(
    session: Session, resident_id: int, month: date, more: Iterable[OwnCover] = ()
) -> Example:
    """Compute a month as it would be billed, with covers that are only planned."""
    facts = Book(session, [resident_id]).facts(resident_id, month)
    added = [_cover(session, cover) for cover in more]
    covers = sorted((*facts.covers, *added), key=lambda cover: cover.rank)
    lines = bill_month(replace(facts, covers=tuple(covers))).lines
    own = sum(line.amount_fen for line in lines if line.kind != "payer")
    borne = [line for line in lines if line.kind == "payer"]
    return Example(
        month,
        own,
        tuple(
            Borne(line.item_name, -line.amount_fen, " ".join(explain(line)))
            for line in borne
        ),
    )


def _cover(session: Session, cover: OwnCover) -> Cover:
    """Return a cover that nobody has agreed on yet as the rules understand it."""
    payer = session.get(PayerRow, cover.payer_id)
    item = session.get(FeeItemRow, cover.item_id) if cover.item_id else None
    return Cover(
        str(cover.payer_id),
        payer.name if payer else cover.payer,
        cover.span,
        cover.kind,  # type: ignore[arg-type]  # the dialog offers no other
        cover.value,
        (cover.category,) if cover.category else (),
        (item.code,) if item else (),
        cover.rank,
        cover.most,
        cover.counts_away,
    )
