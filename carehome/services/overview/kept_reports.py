"""Reports that were handed in, as they lie in the database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.figures import FigureReportLineRow, FigureReportRow
from carehome.rules.figure_reports import Kept
from carehome.rules.figures import SEEN_WITH, Figure, Group, Number, definitions
from carehome.rules.periods import Period
from carehome.rules.rights import User
from carehome.services.figures.service import NOT_YOURS
from carehome.services.overview.report_lines import Line, Values


def kept_in(session: Session) -> list[Kept]:
    """Return all reports that were handed in, the last one first."""
    rows = session.scalars(select(FigureReportRow)).all()
    corrected = {row.corrects_id: row.id for row in rows if row.corrects_id}
    return [
        Kept(
            row.id,
            row.code,
            row.name,
            Period(row.starts, row.ends),
            row.as_of,
            row.office,
            row.note,
            row.made_at.replace(tzinfo=UTC),
            row.made_by,
            row.compared,
            row.corrects_id,
            corrected.get(row.id),
        )
        for row in sorted(rows, key=lambda row: row.id, reverse=True)
    ]


def lines_in(session: Session, report_id: int, user: User) -> tuple[Line, ...]:
    """Return the lines of a report as they were handed in, as somebody may see them."""
    rows = session.scalars(
        select(FigureReportLineRow)
        .where(FigureReportLineRow.report_id == report_id)
        .order_by(FigureReportLineRow.position)
    )
    return tuple(_seen(_line(row), user) for row in rows)


def values_of(lines: Iterable[Line]) -> Values:
    """Return the values of kept lines by their figures, to compare others with."""
    return {each.key: Figure(each.key, each.value) for each in lines if each.key}


def line_row(report_id: int, line: Line) -> FigureReportLineRow:
    """Return a line as it is kept."""
    exact = None if line.value is None else Fraction(line.value)
    return FigureReportLineRow(
        report_id=report_id,
        position=line.position,
        figure=line.key,
        part=line.part,
        label=line.label,
        shown=line.shown,
        unit=line.unit,
        change=line.change,
        words=line.words,
        source=line.source,
        note=line.note,
        unknown=line.unknown,
        numerator=exact.numerator if exact is not None else None,
        denominator=exact.denominator if exact is not None else None,
    )


def _line(row: FigureReportLineRow) -> Line:
    return Line(
        row.position,
        row.part,
        row.label,
        row.figure,
        _value(row),
        row.shown,
        row.unit,
        row.change,
        row.words,
        row.source,
        row.note,
        row.unknown,
    )


def _value(row: FigureReportLineRow) -> Number | None:
    if row.numerator is None or row.denominator is None:
        return None
    exact = Fraction(row.numerator, row.denominator)
    return exact.numerator if exact.denominator == 1 else exact


def _seen(line: Line, user: User) -> Line:
    """Return a line as somebody may see it: figures of money only with the right."""
    known = definitions().get(line.key)
    if known is None or known.group is not Group.FEES:
        return line
    if user.may(SEEN_WITH[Group.FEES]):
        return line
    return replace(
        line, value=None, shown="", unit="", change="", unknown=str(NOT_YOURS)
    )
