"""Labels for equipment on A4: a code to scan, a number to read from afar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carehome.i18n import _
from carehome.reports.qr import draw_qr
from carehome.reports.sheet import (
    A4,
    PALE,
    RED,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
    leading,
)
from carehome.rules.safety.labels import LabelSheet

QUIET, LARGEST = 4.0, 17.5  # the white around a code; its side at most, white below
_TALL, _USUAL = 33.0, 34.0  # from there on there is a line below the code


@dataclass(frozen=True, slots=True)
class LabelText:
    """What stands on one label."""

    label: str
    kind: str
    place: str
    model: str
    made_on: date | None
    scrap_on: date | None


def write_labels(
    path: Path,
    labels: Sequence[LabelText],
    kind: LabelSheet,
    start: int,
    head: Letterhead,
) -> None:
    """Write labels as a PDF; those before `start` were used up earlier."""
    with drawing(path, _("Labels of equipment"), A4, head) as sheet:
        first = start - 1
        for page in range(-(-(first + len(labels)) // kind.count)):
            with sheet.bare_page():
                for at in range(kind.count):
                    number = page * kind.count + at - first
                    if 0 <= number < len(labels):
                        _draw(sheet, kind, at, labels[number])


def scale(kind: LabelSheet) -> float:
    """Return how much larger than usual a label is drawn; low ones leave words out."""
    return min(kind.high / _USUAL, 1.7) if kind.high >= _TALL else 1.0


def code_side(kind: LabelSheet) -> float:
    """Return how large the code is on a label."""
    return min(kind.high - 2 * QUIET, LARGEST * scale(kind))


def _draw(sheet: Sheet, kind: LabelSheet, at: int, label: LabelText) -> None:
    x, y = kind.place(at)
    if kind.is_cut:
        _frame(sheet, x, y, kind)
    side, tall, more = code_side(kind), kind.high >= _TALL, scale(kind)
    edge, small = QUIET * more, SMALL * more
    draw_qr(sheet, x + edge, y + edge, side, label.label)
    left = x + side + 2 * edge
    room = x + kind.wide - left - 2
    size = (17 if room > 26 else 12) * more
    level = y + (9.5 if tall else 7.5) * more
    sheet.fit(left, level, room, label.label, size, bold=True)
    level += 1.3 * leading(small)
    sheet.fit(left, level, room, label.kind, (10.5 if tall else 9) * more, bold=True)
    for text in _facts(label, tall):
        level += leading(small)
        sheet.fit(left, level, room, text, small)
    foot = y + kind.high
    if tall:
        wide = kind.wide - 2 * edge
        sheet.fit(x + edge, foot - 5.8 * more, wide, label.place, 9.5 * more)
        sheet.fit(x + edge, foot - 2.4, wide, sheet.head.home, 6.5, tone=PALE)
    if sheet.head.demo:
        text = _("Practice, not valid")
        sheet.right(x + kind.wide - 2.5, foot - 1.6, text, 6.5, tone=RED)


def _facts(label: LabelText, tall: bool) -> Iterator[str]:
    """Tell what fits: a low label says where it hangs and when its life ends."""
    if tall and label.model:
        yield label.model
    if tall and label.made_on:
        yield _("Made {day}").format(day=f"{label.made_on:%Y-%m-%d}")
    if label.scrap_on:
        yield _("Scrap {day}").format(day=f"{label.scrap_on:%Y-%m-%d}")
    if not tall:
        yield label.place


def _frame(sheet: Sheet, x: float, y: float, kind: LabelSheet) -> None:
    """Show where to cut."""
    for edge in (y, y + kind.high):
        sheet.rule(x, x + kind.wide, edge, 0.3)
    for edge in (x, x + kind.wide):
        sheet.upright(edge, y, y + kind.high, 0.3)
