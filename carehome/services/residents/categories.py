"""The categories of residents: since when, until when, by which proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from carehome.db.residents import ResidentCategoryRow, ResidentRow
from carehome.errors import Refusal
from carehome.i18n import N_, _
from carehome.rules.home import NameMissing
from carehome.rules.residents import check_happened
from carehome.services.home import labels_in

Row = ResidentCategoryRow


class CategoryTurned(Refusal):
    """A category ends before it begins."""

    text = N_("The category must last at least to the day it begins, {starts}.")


class CategoryTwice(Refusal):
    """Nobody belongs to one category twice on one day."""

    text = N_(
        "{name} belongs to “{category}” on some of these days already. End or correct "
        "that entry first."
    )


@dataclass(frozen=True, slots=True)
class Category:
    """A category that somebody belongs to from `starts` up to, but without, `ends`.

    Without `starts` it is not known since when. `category_id` is 0 until it is stored.
    """

    code: str
    starts: date | None = None
    ends: date | None = None
    proof: str = ""
    proof_number: str = ""
    paper_id: int | None = None
    verified_by: str = ""
    verified_on: date | None = None
    note: str = ""
    category_id: int = 0
    label: str = ""

    def holds(self, day: date) -> bool:
        """Say whether somebody belongs to it on `day`."""
        begun = self.starts is None or self.starts <= day
        return begun and (self.ends is None or day < self.ends)


def holding(day: date) -> ColumnElement[bool]:
    """Return the condition under which a category holds on `day`."""
    return and_(
        or_(Row.starts.is_(None), Row.starts <= day),
        or_(Row.ends.is_(None), Row.ends > day),
    )


def codes_on_in(session: Session, resident_id: int, day: date) -> list[str]:
    """List the codes of the categories that a resident belongs to on `day`."""
    query = select(Row.code).where(Row.resident_id == resident_id, holding(day))
    return list(session.scalars(query.order_by(Row.id)))


def categories_in(session: Session, resident_id: int) -> list[Category]:
    """List the categories of a resident, those that hold longest first."""
    labels = labels_in(session, "category")
    rows = _rows(session, resident_id)
    rows.sort(key=lambda row: (row.ends or date.max, row.starts or date.min))
    return [
        Category(
            row.code,
            row.starts,
            row.ends,
            row.proof,
            row.proof_number,
            row.paper_id,
            row.verified_by,
            row.verified_on,
            row.note,
            row.id,
            labels.get(row.code, row.code),
        )
        for row in reversed(rows)
    ]


def set_categories_in(session: Session, resident_id: int, codes: Iterable[str]) -> None:
    """Store what a roll or an admission tells of the categories, without any days.

    What has days or a proof is known better and stays.
    """
    wanted = list(dict.fromkeys(codes))
    rows = _rows(session, resident_id)
    for row in rows:
        is_bare = not (row.starts or row.ends or row.proof or row.proof_number)
        if is_bare and row.code not in wanted:
            session.delete(row)
    known = {row.code for row in rows if row.ends is None}
    past = {row.code: row.ends for row in rows if row.ends is not None}
    session.add_all(
        Row(resident_id=resident_id, code=code, starts=past.get(code))
        for code in wanted
        if code not in known
    )
    session.flush()


def turn_in(
    session: Session, resident_id: int, codes: Iterable[str], today: date
) -> None:
    """Let the categories of today be these: new ones begin, those left out end."""
    wanted = list(dict.fromkeys(codes))
    held = [row for row in _rows(session, resident_id) if _of(row).holds(today)]
    for row in held:
        if row.code in wanted:
            continue
        if row.starts == today:
            session.delete(row)
        else:
            row.ends = today
    known = {row.code for row in held}
    for code in wanted:
        if code not in known:
            add_in(session, resident_id, Category(code, today), today)
    session.flush()


def add_in(session: Session, resident_id: int, category: Category, today: date) -> int:
    """Store a category with its days and its proof."""
    row = Row(resident_id=resident_id)
    _fill(session, row, category, today)
    session.add(row)
    session.flush()
    return row.id


def change_in(session: Session, category: Category, today: date) -> None:
    """Store the corrected facts of a category."""
    row = session.get_one(Row, category.category_id)
    with session.no_autoflush:
        _fill(session, row, category, today)
    session.flush()


def end_in(session: Session, category_id: int, day: date) -> None:
    """Let a category end: on `day` it holds no more."""
    row = session.get_one(Row, category_id)
    if row.starts is not None and day <= row.starts:
        raise CategoryTurned(starts=row.starts)
    row.ends = day
    session.flush()


def _fill(session: Session, row: Row, category: Category, today: date) -> None:
    if not category.code:
        raise NameMissing(field=_("resident category"))
    starts, ends = category.starts, category.ends
    if starts and ends and ends <= starts:
        raise CategoryTurned(starts=starts)
    if category.verified_on:
        check_happened(category.verified_on, today)
    _check_once(session, row, category)
    row.code, row.starts, row.ends = category.code, starts, ends
    row.proof, row.proof_number = category.proof.strip(), category.proof_number.strip()
    row.paper_id, row.note = category.paper_id, category.note.strip()
    row.verified_by = category.verified_by.strip()
    row.verified_on = category.verified_on


def _check_once(session: Session, row: Row, category: Category) -> None:
    """Raise when somebody would belong to one category twice on one day."""
    first, last = category.starts or date.min, category.ends or date.max
    for other in _rows(session, row.resident_id):
        if other is row or other.code != category.code:
            continue
        if (other.starts or date.min) < last and first < (other.ends or date.max):
            name = session.get_one(ResidentRow, row.resident_id).name
            label = labels_in(session, "category").get(category.code, category.code)
            raise CategoryTwice(name=name, category=label)


def _of(row: Row) -> Category:
    return Category(row.code, row.starts, row.ends)


def _rows(session: Session, resident_id: int) -> list[Row]:
    query = select(Row).where(Row.resident_id == resident_id).order_by(Row.id)
    return list(session.scalars(query))
