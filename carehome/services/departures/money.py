"""The money of a departure: what is to be billed, what is held, and the settlement."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.departures import DepartureRow, SettlementRow
from carehome.db.residents import ResidentRow, StayRow
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.rules.departures import KIND_NAMES, Departure
from carehome.rules.settlement import SIDE_NAMES, Books, Side
from carehome.services.billing.trial import Trial, final_in
from carehome.services.departures.movements import (
    BillParts,
    Movement,
    Voucher,
    movements_in,
    parts_in,
    vouchers_in,
)
from carehome.services.departures.signers import Signature, signatures_in, signers_in
from carehome.services.departures.state import books_in, last_bed_in
from carehome.services.payers.receivables import shares_owed_in
from carehome.services.payments import BillState, account_in

MOST_LINES = 13  # so many lines stand on the sheet; older movements share some (ours)


class Unbilled(Refusal):
    """Something came to be known that no bill holds yet."""

    text = N_(
        "Something was recorded after the final bill. Do the step of the final bill "
        "once more, so that it is billed too."
    )


@dataclass(frozen=True, slots=True)
class DepartureMoney:
    """What a departure comes to so far; `to_bill` are bills as they would be posted.

    `shares` is what members of the family still owe of theirs, by name.
    """

    to_bill: tuple[Trial, ...]
    trouble: str
    bills: tuple[BillState, ...]
    books: Books
    movements: tuple[Movement, ...]
    settlement: "Settlement | None"
    signers: Mapping[Side, tuple[str, ...]]
    shares: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement as it was made, in the words of then."""

    settlement_id: int
    departure_id: int
    resident_id: int
    resident: str
    bed: str
    kind: str
    admitted_on: date
    left_on: date
    made_on: date
    made_at: datetime
    made_by: str
    approved_by: str
    receiver: str
    relation: str
    proof: str
    books: Books
    claim: int
    claim_reason: str
    lines: tuple[Movement, ...]
    printed: int
    others_consent: str = ""
    heirs: tuple[tuple[str, str], ...] = ()
    parts: BillParts | None = None
    vouchers: tuple[Voucher, ...] = ()
    signatures: tuple[Signature, ...] = ()
    shares: tuple[tuple[str, int], ...] = ()

    @property
    def paid_to_family(self) -> int:
        """What was given back in all of the home's books: deposit, prepaid money."""
        return self.books.refunded + self.books.paid_out

    @property
    def net(self) -> int:
        """All set off: above nothing given back, below still to be paid."""
        return self.paid_to_family - self.claim

    @property
    def is_sealed(self) -> bool:
        """Say whether all sides have signed."""
        return len(self.signatures) == len(SIDE_NAMES)


def money_in(session: Session, row: DepartureRow) -> DepartureMoney:
    """Return what a departure comes to so far."""
    stay = session.get_one(StayRow, row.stay_id)
    to_bill: tuple[Trial, ...] = ()
    trouble = ""
    settlement = settlement_in(session, row.id)
    if stay.discharged_on is not None and settlement is None:
        try:
            to_bill = final_in(session, row.resident_id)
        except Refusal as refusal:
            trouble = refusal.message
    return DepartureMoney(
        to_bill,
        trouble,
        account_in(session, row.resident_id).bills,
        books_in(session, row.resident_id),
        tuple(movements_in(session, row.resident_id)),
        settlement,
        signers_in(session, settlement.made_on) if settlement else {},
        tuple(shares_owed_in(session, row.resident_id)),
    )


def check_billed_in(session: Session, resident_id: int) -> None:
    """Raise while something of a resident is not billed."""
    if final_in(session, resident_id):
        raise Unbilled


