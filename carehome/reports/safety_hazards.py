"""The ledger of hazards: each from its finding to its striking off, to be signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from carehome.i18n import _
from carehome.reports.listing import DrawPage, write_list
from carehome.reports.sheet import A4_WIDE, PALE, SMALL, Letterhead, Sheet
from carehome.reports.table import Column, Kind, Table

_BESIDE, _ROWS = 3, 2  # photos beside each other, and rows of them on a page
_TOP, _HIGH, _PHOTO, _GAP = 22.0, 86.0, 66.0, 5.0


@dataclass(frozen=True, slots=True)
class HazardText:
    """A hazard as the ledger tells it; what has not happened yet is empty."""

    number: str
    found_at: datetime
    place: str
    item: str
    severity: str
    measure: str
    responsible: str
    due_at: datetime
    rectified: str
    checked: str
    closed: str
    state: str


@dataclass(frozen=True, slots=True)
class PhotoText:
    """A photo as the annex shows it; `content` gives its JPEG when it is drawn."""

    words: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class PhotosText:
    """All photos of one hazard, under its number, place and words."""

    title: str
    photos: Sequence[PhotoText]


def write_ledger(
    path: Path,
    lines: Sequence[HazardText],
    told: Sequence[str],
    home: Letterhead,
    photos: Sequence[PhotosText] = (),
) -> None:
    """Write the ledger as a PDF; `told` says above it what it holds, photos follow."""
    write_list(path, ledger_table(lines, told), home, A4_WIDE, annex_of(photos))


def annex_of(hazards: Sequence[PhotosText]) -> list[DrawPage]:
    """Return the pages that show photos, three in a row under their hazard."""
    rows = [
        (each.title, each.photos[first : first + _BESIDE])
        for each in hazards
        for first in range(0, len(each.photos), _BESIDE)
    ]
    return [
        partial(_draw_photos, rows=rows[first : first + _ROWS])
        for first in range(0, len(rows), _ROWS)
    ]


def _draw_photos(sheet: Sheet, rows: Sequence[tuple[str, Sequence[PhotoText]]]) -> None:
    """Draw one page of photos."""
    sheet.text(sheet.left, 13, _("Photos of hazards"), SMALL, tone=PALE)
    room = (sheet.right_edge - sheet.left + _GAP) / _BESIDE
    for place, (title, photos) in enumerate(rows):
        top = _TOP + place * _HIGH
        sheet.fit(sheet.left, top, sheet.right_edge - sheet.left, title, bold=True)
        for at, photo in enumerate(photos):
            left, wide = sheet.left + at * room, room - _GAP
            sheet.picture(left, top + 3, wide, _PHOTO, photo.content())
            sheet.fit(left, top + _PHOTO + 8, wide, photo.words, SMALL, tone=PALE)


def ledger_table(lines: Sequence[HazardText], told: Sequence[str]) -> Table:
    """Return the ledger as a table, for a paper or a workbook."""
    return Table(
        title=_("Ledger of hazards"),
        notes=tuple(told),
        columns=(
            Column(_("Number"), 10),
            Column(_("Found"), 16, Kind.MOMENT),
            Column(_("Place"), 14),
            Column(_("What the hazard is"), 26),
            Column(_("Severity"), 10),
            Column(_("Measure to be taken"), 24),
            Column(_("Responsible"), 10),
            Column(_("Deadline"), 16, Kind.MOMENT),
            Column(_("Put right: when, who"), 18),
            Column(_("Re-checked: when, who"), 18),
            Column(_("Struck off"), 18),
            Column(_("State"), 10),
        ),
        rows=[
            (
                each.number,
                each.found_at,
                each.place,
                each.item,
                each.severity,
                each.measure,
                each.responsible,
                each.due_at,
                each.rectified,
                each.checked,
                each.closed,
                each.state,
            )
            for each in lines
        ],
        signatures=(_("Prepared by"), _("Checked by")),
    )
