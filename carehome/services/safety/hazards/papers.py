"""The ledger of hazards put into words and written to a file."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from carehome.db import change_log
from carehome.i18n import _, show_day, show_moment, speaking
from carehome.reports.safety_hazards import (
    HazardText,
    PhotosText,
    PhotoText,
    ledger_table,
    write_ledger,
)
from carehome.reports.workbook import write_workbook
from carehome.rules.periods import Period
from carehome.rules.rights import Right
from carehome.rules.safety.hazards import (
    SEVERITY_NAMES,
    STAGE_NAMES,
    STATE_NAMES,
    Hazard,
    Signed,
    State,
    kept_in_time,
)
from carehome.services.papers import letterhead_in
from carehome.services.safety.hazards.lines import hazards_in, photos_in
from carehome.services.safety.photos import for_paper
from carehome.services.safety.pictures import pictures_in
from carehome.services.service import Service, needs

Step = Callable[[int, int], None]


class HazardPapers(Service):
    """What one person can print of hazards."""

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_ledger(self, span: Period, path: Path) -> None:
        """Write what stood in the register on some day of `span`."""
        with self._reading() as session:
            head = letterhead_in(session)
            found = hazards_in(session, span, self._clock())
        write_ledger(path, [text_of(each) for each in found], told(found, span), head)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_with_photos(self, span: Period, path: Path, step: Step) -> None:
        """Do as `write_ledger`, with all photos as an annex; `step` may end it."""
        with self._reading() as session:
            head = letterhead_in(session)
            found = hazards_in(session, span, self._clock())
            photos = list(photo_texts(session, found, step))
            lines = [text_of(each) for each in found]
            write_ledger(path, lines, told(found, span), head, photos)

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_workbook(self, span: Period, path: Path) -> None:
        """Write the ledger as a workbook; the log says who took it."""
        with self._writing() as session:
            found = hazards_in(session, span, self._clock())
            lines = [text_of(each) for each in found]
            table = ledger_table(lines, told(found, span))
            change_log.note_list(session, table.title, len(lines))
            write_workbook(path, table, letterhead_in(session))


def told(found: Sequence[Hazard], span: Period) -> tuple[str, ...]:
    """Say above a ledger what it holds, late ones first of all."""
    return tuple(_told(found, span))


def text_of(hazard: Hazard) -> HazardText:
    """Put a hazard into words."""
    return HazardText(
        hazard.number,
        hazard.found_at,
        hazard.place,
        hazard.item,
        _(SEVERITY_NAMES[hazard.severity]),
        hazard.plan.measure,
        hazard.plan.responsible,
        hazard.due_at,
        _said(hazard.rectified),
        _said(hazard.checked),
        _said(hazard.closed),
        _("Overdue") if hazard.is_late else _(STATE_NAMES[hazard.state]),
    )


def photo_texts(
    session: Session, found: Sequence[Hazard], step: Step
) -> Iterator[PhotosText]:
    """Yield the photos of hazards; each is read only when its page is drawn."""
    known = photos_in(session, [each.hazard_id for each in found])
    count, done = sum(map(len, known.values())), itertools.count(1)

    def content(picture_id: int) -> bytes:
        step(next(done), count)
        return for_paper(pictures_in(session, (picture_id,))[picture_id].content)

    text = _("{number}, {place}: {item}")
    for each in found:
        if shown := known.get(each.hazard_id):
            title = text.format(number=each.number, place=each.place, item=each.item)
            photos = [
                PhotoText(_(STAGE_NAMES[one.stage]), partial(content, one.picture_id))
                for one in shown
            ]
            yield PhotosText(title, photos)


def _told(found: Sequence[Hazard], span: Period) -> Iterator[str]:
    if span.end is not None:
        last = span.end - timedelta(days=1)
        text = _("What stood in the register from {first} to {last}.")
        yield text.format(first=show_day(span.start), last=show_day(last))
    closed = sum(each.state is State.CLOSED for each in found)
    late = sum(each.is_late for each in found)
    text = _("{count} {count:hazard|hazards}, {closed} struck off, {late} overdue.")
    yield text.format(count=len(found), closed=closed, late=late)
    in_time, done = kept_in_time(found)
    if done:
        text = _("Of {done} put right, {in_time} were in time.")
        yield text.format(done=done, in_time=in_time)


def _said(done: Signed | None) -> str:
    if done is None:
        return ""
    text = _("{moment}, {name}")
    return text.format(moment=show_moment(done.at), name=done.name)
