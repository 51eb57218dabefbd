"""Who decides on a price within another deed: a second person, or one alone."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.accounts import AccountRow
from carehome.db.home import HomeRow
from carehome.rules.prices.approval import check_second
from carehome.rules.rights import RIGHTS, Right, User


def check_second_in(session: Session, writer: int | None, user: User) -> bool:
    """Say whether `user` decides on what they wrote themselves, as nobody else can."""
    roles = [role for role, rights in RIGHTS.items() if Right.APPROVE_PRICES in rights]
    others = select(AccountRow.name).where(
        AccountRow.role.in_(roles),
        AccountRow.is_active,
        AccountRow.id != user.account_id,
    )
    alone = session.get_one(HomeRow, 1).one_may_approve
    other = session.scalar(others.order_by(AccountRow.id).limit(1))
    return check_second(writer, user.account_id, alone, other or "")


def moment_of(kept: datetime | None) -> datetime | None:
    """Return a moment as screens understand it; the database keeps UTC."""
    return kept.replace(tzinfo=UTC) if kept else None


def names_in(session: Session) -> dict[int | None, str]:
    """Return the names of all who ever could sign in, by the number of the account."""
    rows = session.execute(select(AccountRow.id, AccountRow.name))
    return {row.id: row.name for row in rows}
