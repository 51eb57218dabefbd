"""What payers ask for on a day: statements to send, money that is overdue."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.payers import PayerRow, PayerStatementRow
from carehome.i18n import N_
from carehome.rules.payers.claims import Claim, ages
from carehome.rules.payers.payer import PayerKind
from carehome.rules.periods import months_after
from carehome.rules.rights import Role
from carehome.rules.today import (
    Concern,
    Fen,
    Month,
    Target,
    Task,
    Urgency,
    words,
)
from carehome.services.payers.cuts import asked_in
from carehome.services.payers.receivables import claims_in

PAYERS = "payers"  # a target: a payer, or ("owing") all who owe something
OWING, ALL = "owing", "all"
SEND_WITHIN = timedelta(days=10)  # ours: after the end of the month that was billed


def lines_in(session: Session, day: date) -> Iterator[Task | Concern]:
    """Yield what is to be done about other payers."""
    claims = claims_in(session)
    if claims:
        yield from _to_send(session, claims)
        yield from _to_send_again(session, day)
        yield from _overdue(session, claims, day)


def _to_send(session: Session, claims: Sequence[Claim]) -> Iterator[Task]:
    """Yield the statements of the newest month that nobody has sent yet."""
    month = max(claim.month for claim in claims)
    families = set(
        session.scalars(select(PayerRow.id).where(PayerRow.kind == PayerKind.FAMILY))
    )
    sent = set(
        session.scalars(
            select(PayerStatementRow.payer_id).where(PayerStatementRow.month == month)
        )
    )
    open_ones = [
        claim
        for claim in claims
        if claim.month == month
        and claim.open > 0
        and claim.payer_id not in families | sent
    ]
    if not open_ones:
        return
    payers = {claim.payer_id for claim in open_ones}
    text = N_("{count} {count:payer|payers}, {fen} in all")
    fen = sum(claim.open for claim in open_ones)
    yield Task(
        months_after(month, 1) + SEND_WITHIN,
        words(
            N_("Send the statements of {month} to other payers"), month=Month.of(month)
        ),
        words(text, count=len(payers), fen=Fen(fen)),
        words(N_("Open the payers")),
        Target(PAYERS, min(payers) if len(payers) == 1 else ALL),
    )


def _to_send_again(session: Session, day: date) -> Iterator[Concern]:
    """Yield the statements of which a month came to something else since."""
    newest: dict[tuple[int, date], int] = {}
    kept = select(PayerStatementRow).order_by(PayerStatementRow.id)
    for row in session.scalars(kept):
        newest[row.payer_id, row.month] = row.fen
    asked = asked_in(session) if newest else {}
    stale = [key for key, fen in newest.items() if asked.get(key, fen) != fen]
    if not stale:
        return
    payers = {payer_id for payer_id, _month in stale}
    text = N_("{count} {count:statement|statements} came to something else since")
    yield Concern(
        words(N_("Other payers")),
        words(text, count=len(stale)),
        Urgency.SOON,
        Target(PAYERS, min(payers) if len(payers) == 1 else ALL),
        Role.ACCOUNTANT,
        day,
    )


def _overdue(session: Session, claims: Sequence[Claim], day: date) -> Iterator[Concern]:
    """Yield who should have paid by now: one by name, several as one line."""
    late: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.open > 0 and claim.due < day:
            late[claim.payer_id].append(claim)
    if not late:
        return
    fen = Fen(sum(ages(own, day).overdue for own in late.values()))
    since = min(claim.due for own in late.values() for claim in own)
    subject = words(N_("Other payers"))
    if len(late) == 1:
        (payer_id,) = late
        name = session.get_one(PayerRow, payer_id).name
        text = words(
            N_("{name} owes {fen}, due since {day}"), name=name, fen=fen, day=since
        )
        target = Target(PAYERS, payer_id)
    else:
        text = words(
            N_("{count} payers owe {fen}, the oldest since {day}"),
            count=len(late),
            fen=fen,
            day=since,
        )
        target = Target(PAYERS, OWING)
    yield Concern(subject, text, Urgency.LATE, target, Role.ACCOUNTANT, since)
