"""A floor plan with its equipment on A4 across: what hangs where, how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from carehome.i18n import _, show_day
from carehome.reports.sheet import (
    A4_WIDE,
    BODY,
    INK,
    PALE,
    SMALL,
    Letterhead,
    Sheet,
    drawing,
    leading,
)
from carehome.rules.safety.floor import WHOLE, corners

_TOP, _BELOW = 28.0, 32.0  # where the plan begins, and what lies below it
_RADIUS = 2.3


@dataclass(frozen=True, slots=True)
class PointText:
    """What is written at one point of the plan."""

    x: int
    y: int
    mark: str
    label: str
    kind: str
    tone: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """A floor, the picture of it, and what hangs there."""

    name: str
    day: date
    picture: bytes
    points: Sequence[PointText]

    @property
    def title(self) -> str:
        """What stands above the plan and in the file's properties."""
        return _("Equipment on {plan}").format(plan=self.name)


def write_plan(path: Path, paper: PlanPaper, head: Letterhead) -> None:
    """Write a floor plan as a PDF."""
    with drawing(path, paper.title, A4_WIDE, head) as sheet, sheet.page(1, 1):
        draw_page(sheet, paper)


def draw_page(sheet: Sheet, paper: PlanPaper) -> None:
    """Draw a floor plan on a page of its own, A4 across."""
    middle = sheet.width / 2
    sheet.centre(middle, 13, sheet.head.home, 10.5, tone=PALE)
    sheet.centre(middle, 21, paper.title, 16, bold=True)
    sheet.right(sheet.right_edge, 21, show_day(paper.day), BODY, tone=PALE)
    _draw_plan(sheet, paper)
    _draw_legend(sheet, paper.points)


def _draw_plan(sheet: Sheet, paper: PlanPaper) -> None:
    from PIL import Image  # noqa: PLC0415 - heavy, needed to print

    room = sheet.right_edge - sheet.left, sheet.height - _TOP - _BELOW
    wide, high = Image.open(BytesIO(paper.picture)).size
    scale = min(room[0] / wide, room[1] / high)
    left = sheet.left + (room[0] - wide * scale) / 2
    sheet.picture(sheet.left, _TOP, *room, paper.picture)
    for point in paper.points:
        x = left + wide * scale * point.x / WHOLE
        y = _TOP + high * scale * point.y / WHOLE
        _draw_point(sheet, x, y, point.tone)
        sheet.centre(x, y + 1.0, point.mark, 7, bold=True)
        sheet.fill(x - 3.4, y + _RADIUS + 0.5, 6.8, 2.6, tone=1.0)  # over the walls
        sheet.centre(x, y + _RADIUS + 2.6, point.label, 5.5)


def _draw_point(sheet: Sheet, x: float, y: float, tone: str) -> None:
    points = [(x + _RADIUS * a, y + _RADIUS * b) for a, b in corners(tone)]
    sheet.outline(points, 1.4 if tone == "bad" else 0.8, INK)


def _draw_legend(sheet: Sheet, points: Sequence[PointText]) -> None:
    """Say what shapes and marks mean, and how many of each kind there are."""
    y = sheet.height - _BELOW + 7
    x = sheet.left + _RADIUS
    for tone, text in (
        ("ok", _("In order")),
        ("warn", _("To be done soon")),
        ("bad", _("Overdue or did not pass")),
    ):
        _draw_point(sheet, x + 1, y - 1.2, tone)
        sheet.text(x + 6, y, text, BODY)
        x += 48
    counts = Counter((point.mark, point.kind) for point in points)
    form = _("{mark} {kind} {count}")
    told = [
        form.format(mark=mark, kind=kind, count=count)
        for (mark, kind), count in counts.items()
    ]
    wide = sheet.right_edge - sheet.left
    text = _(", ").join(told) or _("Nothing is marked on this plan.")
    sheet.paragraph(sheet.left, y + 2 * leading(SMALL), wide, text, SMALL)
