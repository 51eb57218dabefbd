"""What the program keeps for one person: work half typed, whom they looked at last."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.drawers import DrawerRow
from carehome.rules.rights import Right
from carehome.services.service import Service, needs


class Drawer(Service):
    """A person's own drawer: things by name, as plain values that JSON can hold.

    What lies in it is encrypted with the home and left out of the change log.
    """

    @needs(Right.USE_PROGRAM)
    def keep(self, name: str, value: Any) -> None:
        """Put `value` into the drawer in place of what was there; None empties it."""
        with self._writing() as session:
            keep_in(session, self._user.account_id, name, value, self._now())

    @needs(Right.USE_PROGRAM)
    def look(self, name: str) -> Any:
        """Return what lies there under `name`; None when nothing does."""
        with self._reading() as session:
            return look_in(session, self._user.account_id, name)

    @needs(Right.USE_PROGRAM)
    def look_all(self, start: str) -> dict[str, Any]:
        """Return everything whose name begins with `start`, by name, oldest first."""
        with self._reading() as session:
            rows = session.scalars(
                select(DrawerRow)
                .where(
                    DrawerRow.account_id == self._user.account_id,
                    DrawerRow.name.startswith(start, autoescape=True),
                )
                .order_by(DrawerRow.at, DrawerRow.id)
            )
            return {row.name: row.value for row in rows}


def keep_in(
    session: Session, account_id: int, name: str, value: Any, at: datetime
) -> None:
    """Put `value` into somebody's drawer within another deed; None empties it."""
    row = _find(session, account_id, name)
    if value is None:
        if row:
            session.delete(row)
    elif row:
        row.value, row.at = value, at
    else:
        session.add(DrawerRow(account_id=account_id, name=name, value=value, at=at))


def look_in(session: Session, account_id: int, name: str) -> Any:
    """Return what lies in somebody's drawer within another deed."""
    row = _find(session, account_id, name)
    return row.value if row else None


def _find(session: Session, account_id: int, name: str) -> DrawerRow | None:
    return session.scalar(
        select(DrawerRow).where(
            DrawerRow.account_id == account_id, DrawerRow.name == name
        )
    )
