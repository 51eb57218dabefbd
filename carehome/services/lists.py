"""Lists on their way out of the program, as whoever reads them arranged them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from carehome.db import change_log
from carehome.i18n import _, show_day
from carehome.reports.table import Cell, Column, Table
from carehome.reports.workbook import write_workbook
from carehome.rules.rights import Right
from carehome.services.papers import letterhead_in
from carehome.services.service import Service, needs

PACE = 200  # rows from one word on progress to the next

Step = Callable[[int, int], None]
Read = Callable[[Any], Cell]


class Lists(Service):
    """What one person can do with a list that is before them."""

    @needs(Right.USE_PROGRAM)
    def save(
        self,
        title: str,
        columns: Sequence[tuple[Column, Read]],
        rows: Sequence[Any],
        step: Step,
        path: Path,
    ) -> int:
        """Write a list as a workbook; the log says who took which list, how long."""
        heads = tuple(column for column, _read in columns)
        reads = [read for _column, read in columns]
        told = _told(rows, step)
        cells = ([read(row) for read in reads] for row in told)
        said = _("{day}, {count} {count:row|rows}").format(
            day=show_day(self._today()), count=len(rows)
        )
        with self._writing() as session:
            change_log.note_list(session, title, len(rows))
            head = letterhead_in(session)
            write_workbook(path, Table(title, heads, cells, (said,)), head)
        return len(rows)


def _told(rows: Sequence[Any], step: Step) -> Iterator[Any]:
    """Yield rows and tell how far it is, which may stop the whole."""
    for done, row in enumerate(rows):
        if done % PACE == 0:
            step(done, len(rows))
        yield row
