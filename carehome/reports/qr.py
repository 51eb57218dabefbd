"""A QR code on paper: what a camera or a scanner types for a person."""

from __future__ import annotations

from itertools import groupby

from carehome.reports.sheet import Sheet


def draw_qr(sheet: Sheet, x: float, y: float, side: float, text: str) -> None:
    """Draw `text` as a square of `side` millimetres, its top left corner at `x`, `y`.

    The paper around it must stay empty for about a tenth of the side.
    """
    import segno  # noqa: PLC0415 - needed only to print

    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = side / len(rows)
    for line, row in enumerate(rows):
        at = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                top = y + line * module
                sheet.block(x + at * module, top, width * module, module)
            at += width
