"""Taking back one deed whole, from what the change log says it did."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from carehome.db.base import Base
from carehome.db.change_log import ChangeRow
from carehome.errors import Refusal
from carehome.i18n import N_


class CannotUndo(Refusal):
    """Something that came later stands on the deed."""

    text = N_(
        "This cannot be taken back: later work builds on it. Correct the single "
        "records instead."
    )


def take_back(session: Session, deed_number: int) -> None:
    """Undo every insert and update of a deed; raise CannotUndo when later work
    changed the same records or points at them.
    """
    lines = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.deed_number == deed_number)
        .order_by(ChangeRow.id.desc())
    ).all()
    if not lines or _changed_later(session, deed_number):
        raise CannotUndo
    kinds: dict[str, Any] = {
        mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }
    try:
        for line in lines:
            _reverse(session, kinds[line.record], line)
    except IntegrityError as error:
        raise CannotUndo from error


def _changed_later(session: Session, deed_number: int) -> bool:
    done, later = ChangeRow.__table__.alias(), ChangeRow.__table__.alias()
    query = select(later.c.id).join(
        done,
        (later.c.record == done.c.record) & (later.c.record_id == done.c.record_id),
    )
    query = query.where(
        done.c.deed_number == deed_number,
        later.c.deed_number > deed_number,
        later.c.action != "look",
    )
    return session.execute(query.limit(1)).first() is not None


def _reverse(session: Session, kind: Any, line: ChangeRow) -> None:
    if line.action == "look":
        return
    row = session.get(kind, line.record_id)
    if line.action == "delete" or row is None:
        raise CannotUndo
    if line.action == "insert":
        session.delete(row)
    else:
        for name, value in (line.before or {}).items():
            setattr(row, name, _typed(kind, name, value))
    session.flush()


def _typed(kind: Any, name: str, value: Any) -> Any:
    """Return a logged value as the column holds it."""
    python_type = kind.__table__.c[name].type.python_type
    if value is not None and python_type in (date, datetime):
        return python_type.fromisoformat(value)
    return value
