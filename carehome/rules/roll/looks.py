"""What a column holds, judged by the look of its cells where its title tells little."""

import re

from carehome.rules.roll.words import Field, fold
from carehome.rules.sheets import Sheet

_SAMPLE = 50  # rows that show what a column holds
_IDENTITY = re.compile(r"'?(\d{15}|\d{17}[\dX]|\d\.\d+E\+?\d\d)")
_AMOUNT = re.compile(r"\u00a5?\d[\d,]*(\.\d+)?\D{0,4}")


def like_amounts(sheet: Sheet, last: int, column: int) -> bool:
    """Say whether every cell below the titles looks like an amount."""
    given = _texts(sheet, last, column)
    return bool(given) and all(map(_AMOUNT.fullmatch, given))


def like_sums(sheet: Sheet, last: int, column: int) -> bool:
    """Say whether the cells look like amounts that are too large to be ranks."""
    given = _texts(sheet, last, column)
    digits = (re.sub(r"\D", "", text.partition(".")[0]) for text in given)
    return like_amounts(sheet, last, column) and max(map(len, digits)) > 2


def find_identity(sheet: Sheet, last: int, fields: list[Field | None]) -> None:
    """Find the identity numbers by their look when no title names them."""
    if Field.ID_NUMBER in fields:
        return
    for column, field in enumerate(fields):
        given = _texts(sheet, last, column) if field is None else []
        alike = sum(bool(_IDENTITY.fullmatch(text)) for text in given)
        if len(given) > 1 and 2 * alike > len(given):
            fields[column] = Field.ID_NUMBER
            return


def part_bed(sheet: Sheet, last: int, fields: list[Field | None]) -> None:
    """Read one title merged over two columns, such as `room and bed`, as two."""
    for column in range(len(fields) - 1):
        is_place = fields[column] in (Field.ROOM, Field.BED)
        is_merged = sheet.cell(last, column + 1).left
        if is_place and is_merged and _texts(sheet, last, column + 1):
            fields[column : column + 2] = [Field.ROOM, Field.BED]
            return


def _texts(sheet: Sheet, last: int, column: int) -> list[str]:
    """Return what stands in the first cells below the titles, titles again left out."""
    sample = range(last + 1, min(last + _SAMPLE, len(sheet.rows)) + 1)
    values = (sheet.cell(row, column).own for row in sample)
    title = sheet.cell(last, column).value
    return [fold(str(value)) for value in values if value not in (None, title)]
