"""The submission folder: everything that is handed in to be graded, whole or not."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.ratings import (
    RatingContentRow,
    RatingExportRow,
    RatingSelfRow,
    RatingTableRow,
)
from carehome.i18n import _, show_day, speaking
from carehome.reports.files import CannotWrite
from carehome.reports.listing import write_list
from carehome.reports.rating_evidence import Piece, write_evidence
from carehome.reports.rating_score_book import write_score_book
from carehome.reports.rating_submission import Application, span, write_application
from carehome.reports.sheet import Letterhead
from carehome.reports.table import Table
from carehome.rules.ratings import submission as rules
from carehome.rules.ratings.items import PART_NAMES, Item, Part
from carehome.rules.ratings.submission import (
    Attached,
    Change,
    Counted,
    Earlier,
    Gap,
    Submission,
)
from carehome.rules.rights import Right
from carehome.services.figures import table_of
from carehome.services.papers import letterhead_in
from carehome.services.ratings.evidence import number_in
from carehome.services.ratings.submission import submission_in
from carehome.services.service import Service, needs

Step = Callable[[int, int, str], None]
SHOWS = frozenset({"rating_table", "rating_item", "rating_self", "rating_score"})
SHOWS |= {"rating_file", "rating_verdict", "rating_condition", "rating_export", "home"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A self-assessment that a folder can be made of."""

    self_id: int
    name: str
    table: str
    is_submitted: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a folder would hold, what it lacks, what changed since the last one."""

    submission: Submission
    gaps: tuple[Gap, ...]
    earlier: Earlier | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A folder that was made, and how many pages of evidence it holds."""

    folder: Path
    pages: int


class RatingExports(Service):
    """What one person can do with submission folders."""

    @needs(Right.SEE_RATING)
    def offers(self) -> list[Offer]:
        """List the self-assessments, the newest first."""
        query = (
            select(RatingSelfRow, RatingTableRow.name)
            .join(RatingTableRow, RatingTableRow.id == RatingSelfRow.table_id)
            .order_by(RatingSelfRow.id.desc())
        )
        with self._reading() as session:
            return [
                Offer(row.id, row.name, table, row.state == "submitted")
                for row, table in session.execute(query)
            ]

    @needs(Right.SEE_RATING)
    def look(self, self_id: int) -> Outlook:
        """Return what the folder of a self-assessment would hold."""
        with self._reading() as session:
            return self._outlook_in(session, self_id)

    @needs(Right.CHANGE_RATING)
    @speaking()
    def write(self, self_id: int, folder: Path, step: Step) -> Made:
        """Write the folder into another; `step` may end it, and nothing is left."""
        self._number(self_id)
        with self._reading() as session:
            outlook = self._outlook_in(session, self_id)
            head = letterhead_in(session)
        name = _("{home} grading {day}").format(
            home=head.home, day=show_day(self._today())
        )
        place = _free(folder, name)
        part = place.with_name(f".{place.name}.part")
        try:
            part.mkdir()
            pages = self._write_files(part, outlook, head, step)
            with self._writing() as session:
                self._remember(session, outlook.submission, pages)
                os.replace(part, place)
        except OSError as error:
            raise CannotWrite(file=place.name) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return Made(place, pages)

    def _number(self, self_id: int) -> None:
        """Number the evidence in the order of the items, while that may change."""
        with self._writing() as session:
            if session.get_one(RatingSelfRow, self_id).state == "open":
                number_in(session, self_id)

    def _outlook_in(self, session: Session, self_id: int) -> Outlook:
        submission = submission_in(session, self_id, self._user, self._today())
        earlier = _earlier_in(session, self_id)
        changed = rules.changes(submission, earlier.told) if earlier else []
        return Outlook(
            submission, tuple(rules.gaps(submission)), earlier, tuple(changed)
        )

    def _write_files(
        self, part: Path, outlook: Outlook, head: Letterhead, step: Step
    ) -> int:
        """Write the four files; return the pages of evidence."""
        submission, made = outlook.submission, self._today()
        step(0, 0, _("Application and score table"))
        application = Application(submission, made, outlook.earlier, outlook.changes)
        write_application(part / _("1 Application.pdf"), application, head)
        scores = part / _("4 Score table.xlsx")
        write_score_book(scores, submission, _notes(submission), head)
        pieces = list(self._pieces(submission, part, head, made))
        return write_evidence(
            part / _("2 Evidence.pdf"),
            part / _("3 Evidence by item.zip"),
            pieces,
            head,
            made,
            submission.table.stamp,
            step,
        )

    def _pieces(
        self, submission: Submission, part: Path, head: Letterhead, made: date
    ) -> Iterator[Piece]:
        """Name all evidence in the order of items; each is read when it is bound."""
        for file in submission.whole:
            yield self._piece(file, "", (_("0 The home as a whole"),))
        shown = set()
        for line in submission.lines:
            folders = _folders(line.item)
            for file in line.files:
                yield self._piece(file, line.item.code, folders)
            counted = line.counted
            if counted and counted.is_known and counted.number not in shown:
                shown.add(counted.number)
                load = partial(_list_of, counted, submission, part, head, made)
                codes = _(", ").join(item.code for item in counted.items)
                name = f"{counted.name}.pdf"
                yield Piece(counted.label, counted.name, name, codes, folders, load)

    def _piece(self, file: Attached, code: str, folders: tuple[str, ...]) -> Piece:
        load = partial(self._content, file.content_id)
        return Piece(file.label, file.title, file.file_name, code, folders, load)

    def _content(self, content_id: int) -> bytes:
        query = select(RatingContentRow.content).where(
            RatingContentRow.id == content_id
        )
        with self._reading() as session:
            return session.scalars(query).one()

    def _remember(self, session: Session, submission: Submission, pages: int) -> None:
        """Keep what was handed out, to tell later what has changed."""
        session.add(
            RatingExportRow(
                self_id=submission.self_id,
                made_at=self._now(),
                made_by=self._user.name,
                told={**rules.told(submission), "pages": pages},
            )
        )


def _earlier_in(session: Session, self_id: int) -> Earlier | None:
    """Return the last folder that was made of a self-assessment."""
    query = (
        select(RatingExportRow)
        .where(RatingExportRow.self_id == self_id)
        .order_by(RatingExportRow.id.desc())
        .limit(1)
    )
    row = session.scalar(query)
    if row is None:
        return None
    return Earlier(row.made_at.replace(tzinfo=UTC), row.made_by, row.told)


def _folders(item: Item) -> tuple[str, ...]:
    number = list(Part).index(item.part) + 1
    return f"{number} {_(PART_NAMES[item.part])}", f"{item.code} {item.name}"


def _notes(submission: Submission) -> list[str]:
    told = (submission.table.stamp, submission.table.name, span(submission))
    return [each for each in told if each]


def _list_of(
    counted: Counted, submission: Submission, part: Path, head: Letterhead, made: date
) -> bytes:
    """Draw the list behind a count, with what it is and when it was counted."""
    found = table_of(counted.figure)
    text = _("Of {span}, counted on {day}.")
    when = text.format(span=span(submission), day=show_day(made))
    notes = [when, *found.notes]
    if counted.figure.rows is None:
        notes.append(_("There is no list that may be shown with it."))
    table = Table(found.title, found.columns, found.rows, tuple(notes), found.sums)
    path = part / "list.pdf"
    write_list(path, table, head)
    content = path.read_bytes()
    path.unlink()
    return content


def _free(folder: Path, name: str) -> Path:
    """Return a place of that name, with a number where the name is taken."""
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{name} ({number})", number + 1
    return place
