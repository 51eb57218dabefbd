"""Labels for equipment, 3 by 8 on A4: a code to scan, a number to read from afar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _
from carehome.reports.qr import draw_qr
from carehome.reports.sheet import A4, PALE, SMALL, Letterhead, Sheet, drawing

_COLUMNS, _ROWS = 3, 8
_TOP, _HIGH = 8.0, 34.0
_EDGE, _CODE = 2.5, 21.0


@dataclass(frozen=True, slots=True)
class LabelText:
    """What stands on one label."""

    label: str
    kind: str
    place: str
    model: str
    made_on: date | None
    scrap_on: date | None


def write_labels(path: Path, labels: Sequence[LabelText], head: Letterhead) -> None:
    """Write labels as a PDF, 24 on each page."""
    each = _COLUMNS * _ROWS
    pages = [labels[at : at + each] for at in range(0, len(labels), each)]
    with drawing(path, _("Labels of equipment"), A4, head) as sheet:
        wide = (sheet.right_edge - sheet.left) / _COLUMNS
        for number, page in enumerate(pages, start=1):
            with sheet.page(number, len(pages), _("Cut along the lines.")):
                for at, label in enumerate(page):
                    x = sheet.left + at % _COLUMNS * wide
                    _draw(sheet, x, _TOP + at // _COLUMNS * _HIGH, wide, label)


def _draw(sheet: Sheet, x: float, y: float, wide: float, label: LabelText) -> None:
    for edge in (y, y + _HIGH):
        sheet.rule(x, x + wide, edge, 0.3)
    for edge in (x, x + wide):
        sheet.upright(edge, y, y + _HIGH, 0.3)
    left, room = x + _EDGE + _CODE + 3, wide - _CODE - 2 * _EDGE - 3
    draw_qr(sheet, x + _EDGE, y + _EDGE, _CODE, label.label)
    sheet.fit(left, y + 8, room, label.label, 17, bold=True)
    sheet.fit(left, y + 13, room, label.kind, 10.5, bold=True)
    sheet.fit(left, y + 17, room, label.model, SMALL)
    made = f"{label.made_on:%Y-%m-%d}" if label.made_on else ""
    end = f"{label.scrap_on:%Y-%m-%d}" if label.scrap_on else ""
    for base, text, day in (
        (20.5, _("Made {day}"), made),
        (24.0, _("Scrap {day}"), end),
    ):
        if day:
            sheet.fit(left, y + base, room, text.format(day=day), SMALL)
    sheet.fit(x + _EDGE, y + 28.5, wide - 2 * _EDGE, label.place, 9.5)
    sheet.fit(x + _EDGE, y + 32.3, wide - 2 * _EDGE, sheet.head.home, 6.5, tone=PALE)
