"""Sheets of labels as they are sold: how many, how large, and where the first lies."""

from dataclasses import dataclass

from carehome.errors import Refusal
from carehome.i18n import N_


class StartOutside(Refusal):
    """A sheet that was begun still has some labels."""

    text = N_("This sheet holds {most} labels. Enter a number from 1 to {most}.")


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Labels on A4, in millimetres; `is_cut`: plain paper that is cut by hand."""

    columns: int
    rows: int
    wide: float
    high: float
    left: float
    top: float
    gap: float = 0.0  # between columns; rows touch
    is_cut: bool = False

    @property
    def count(self) -> int:
        """How many labels a sheet holds."""
        return self.columns * self.rows

    def place(self, at: int) -> tuple[float, float]:
        """Return the upper left corner of the label `at`, counted from 0."""
        row, column = divmod(at, self.columns)
        return self.left + column * (self.wide + self.gap), self.top + row * self.high


# The sizes of the trade; the first is for homes without sheets of labels.
SHEETS: dict[str, LabelSheet] = {
    "cut": LabelSheet(3, 8, 60.6, 34, 14, 8, is_cut=True),
    "70x37": LabelSheet(3, 8, 70, 37, 0, 0.5),
    "63.5x38.1": LabelSheet(3, 7, 63.5, 38.1, 7.25, 15.15, 2.5),
    "99.1x38.1": LabelSheet(2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
    "105x74": LabelSheet(2, 4, 105, 74, 0, 0.5),
    "70x25.4": LabelSheet(3, 11, 70, 25.4, 0, 8.8),
    "48.5x25.4": LabelSheet(4, 10, 48.5, 25.4, 8, 21.5),
}


def check_start(sheet: LabelSheet, start: int) -> None:
    """Refuse to begin beyond the sheet."""
    if not 1 <= start <= sheet.count:
        raise StartOutside(most=sheet.count)
