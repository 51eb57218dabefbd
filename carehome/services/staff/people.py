"""Who works here, with the main post: what lists of people show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from carehome.db.staff import PostRow, StaffMemberRow, StaffPostRow


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works in the home; `staff_id` is 0 for somebody new."""

    staff_id: int
    name: str
    post: str
    phone: str
    hired_on: date
    left_on: date | None = None


def works_on(day: date) -> ColumnElement[bool]:
    """Say in a query that somebody has not left on `day`."""
    return StaffMemberRow.left_on.is_(None) | (StaffMemberRow.left_on > day)


def listed_in(
    session: Session, wanted: ColumnElement[bool], *order: ColumnElement[Any]
) -> list[StaffMember]:
    """List people with their main post, by post and name unless told otherwise."""
    query = (
        select(StaffMemberRow, PostRow.name)
        .outerjoin(
            StaffPostRow,
            (StaffPostRow.staff_id == StaffMemberRow.id) & StaffPostRow.is_main,
        )
        .outerjoin(PostRow, PostRow.id == StaffPostRow.post_id)
        .where(wanted)
        .order_by(*order, PostRow.position, PostRow.name, StaffMemberRow.name)
    )
    return [
        StaffMember(row.id, row.name, post or "", row.phone, row.hired_on, row.left_on)
        for row, post in session.execute(query)
    ]


def post_in(session: Session, name: str) -> PostRow:
    """Return the post that is called so, made if the home has none yet."""
    row = session.scalar(select(PostRow).where(PostRow.name == name.strip()))
    if row is None:
        last = session.scalar(select(func.max(PostRow.position))) or 0
        row = PostRow(name=name.strip(), position=last + 1)
        session.add(row)
        session.flush()
    return row


def set_posts_in(
    session: Session, staff_id: int, main: int, others: Sequence[int] = ()
) -> None:
    """Give somebody these posts and no others, `main` before all."""
    query = select(StaffPostRow).where(StaffPostRow.staff_id == staff_id)
    held = {row.post_id: row for row in session.scalars(query)}
    wanted = {main, *others}
    for post_id, row in held.items():
        if post_id not in wanted:
            session.delete(row)
        elif post_id != main and row.is_main:
            row.is_main = False
    session.flush()  # two main posts are refused, even for a moment
    for post_id in sorted(wanted - held.keys()):
        row = StaffPostRow(staff_id=staff_id, post_id=post_id, is_main=post_id == main)
        session.add(row)
    if main in held and not held[main].is_main:
        held[main].is_main = True
    session.flush()


def set_main_post_in(session: Session, staff_id: int, post_id: int) -> None:
    """Make this the main post of somebody; the former main one is held no more."""
    query = select(StaffPostRow).where(StaffPostRow.staff_id == staff_id)
    rows = session.scalars(query).all()
    others = [row.post_id for row in rows if not row.is_main]
    set_posts_in(session, staff_id, post_id, others)