def store_settlement_in(
    session: Session,
    row: DepartureRow,
    trust: int,
    now: datetime,
    today: date,
    by: tuple[str, str],
    claim: int,
    claim_reason: str,
) -> SettlementRow:
    """Write what a departure came to, with the words of its sheet.

    `trust` is what was kept in trust and is given back by now.
    """
    books = replace(books_in(session, row.resident_id), trust=trust)
    stay = session.get_one(StayRow, row.stay_id)
    assert stay.discharged_on is not None, "nobody settles before leaving"
    sums = {f"{name}_fen": fen for name, fen in asdict(books).items()}
    made = SettlementRow(
        departure_id=row.id,
        resident_id=row.resident_id,
        made_on=today,
        made_at=now,
        made_by=by[0],
        approved_by=by[1],
        receiver=row.receiver,
        claim_fen=claim,
        claim_reason=claim_reason.strip(),
        text=_words(session, row, stay, today),
        **sums,
    )
    session.add(made)
    session.flush()
    return made


@speaking()
def _words(
    session: Session, row: DepartureRow, stay: StayRow, today: date
) -> dict[str, Any]:
    assert stay.discharged_on is not None, "nobody settles before leaving"
    lines = _shortened(movements_in(session, row.resident_id))
    return {
        "resident": session.get_one(ResidentRow, row.resident_id).name,
        "bed": last_bed_in(session, row.resident_id),
        "kind": _(KIND_NAMES[Departure(row.kind)]),
        "admitted_on": stay.admitted_on.isoformat(),
        "left_on": stay.discharged_on.isoformat(),
        "relation": row.relation,
        "proof": row.proof,
        "others_consent": row.others_consent,
        "heirs": row.heirs.get("people", []),
        "shares": shares_owed_in(session, row.resident_id),
        "parts": asdict(parts_in(session, row.resident_id)),
        "vouchers": [
            asdict(each) for each in vouchers_in(session, row.resident_id, today)
        ],
        "lines": [[x.day.isoformat(), x.book, x.text, x.fen] for x in lines],
    }


def _shortened(lines: list[Movement]) -> list[Movement]:
    """Put the oldest movements of each book into one line, so that a page holds all."""
    for kept in range(MOST_LINES, 0, -1):
        found = _folded(lines[:-kept]) + lines[-kept:]
        if len(found) <= MOST_LINES:
            break
    return found


def _folded(old: list[Movement]) -> list[Movement]:
    """Put movements into one line for each book, dated with its newest."""
    carried = []
    for book in ("bill", "payment", "set_off", "payout", "deposit"):
        mine = [each for each in old if each.book == book]
        if len(mine) == 1:
            carried += mine
        elif mine:
            text = _("{count} earlier movements of this kind").format(count=len(mine))
            total = sum(each.fen for each in mine)
            carried.append(Movement(mine[-1].day, book, text, total))
    return carried


def settlement_in(session: Session, departure_id: int) -> Settlement | None:
    """Return the settlement of a departure, if it is made."""
    query = select(SettlementRow).where(SettlementRow.departure_id == departure_id)
    row = session.scalar(query)
    if row is None:
        return None
    return _settlement(row, tuple(signatures_in(session, row.id).values()))


def _settlement(row: SettlementRow, signed: tuple[Signature, ...]) -> Settlement:
    said = row.text
    parts = said.get("parts")
    books = {name: getattr(row, f"{name}_fen") for name in Books.__slots__}
    return Settlement(
        row.id,
        row.departure_id,
        row.resident_id,
        said["resident"],
        said["bed"],
        said["kind"],
        date.fromisoformat(said["admitted_on"]),
        date.fromisoformat(said["left_on"]),
        row.made_on,
        row.made_at.replace(tzinfo=UTC),
        row.made_by,
        row.approved_by,
        row.receiver,
        said["relation"],
        said["proof"],
        Books(**books),
        row.claim_fen,
        row.claim_reason,
        tuple(
            Movement(date.fromisoformat(day), book, text, fen)
            for day, book, text, fen in said["lines"]
        ),
        row.printed,
        said.get("others_consent", ""),
        tuple((name, relation) for name, relation in said.get("heirs", ())),
        BillParts(**parts) if parts else None,
        tuple(Voucher(**each) for each in said.get("vouchers", ())),
        signed,
        tuple((name, fen) for name, fen in said.get("shares", ())),
    )
