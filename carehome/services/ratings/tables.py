"""Item tables of the rating: read from a sheet, taken over whole, kept as they were."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import (
    RatingItemRow,
    RatingLineRow,
    RatingSelfRow,
    RatingTableRow,
)
from carehome.errors import Refusal
from carehome.i18n import N_, _, speaking
from carehome.reports.rating_table import write_table
from carehome.rules.figures import definitions
from carehome.rules.ratings import items as rules
from carehome.rules.ratings import presets, reading
from carehome.rules.ratings.items import PART_NAMES, GradeLine, Item, ItemTable, Part
from carehome.rules.ratings.points import show_points
from carehome.rules.ratings.reading import Reading
from carehome.rules.rights import Right
from carehome.rules.rulepacks import Standing
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

SHOWS = frozenset({"rating_table", "rating_item", "rating_line", "rating_self"})


class PracticeTaken(Refusal):
    """The practice table is there already."""

    text = N_("The practice table is there already. Take it into use again if need be.")


class SheetTaken(Refusal):
    """The very same file was read before."""

    text = N_("This very sheet is there already as “{name}”.")


class NoFigure(Refusal):
    """An item is to be tied to something that nobody counts."""

    text = N_("The program does not count this. Choose a figure of the list.")


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet as it was read, before anything is taken over."""

    file_name: str
    sha256: str
    reading: Reading

    @property
    def name(self) -> str:
        """Suggest a name: that of the file."""
        return Path(self.file_name).stem


@dataclass(frozen=True, slots=True)
class Heading:
    """What a person says of a sheet: its name, edition, region, source and standing."""

    name: str
    edition: str = ""
    region: str = ""
    source: str = ""
    standing: Standing = "in force"
    note: str = ""


