"""What one person can hand to an inspector."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.i18n import _, show_day, show_moment, speaking
from carehome.reports.safety_folder import Folder, write_folder
from carehome.reports.safety_folder_book import write_folder_workbook
from carehome.rules.bed_days import check_span
from carehome.rules.rights import Right
from carehome.services.papers import letterhead_in
from carehome.services.safety.folder import (
    drills,
    equipment,
    hazards,
    inspections,
    papers,
    photos,
    rounds,
    trainings,
)
from carehome.services.safety.folder.values import (
    SECTION_NAMES,
    Gather,
    Section,
    Wanted,
)
from carehome.services.service import Service, needs

Step = Callable[[int, int], None]
_SECTIONS: Mapping[str, Gather] = {
    "rounds": rounds.gather,
    "register": rounds.register,
    "hazards": hazards.gather,
    "equipment": equipment.gather,
    "drills": drills.gather,
    "trainings": trainings.gather,
    "papers": papers.gather,
    "inspections": inspections.gather,
    "photos": photos.gather,
}


class Folders(Service):
    """What one person can hand to an inspector, of any span of days."""

    @needs(Right.SEE_SAFETY)
    def look(self, wanted: Wanted) -> dict[str, Section]:
        """Return what the folder would hold, by the code of each part."""
        with self._reading() as session:
            return dict(_sections_in(session, wanted, self._clock(), _go_on))

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write(self, wanted: Wanted, path: Path, step: Step) -> None:
        """Write the folder as one PDF; `step` may end it by raising."""
        with self._reading() as session:
            folder = _folder_in(session, wanted, self._clock(), step)
            # photos are read when their page is drawn: a year of them is heavy
            write_folder(path, folder, letterhead_in(session), step)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_workbook(self, wanted: Wanted, step: Step, path: Path) -> None:
        """Write the folder as a workbook; the log says who took it."""
        with self._writing() as session:
            folder = _folder_in(session, wanted, self._clock(), step)
            rows = sum(len(list(t.rows)) for part in folder.parts for t in part.tables)
            change_log.note_list(session, folder.title, rows)
            write_folder_workbook(path, folder, letterhead_in(session), step)


def _folder_in(session: Session, wanted: Wanted, now: datetime, step: Step) -> Folder:
    sections = [each for _code, each in _sections_in(session, wanted, now, step)]
    span = _("{first} to {last}").format(
        first=show_day(wanted.first), last=show_day(wanted.last)
    )
    gaps = [gap for section in sections for gap in section.gaps]
    left_out = [
        _(SECTION_NAMES[code]) for code in _SECTIONS if code not in wanted.parts
    ]
    if left_out:
        text = _("Left out of this folder: {parts}.")
        gaps.append(text.format(parts=_(", ").join(left_out)))
    return Folder(
        span,
        _("Printed at {moment}").format(moment=show_moment(now)),
        tuple(figure for section in sections for figure in section.figures),
        tuple(gaps),
        tuple(section.part for section in sections),
    )


def _sections_in(
    session: Session, wanted: Wanted, now: datetime, step: Step
) -> Iterator[tuple[str, Section]]:
    """Ask each subject in turn for what it has to show."""
    span = check_span(wanted.first, wanted.last)
    for code, gather in _SECTIONS.items():
        if code in wanted.parts:
            step(0, 0)
            yield code, gather(session, span, now)


def _go_on(_done: int, _total: int) -> None:
    """Let the folder be looked at without anybody waiting for word."""
