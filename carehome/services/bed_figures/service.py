"""What one person can know of the beds over time, and the target they are held to."""

from datetime import date
from pathlib import Path

from carehome.db import change_log
from carehome.db.presence import BedTargetRow
from carehome.i18n import _, speaking
from carehome.reports.bed_figures import figures_table
from carehome.reports.listing import write_list
from carehome.reports.sheet import A4_WIDE
from carehome.reports.workbook import write_workbook
from carehome.rules import bed_days, nursing_beds
from carehome.rules.nursing_beds import Target
from carehome.rules.rights import Right
from carehome.services.bed_figures.on_paper import figures_text
from carehome.services.bed_figures.reading import (
    By,
    Figures,
    Nursing,
    figures,
    names_in,
    nursing_in,
    past_in,
)
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs


class BedFigures(Service):
    """What one person can know of the beds over time."""

    @needs(Right.SEE_BEDS)
    def figures(self, first: date, last: date, by: str) -> Figures:
        """Count the bed days from `first` to `last`, by day, month, floor or class."""
        span, way = bed_days.check_span(first, last), By(by)
        with self._reading() as session:
            return figures(past_in(session), span, way, names_in(session, way))

    @needs(Right.SEE_BEDS)
    def nursing(self, day: date) -> Nursing:
        """Return the nursing beds of `day` beside the target of the home."""
        with self._reading() as session:
            return nursing_in(session, day)

    @needs(Right.SEE_BEDS)
    def targets(self) -> list[Target]:
        """List the targets that the documents give, by kind of home."""
        return list(nursing_beds.targets().values())

    @needs(Right.CHANGE_HOME)
    def set_target(self, kind: str, percent: int) -> None:
        """Say what kind of home this is, and the share it is measured against."""
        nursing_beds.check(kind, percent)
        with self._writing() as session:
            row = session.get(BedTargetRow, 1)
            if row is None:
                row = BedTargetRow(id=1)
                session.add(row)
            row.kind, row.percent = kind, percent

    @needs(Right.SEE_BEDS)
    @speaking()
    def write(self, first: date, last: date, by: str, path: Path) -> None:
        """Write the figures as a PDF."""
        text = figures_text(self.figures(first, last, by), self.nursing(last))
        with self._reading() as session:
            head = letterhead_in(session)
        write_list(path, figures_table(text), head, A4_WIDE)

    @needs(Right.SEE_BEDS)
    @speaking()
    def write_workbook(self, first: date, last: date, by: str, path: Path) -> None:
        """Write the figures as a workbook; the log says who took it."""
        found = self.figures(first, last, by)
        text = figures_text(found, self.nursing(last))
        with self._writing() as session:
            change_log.note_list(session, _("Bed statistics"), len(found.lines))
            write_workbook(path, figures_table(text), letterhead_in(session))
