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

QUIET, LARGEST = 4.0, 20.0  # the white that a code needs around it; its side at most
_TALL = 33.0  # from here on there is a line below the code


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


def code_side(kind: LabelSheet) -> float:
    """Return how large the code is on a label."""
    below = 9.5 if kind.high >= _TALL else 0
    return min(kind.high - below - 2 * QUIET + below / 2, LARGEST)


def _draw(sheet: Sheet, kind: LabelSheet, at: int, label: LabelText) -> None:
    x, y = kind.place(at)
    if kind.is_cut:
        _frame(sheet, x, y, kind)
    side, tall = code_side(kind), kind.high >= _TALL
    draw_qr(sheet, x + QUIET, y + QUIET, side, label.label)
    left = x + QUIET + side + 3.6
    room = x + kind.wide - left - 2
    size = 17 if room > 26 else 12
    level = y + (9.5 if tall else 7.5)
    sheet.fit(left, level, room, label.label, size, bold=True)
    level += 1.3 * leading(SMALL)
    sheet.fit(left, level, room, label.kind, 10.5 if tall else 9, bold=True)
    for text in _facts(label, tall):
        level += leading(SMALL)
        sheet.fit(left, level, room, text, SMALL)
    foot = y + kind.high
    if tall:
        wide = kind.wide - 2 * QUIET
        sheet.fit(x + QUIET, foot - 5.8, wide, label.place, 9.5)
        sheet.fit(x + QUIET, foot - 2.4, wide, sheet.head.home, 6.5, tone=PALE)
    if sheet.head.demo:
        sheet.right(
            x + kind.wide - 2.5, foot - 2.4, _("Practice, not valid"), 7, tone=RED
        )


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