def read_sheet(path: Path) -> Preview:
    """Read a workbook; nothing is stored, and what is wrong is told row by row."""
    from carehome.sheets import workbook  # noqa: PLC0415 - heavy

    sheets = workbook.read(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = reading.read(sheets, presets.usual_lines().marks)
    tied = tuple(
        replace(item, figure=presets.suggest_figure(item.name)) for item in found.items
    )
    return Preview(path.name, digest, replace(found, items=tied))


def tables_in(session: Session) -> list[ItemTable]:
    """List all item tables, those in use first, the newest of them first."""
    order = RatingTableRow.is_active.desc(), RatingTableRow.id.desc()
    return _tables(session, session.scalars(select(RatingTableRow).order_by(*order)))


def table_in(session: Session, table_id: int) -> ItemTable:
    """Return one item table with its items and lines."""
    (found,) = _tables(session, [session.get_one(RatingTableRow, table_id)])
    return found


class RatingTables(Service):
    """What one person can do with item tables."""

    @needs(Right.SEE_RATING)
    def listed(self) -> list[ItemTable]:
        """List all item tables, those in use first."""
        with self._reading() as session:
            return tables_in(session)

    @needs(Right.CHANGE_RATING)
    def preview(self, path: Path) -> Preview:
        """Read a sheet and say what it holds and what is wrong with it."""
        return read_sheet(path)

    @needs(Right.CHANGE_RATING)
    def take_over(self, preview: Preview, heading: Heading) -> int:
        """Keep a sheet that is whole as an item table; return its id."""
        if wrong := preview.reading.faults:
            raise rules.TableWrong(count=len(wrong), faults=wrong)
        lines = presets.usual_lines()
        rules.check(preview.reading.items, lines.marks)
        table = ItemTable(
            heading.name.strip(),
            preview.reading.items,
            lines.lines,
            heading.edition.strip(),
            heading.region.strip(),
            heading.source.strip(),
            heading.standing,
            heading.note.strip(),
            file_name=preview.file_name,
            sha256=preview.sha256,
        )
        with self._writing() as session:
            _check_new(session, table)
            return self._add(session, table)

    @needs(Right.CHANGE_RATING)
    def take_practice(self) -> int:
        """Take over the practice table that came with the program; return its id."""
        with self._writing() as session:
            query = select(RatingTableRow.id).where(
                RatingTableRow.preset == presets.PRACTICE
            )
            if session.scalar(query) is not None:
                raise PracticeTaken
            table = presets.practice_table()
            _check_new(session, table)
            return self._add(session, table)

    @needs(Right.CHANGE_RATING)
    def set_active(self, table_id: int, is_active: bool) -> None:
        """Take a table out of use, or into use again."""
        with self._writing() as session:
            session.get_one(RatingTableRow, table_id).is_active = is_active

    @needs(Right.CHANGE_RATING)
    def tie(self, item_id: int, figure: str) -> None:
        """Say by which figure an item is told; none where nothing counts it."""
        if figure and figure not in definitions():
            raise NoFigure
        with self._writing() as session:
            session.get_one(RatingItemRow, item_id).figure = figure

    @needs(Right.SEE_RATING)
    @speaking()
    def write_empty(self, path: Path) -> None:
        """Write an empty sheet that the program can read when it is filled in."""
        marks = presets.usual_lines().marks
        parts = _(", ").join(
            f"{_(PART_NAMES[part])} {show_points(mark)}" for part, mark in marks.items()
        )
        notes = (
            _("The parts must come to: {parts}; together {total} points.").format(
                parts=parts, total=show_points(sum(marks.values()))
            ),
            _("Every row is one item with a code of its own and one number of points."),
        )
        with self._reading() as session:
            head = letterhead_in(session)
        write_table(path, _("Rating table"), notes, (), head)

    @needs(Right.SEE_RATING)
    @speaking()
    def write(self, table_id: int, path: Path) -> None:
        """Write a table as a workbook that can be corrected and read once more."""
        with self._reading() as session:
            table, head = table_in(session, table_id), letterhead_in(session)
        told = (table.stamp, table.edition, table.source, table.note)
        write_table(
            path, table.name, [each for each in told if each], table.items, head
        )

    def _add(self, session: Session, table: ItemTable) -> int:
        row = RatingTableRow(
            preset=table.preset,
            name=table.name,
            edition=table.edition,
            region=table.region,
            source=table.source,
            standing=table.standing,
            note=table.note,
            file_name=table.file_name,
            sha256=table.sha256,
            size=len(table.items),
            added_at=self._now(),
            added_by=self._user.name,
        )
        session.add(row)
        session.flush()
        session.add_all(
            RatingLineRow(
                table_id=row.id,
                grade=line.grade,
                hundredths=line.hundredths,
                percent=line.percent,
            )
            for line in table.lines
        )
        session.add_all(
            _item_row(row.id, position, item)
            for position, item in enumerate(table.items)
        )
        session.flush()
        return row.id


def _check_new(session: Session, table: ItemTable) -> None:
    """Refuse a table without a name, or one that is there already."""
    if not table.name:
        raise rules.TableNameless
    for row in session.scalars(select(RatingTableRow)):
        if row.name == table.name:
            raise rules.TableNameTaken(name=row.name)
        if table.sha256 and row.sha256 == table.sha256:
            raise SheetTaken(name=row.name)


def _item_row(table_id: int, position: int, item: Item) -> RatingItemRow:
    return RatingItemRow(
        table_id=table_id,
        position=position,
        code=item.code,
        part=item.part,
        section=item.section,
        name=item.name,
        hundredths=item.hundredths,
        method=item.method,
        evidence=item.evidence,
        figure=item.figure,
        effort=item.effort,
    )


def _tables(session: Session, rows: Iterable[RatingTableRow]) -> list[ItemTable]:
    found = list(rows)
    ids = [row.id for row in found]
    items: dict[int, list[Item]] = defaultdict(list)
    lines: dict[int, list[GradeLine]] = defaultdict(list)
    for item in session.scalars(
        select(RatingItemRow)
        .where(RatingItemRow.table_id.in_(ids))
        .order_by(RatingItemRow.table_id, RatingItemRow.position)
    ):
        items[item.table_id].append(_item(item))
    for line in session.scalars(
        select(RatingLineRow)
        .where(RatingLineRow.table_id.in_(ids))
        .order_by(RatingLineRow.grade)
    ):
        lines[line.table_id].append(
            GradeLine(line.grade, line.hundredths, line.percent)
        )
    used = set(session.scalars(select(RatingSelfRow.table_id).distinct()))
    return [_table(row, items[row.id], lines[row.id], row.id in used) for row in found]


def _item(row: RatingItemRow) -> Item:
    return Item(
        row.code,
        Part(row.part),
        row.name,
        row.hundredths,
        row.section,
        row.method,
        row.evidence,
        row.figure,
        row.effort,
        row.id,
    )


def _table(
    row: RatingTableRow,
    items: Sequence[Item],
    lines: Sequence[GradeLine],
    is_used: bool,
) -> ItemTable:
    return ItemTable(
        row.name,
        tuple(items),
        tuple(lines),
        row.edition,
        row.region,
        row.source,
        cast(Standing, row.standing),
        row.note,
        row.preset,
        row.file_name,
        row.sha256,
        row.id,
        row.is_active,
        is_used,
        row.added_at and row.added_at.replace(tzinfo=UTC),
        row.added_by,
    )
