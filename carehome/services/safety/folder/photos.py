"""Photos of hazards as the folder shows them: before, after and at the re-check."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from carehome.i18n import _
from carehome.reports.safety_folder import Part
from carehome.reports.safety_hazards import annex_of
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.periods import Period
from carehome.rules.safety.hazards import STAGE_NAMES, Hazard, Stage
from carehome.services.safety.folder.values import Section, title
from carehome.services.safety.hazards import hazards_in
from carehome.services.safety.hazards.lines import photos_in
from carehome.services.safety.hazards.papers import photo_texts

Counts = Mapping[int, Counter[Stage]]


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Count the photos of each hazard of the span; the pages behind show them."""
    found = hazards_in(session, span, now)
    photos = photos_in(session, [each.hazard_id for each in found])
    counts = {
        number: Counter(photo.stage for photo in shown)
        for number, shown in photos.items()
    }
    text = _(
        "{photos} {photos:photo|photos} of {shown} {shown:hazard|hazards}; {without} "
        "without a photo."
    )
    told = text.format(
        photos=sum(map(len, photos.values())),
        shown=len(photos),
        without=len(found) - len(photos),
    )
    annex = annex_of(list(photo_texts(session, found, _in_silence)))
    listed = _table([each for each in found if each.hazard_id in counts], counts)
    return Section(Part(title("photos"), (told,), (listed,), tuple(annex)))


def _in_silence(_done: int, _total: int) -> None:
    """Leave word on progress to the folder, which gives it page by page."""


def _table(hazards: Sequence[Hazard], counts: Counts) -> Table:
    return Table(
        _("How many photos there are"),
        (
            Column(_("Number"), 12),
            Column(_("Place"), 24),
            Column(_("What was found wrong"), 40),
            *(Column(_(name), 10, Kind.NUMBER) for name in STAGE_NAMES.values()),
        ),
        [_row(each, counts[each.hazard_id]) for each in hazards],
    )


def _row(hazard: Hazard, counts: Counter[Stage]) -> tuple[Cell, ...]:
    return (
        hazard.number,
        hazard.place,
        hazard.item,
        *(counts[stage] for stage in STAGE_NAMES),
    )
