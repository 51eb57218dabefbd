"""Who changed what and when, written by the session in the same transaction."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, event, func, inspect, select
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
)

from carehome.db.base import Base
from carehome.db.batches import insert_batch
from carehome.rules.rights import User

HIDDEN = "\u2022" * 6


class ChangeRow(Base):
    """One change to one record, or one look at something that is logged."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record", "record", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deed_number: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str]
    deed: Mapped[str]
    action: Mapped[str]
    record: Mapped[str]
    record_id: Mapped[int]
    resident_id: Mapped[int | None] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class Deed:
    """What one transaction does: its person, its name, the tables it changes."""

    def __init__(
        self, session: Session, user: User, name: str, at: datetime | None
    ) -> None:
        last = session.scalar(select(func.max(ChangeRow.deed_number)))
        self.number = (last or 0) + 1
        self.at = at or datetime.now(UTC).replace(tzinfo=None)
        self.user = user
        self.name = name
        self.touched: set[str] = set()

    def entry(
        self,
        action: str,
        record: str,
        record_id: int,
        resident_id: int | None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return one line of the change log as column values."""
        return {
            "deed_number": self.number,
            "at": self.at,
            "account_id": self.user.account_id or None,
            "actor": self.user.name,
            "deed": self.name,
            "action": action,
            "record": record,
            "record_id": record_id,
            "resident_id": resident_id,
            "before": before,
            "after": after,
        }


def watch(session: Session, user: User, name: str, at: datetime | None) -> Deed:
    """Log every change that `session` makes from now on."""
    deed = Deed(session, user, name, at)
    session.info["deed"] = deed
    event.listen(session, "after_flush", _write)
    event.listen(session, "do_orm_execute", _refuse_bulk)
    return deed


def note_look(
    session: Session,
    record: str,
    record_id: int,
    resident_id: int | None,
    why: str = "",
) -> None:
    """Log that something sensitive was looked at, and why."""
    deed: Deed = session.info["deed"]
    after = {"why": why} if why else None
    line = deed.entry("look", record, record_id, resident_id, after=after)
    insert_batch(session.connection(), ChangeRow, [line])


def note_list(session: Session, title: str, rows: int) -> None:
    """Log that a list left the program as a file: which, and how long it was."""
    deed: Deed = session.info["deed"]
    after = {"title": title, "rows": rows}
    line = deed.entry("look", "list", 0, None, after=after)
    insert_batch(session.connection(), ChangeRow, [line])


def note_secret(session: Session, record: str, record_id: int, what: str) -> None:
    """Log that `what` was renewed, which lies outside the file and is not told."""
    deed: Deed = session.info["deed"]
    line = deed.entry("update", record, record_id, None, after={what: HIDDEN})
    note_many(session, record, [line])


def note_many(session: Session, record: str, lines: list[dict[str, Any]]) -> None:
    """Log records that a deed inserts in bulk, one line each."""
    deed: Deed = session.info["deed"]
    deed.touched.add(record)
    insert_batch(session.connection(), ChangeRow, lines)


def _write(session: Session, _flush: UOWTransaction) -> None:
    deed: Deed = session.info["deed"]
    dirty = (row for row in session.dirty if row.is_logged and session.is_modified(row))
    # SQLAlchemy keeps them in no order; the same deed writes the same log.
    changed = sorted(dirty, key=lambda row: (row.__tablename__, row.id))
    lines = [
        _line(deed, action, row)
        for action, rows in (
            ("insert", session.new),
            ("update", changed),
            ("delete", session.deleted),
        )
        for row in rows
        if row.is_logged
    ]
    if lines:
        deed.touched.update(line["record"] for line in lines)
        insert_batch(session.connection(), ChangeRow, lines)


def _line(deed: Deed, action: str, row: Any) -> dict[str, Any]:
    before, after = _values(row, action)
    record: str = row.__tablename__
    resident_id = row.id if record == "resident" else getattr(row, "resident_id", None)
    return deed.entry(action, record, row.id, resident_id, before, after)


def _values(row: Any, action: str) -> tuple[dict[str, Any] | None, ...]:
    """Return the values before and after; of an update only what differs."""
    state = inspect(row)
    columns = [attr.key for attr in state.mapper.column_attrs]
    if action == "insert":
        return None, {key: _plain(state.dict.get(key)) for key in columns}
    if action == "delete":
        return {key: _plain(state.dict.get(key)) for key in columns}, None
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for key in columns:
        history = state.attrs[key].history
        if history.has_changes():
            before[key] = _plain(history.deleted[0] if history.deleted else None)
            after[key] = _plain(history.added[0] if history.added else None)
    return before, after


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return value


def _refuse_bulk(call: ORMExecuteState) -> None:
    assert call.is_select, "change rows one by one, so that the log sees them"
