"""Taking back one deed whole, from what the change log says it did."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
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
    """Undo every change of a deed; raise CannotUndo when later work
    changed the same records or points at them.
    """
    lines = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.deed_number == deed_number)
        .order_by(ChangeRow.id.desc())
    ).all()
    if not lines or _changed_later(session, deed_number):
        raise CannotUndo
    try:
        for action, run in groupby(lines, lambda line: line.action):
            _REVERSE[action](session, list(run))
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


def _delete(session: Session, lines: Sequence[ChangeRow]) -> None:
    """Delete records that were added, those first that point at others."""
    ids = defaultdict(set)
    for line in lines:
        ids[line.record].add(line.record_id)
    for kind in reversed(_kinds()):
        if wanted := ids.get(kind.__tablename__):
            rows = session.scalars(select(kind).where(kind.id.in_(wanted))).all()
            if len(rows) < len(wanted):
                raise CannotUndo
            for row in rows:
                session.delete(row)
            session.flush()


def _change_back(session: Session, lines: Sequence[ChangeRow]) -> None:
    """Give changed records their former values."""
    kinds = {kind.__tablename__: kind for kind in _kinds()}
    for line in lines:
        kind = kinds[line.record]
        row = session.get(kind, line.record_id)
        if row is None:
            raise CannotUndo
        for name, value in (line.before or {}).items():
            setattr(row, name, _typed(kind, name, value))
        session.flush()


def _restore(session: Session, lines: Sequence[ChangeRow]) -> None:
    """Add deleted records again, those last that point at others.

    Scans are not in the log and cannot come back.
    """
    kinds = {kind.__tablename__: kind for kind in _kinds()}
    places = {record: place for place, record in enumerate(kinds)}
    for line in sorted(lines, key=lambda line: places[line.record]):
        kind, before = kinds[line.record], line.before or {}
        if any(kind.__table__.c[name].type.python_type is bytes for name in before):
            raise CannotUndo
        row = kind(**{name: _typed(kind, name, before[name]) for name in before})
        session.add(row)
        session.flush()


def _leave(_session: Session, _lines: Sequence[ChangeRow]) -> None:
    """Let looks be: nothing was changed."""


_REVERSE = {
    "insert": _delete,
    "update": _change_back,
    "delete": _restore,
    "look": _leave,
}


def _kinds() -> list[Any]:
    """Return all kinds of records, those first that others point at."""
    of_table = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    return [of_table[table] for table in Base.metadata.sorted_tables]


def _typed(kind: Any, name: str, value: Any) -> Any:
    """Return a logged value as the column holds it."""
    python_type = kind.__table__.c[name].type.python_type
    if value is not None and python_type in (date, datetime):
        return python_type.fromisoformat(value)
    return value
