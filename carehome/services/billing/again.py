"""Posted bills computed again from what is stored with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.billing import BillRow
from carehome.db.corrections import BillCorrectionRow
from carehome.rules.billing.adjustments import adjust
from carehome.rules.billing.bill import bill_month
from carehome.rules.billing.facts import Facts
from carehome.rules.billing.lines import Line
from carehome.rules.billing.stored import facts_from_json
from carehome.services.billing.late import ChargedLine, lines_for_in
from carehome.services.billing.posted import lines_in


@dataclass(frozen=True, slots=True)
class Differing:
    """A posted bill that does not come out again; sums are fen."""

    bill_id: int
    posted: int
    again: int


@dataclass(frozen=True, slots=True)
class Checked:
    """How many posted bills of a month come out again to the fen."""

    month: date
    bills: int
    lines: int
    differing: tuple[Differing, ...]

    @property
    def agreeing(self) -> int:
        """Return how many bills come out as they were posted."""
        return self.bills - len(self.differing)


def check_in(session: Session, month: date) -> Checked:
    """Compute all bills of a month again and set them against what was posted."""
    ids = list(session.scalars(select(BillRow.id).where(BillRow.month == month)))
    posted, again = lines_in(session, ids), again_in(session, ids)
    differing = tuple(
        Differing(bill_id, _sum(posted[bill_id]), _sum(again[bill_id]))
        for bill_id in ids
        if posted[bill_id] != again[bill_id]
    )
    lines = sum(map(len, posted.values()))
    return Checked(month, len(ids), lines, differing)


def again_in(session: Session, bill_ids: Sequence[int]) -> dict[int, tuple[Line, ...]]:
    """Return what posted bills come to by the facts that are stored with them."""
    posted = lines_in(session, list(bill_ids))
    rows = session.execute(
        select(BillRow.id, BillRow.resident_id, BillRow.facts).where(
            BillRow.id.in_(bill_ids)
        )
    ).all()
    corrected = corrections_of_in(session, bill_ids)
    months = {month for each in corrected.values() for month in each}
    whose = {who for bill_id, who, _facts in rows if bill_id in corrected}
    before = lines_for_in(session, whose, months) if whose else []
    found = {}
    for bill_id, who, facts in rows:
        own = bill_month(facts_from_json(facts)).lines if facts else ()
        earlier = [x for x in before if x.resident_id == who and x.bill_id < bill_id]
        known = corrected.get(bill_id, {})
        late = _corrections_again(earlier, known, posted[bill_id])
        found[bill_id] = own + late
    return found


def corrections_of_in(
    session: Session, bill_ids: Sequence[int]
) -> Mapping[int, dict[date, Facts]]:
    """Return by which facts some bills correct which months."""
    found: dict[int, dict[date, Facts]] = defaultdict(dict)
    rows = session.scalars(
        select(BillCorrectionRow)
        .where(BillCorrectionRow.bill_id.in_(bill_ids))
        .order_by(BillCorrectionRow.month)
    )
    for row in rows:
        found[row.bill_id][row.month] = facts_from_json(row.facts)
    return found


def _corrections_again(
    earlier: Sequence[ChargedLine],
    corrected: Mapping[date, Facts],
    posted: Sequence[Line],
) -> tuple[Line, ...]:
    """Return the corrections on a bill as they come out again.

    What says the same as posted is the posted line, with the words of its approval.
    Those whose facts were not kept in their time, and what a payer refused, are taken
    as they are.
    """
    again = []
    for month, facts in corrected.items():
        charged = [x.line for x in earlier if x.for_month == month]
        charged += [x for x in posted if x.for_month == month and x.source.get("cut")]
        again += adjust(charged, bill_month(facts).lines)
    late = [line for line in posted if line.kind == "adjustment"]
    found = []
    for line in late:
        if line.for_month not in corrected or line.source.get("cut"):
            found.append(line)
            continue
        same = next((x for x in again if _says(x) == _says(line)), None)
        if same is not None:
            again.remove(same)
            found.append(line)
    return (*found, *again)


def _says(line: Line) -> tuple[str, str, str, date, int]:
    """Return what a correction charges, and how much."""
    corrects = str(line.source["corrects"])
    return (corrects, line.item_code, line.payer, line.for_month, line.amount_fen)


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.amount_fen for line in lines)
