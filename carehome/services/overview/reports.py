"""Reports of figures: counted for a period, kept when handed in, compared later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.db.figures import FigureReportRow
from carehome.i18n import _, speaking
from carehome.reports.figure_report import write_report, write_report_workbook
from carehome.rules.figure_reports import (
    CorrectedAlready,
    Kept,
    NoReceiver,
    OtherReport,
    check_begun,
    kept_of,
    last_before,
    say_span,
    span_in,
    stepped,
)
from carehome.rules.periods import DAY, Period
from carehome.rules.rights import Right
from carehome.services.figures import READ
from carehome.services.overview.kept_reports import (
    kept_in,
    line_row,
    lines_in,
    values_of,
)
from carehome.services.overview.report_lines import (
    Line,
    Report,
    counted,
    lines_of,
    say_compared,
    say_source,
    set_of,
)
from carehome.services.overview.report_paper import paper_of
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

SHOWS = READ | {"figure_report", "figure_report_line", "rating_award"}


class FigureReports(Service):
    """What one person can report, and what was reported."""

    @needs(Right.SEE_OVERVIEW)
    def read(self, code: str, period: Period) -> Report:
        """Count a set of figures for a period that has begun."""
        with self._reading() as session:
            return self._report(session, code, period)

    @needs(Right.SEE_OVERVIEW)
    def kept(self) -> list[Kept]:
        """List what was handed in, the last report first."""
        with self._reading() as session:
            return kept_in(session)

    @needs(Right.SEE_OVERVIEW)
    def opened(self, report_id: int) -> Report:
        """Return a report as it was handed in, and where the records differ by now."""
        with self._reading() as session:
            return self._opened(session, report_id)

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def keep(
        self,
        code: str,
        period: Period,
        office: str,
        note: str = "",
        corrects: int | None = None,
    ) -> int:
        """Seal a report as it was handed in; a correction names the one it mends."""
        if not office.strip():
            raise NoReceiver
        with self._writing() as session:
            if corrects is not None:
                _check_correction(kept_in(session), corrects, (code, period))
            report = self._report(session, code, period)
            row = _row(report, office.strip(), note.strip(), corrects)
            row.made_at, row.made_by = self._now(), self._user.name
            session.add(row)
            session.flush()
            session.add_all(line_row(row.id, line) for line in report.lines)
            return row.id

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write(self, code: str, period: Period, path: Path) -> None:
        """Write a report as it is counted now, as a PDF."""
        with self._reading() as session:
            report, head = self._report(session, code, period), letterhead_in(session)
        write_report(path, paper_of(report, self._user.name), head)

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write_kept(self, report_id: int, path: Path) -> None:
        """Write a report as it was handed in, as a PDF."""
        with self._reading() as session:
            report, head = self._opened(session, report_id), letterhead_in(session)
        write_report(path, paper_of(report, self._user.name), head)

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write_workbook(self, code: str, period: Period, path: Path) -> None:
        """Write a report as it is counted now as xlsx, with the lists behind it."""
        with self._writing() as session:
            report, head = self._report(session, code, period), letterhead_in(session)
            paper = paper_of(report, self._user.name)
            rows = len(paper.lines) + sum(len(list(x.rows)) for x in paper.lists)
            change_log.note_list(session, paper.title, rows)
        write_report_workbook(path, paper, head)

    @needs(Right.SEE_OVERVIEW)
    @speaking()
    def write_kept_workbook(self, report_id: int, path: Path) -> None:
        """Write a report as it was handed in as xlsx."""
        with self._writing() as session:
            report, head = self._opened(session, report_id), letterhead_in(session)
            paper = paper_of(report, self._user.name)
            change_log.note_list(session, paper.title, len(paper.lines))
        write_report_workbook(path, paper, head)

    def _report(self, session: Session, code: str, period: Period) -> Report:
        """Count a report, with its changes and with what was handed in instead."""
        today = self._today()
        check_begun(period, today)
        asked, kept = set_of(code), kept_in(session)
        earlier = last_before(kept, code, period)
        ago = stepped(period, span_in(period), -1)
        periods = [period] if earlier else [period, ago]
        now, *rest = counted(session, asked, periods, self._user, today)
        before = (
            values_of(lines_in(session, earlier.report_id, self._user))
            if earlier
            else rest[0]
        )
        as_of = _as_of(period, today)
        lines = lines_of(session, asked, now, before, as_of)
        held = kept_of(kept, code, period)
        if held:
            then = lines_in(session, held.report_id, self._user)
            lines = _set_against(lines, then)
        return Report(
            code,
            asked.name,
            say_source(asked),
            period,
            as_of,
            lines,
            say_compared(earlier, say_span(earlier.period if earlier else ago)),
            held,
        )

    def _opened(self, session: Session, report_id: int) -> Report:
        """Return a kept report beside what the records say by now of its days.

        It is counted again as on the day it was made, so that only records that were
        changed since make a difference; what can no longer be told makes none.
        """
        kept = next(x for x in kept_in(session) if x.report_id == report_id)
        asked, today = set_of(kept.code), self._today()
        periods = [kept.period]
        (then,) = counted(session, asked, periods, self._user, kept.made_on)
        (now,) = counted(session, asked, periods, self._user, today)
        told = {key: figure for key, figure in then.items() if now[key].is_known}
        lines = lines_of(session, asked, {**now, **told}, {}, kept.as_of)
        still = [line for line in lines if not line.key or line.value is not None]
        return Report(
            kept.code,
            kept.name,
            say_source(asked),
            kept.period,
            kept.as_of,
            _set_against(lines_in(session, report_id, self._user), still),
            kept.compared,
            kept,
            is_kept=True,
        )


def _row(
    report: Report, office: str, note: str, corrects: int | None
) -> FigureReportRow:
    assert report.period.end is not None, "a report is of a period that ends"
    return FigureReportRow(
        code=report.code,
        name=report.name,
        office=office,
        note=note,
        starts=report.period.start,
        ends=report.period.end,
        as_of=report.as_of,
        compared=report.compared,
        corrects_id=corrects,
    )


def _as_of(period: Period, today: date) -> date:
    assert period.end is not None, "a report is of a period that ends"
    return min(today, period.end - DAY)


def _set_against(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    """Note on lines what the other side says, where it says something else.

    What one side leaves out and what this person may not see is no difference.
    """
    said = {each.key or each.label: each for each in others}
    return tuple(
        replace(line, otherwise=_said(other))
        if (other := said.get(line.key or line.label)) and _differ(line, other)
        else line
        for line in lines
    )


def _differ(line: Line, other: Line) -> bool:
    if line.key:
        return line.value != other.value
    return line.shown != other.shown


def _said(line: Line) -> str:
    if not line.shown:
        return _("Unknown")
    return f"{line.shown} {line.unit}".strip()


def _check_correction(
    kept: Sequence[Kept], corrects: int, what: tuple[str, Period]
) -> None:
    """Raise unless the old report is of the same days and nothing corrected it yet."""
    old = next(each for each in kept if each.report_id == corrects)
    if (old.code, old.period) != what:
        raise OtherReport
    if old.corrected_by is not None:
        raise CorrectedAlready(number=old.corrected_by)
