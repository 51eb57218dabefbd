"""Who has signed a settlement, and who may sign it for the home."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.departures import SettlementRow, SettlementSignatureRow
from carehome.db.home import HomeRow
from carehome.db.staff import StaffMemberRow
from carehome.i18n import _, speaking
from carehome.rules.rights import RIGHTS, Right, Role
from carehome.rules.settlement import SIDE_NAMES, Side, check_signer

_POSTS: dict[Side, Role] = {"accountant": Role.ACCOUNTANT, "director": Role.DIRECTOR}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for a side, on which day."""

    side: Side
    name: str
    day: date


def signatures_in(session: Session, settlement_id: int) -> dict[Side, Signature]:
    """Return who has signed a settlement, by side, in the order of the sheet."""
    query = select(SettlementSignatureRow).filter_by(settlement_id=settlement_id)
    known: dict[str, SettlementSignatureRow] = {
        row.side: row for row in session.scalars(query)
    }
    return {
        side: Signature(side, known[side].name, known[side].day)
        for side in SIDE_NAMES
        if side in known
    }


def signers_in(session: Session, day: date) -> dict[Side, tuple[str, ...]]:
    """Return who may sign for each side of the home, the likely ones first.

    They have an open account, or were on the staff on a day.
    """
    accounts = session.execute(
        select(AccountRow.name, AccountRow.role)
        .where(AccountRow.is_active)
        .order_by(AccountRow.id)
    ).all()
    staff = session.scalars(
        select(StaffMemberRow.name)
        .where(or_(StaffMemberRow.left_on.is_(None), StaffMemberRow.left_on >= day))
        .order_by(StaffMemberRow.name)
    ).all()
    found: dict[Side, tuple[str, ...]] = {}
    for side, post in _POSTS.items():
        likely = sorted(accounts, key=lambda known: known.role != post)
        found[side] = tuple(dict.fromkeys([*(known.name for known in likely), *staff]))
    return found


def check_signer_in(
    session: Session, made: SettlementRow, side: Side, who: tuple[str, str], day: date
) -> None:
    """Raise unless somebody, by name and relation, may sign for a side."""
    signed = {s: each.name for s, each in signatures_in(session, made.id).items()}
    people = signers_in(session, day).get(side, ())
    is_alone = _is_alone_in(session, who[0].strip())
    check_signer(side, *who, made.receiver, signed, people, is_alone)


@speaking()
def named(name: str, relation: str) -> str:
    """Return a name with what is said of it, as it is kept and printed."""
    if not relation.strip():
        return name.strip()
    text = _("{name} ({relation})")
    return text.format(name=name.strip(), relation=relation.strip())


def _is_alone_in(session: Session, name: str) -> bool:
    """Say whether one person may hold both posts: allowed, and nobody else is there."""
    if not session.get_one(HomeRow, 1).one_may_approve:
        return False
    roles = [role for role, rights in RIGHTS.items() if Right.SETTLE in rights]
    others = select(AccountRow.id).where(
        AccountRow.role.in_(roles), AccountRow.is_active, AccountRow.name != name
    )
    return session.scalar(others.limit(1)) is None
