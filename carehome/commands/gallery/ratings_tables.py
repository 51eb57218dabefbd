"""Scenes of the star rating's item tables and conditions."""

from pathlib import Path

from openpyxl import Workbook

from carehome.app.desk import RATING
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.ratings.points import show_points
from carehome.rules.ratings.presets import practice_table
from carehome.rules.ratings.reading import Column, shipped
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.tables import RatingTables
from carehome.ui.ratings.tables import TablesTab

TAB = "Rating tables"
SHEET = "2026.xlsx"


def tables(studio: Studio) -> None:
    """See the rating tables side by side."""
    _practice(studio)
    studio.tab(RATING, TAB)


def opened(studio: Studio) -> None:
    """Look at a table: its items, their points, and what tells them."""
    tables(studio)
    studio.open_row(studio.find(TablesTab).view)


def tie(studio: Studio) -> None:
    """Say which figure tells an item."""
    opened(studio)
    studio.find(TablesTab).file.items.selectRow(0)
    studio.press("What tells it")


def take_over(studio: Studio) -> None:
    """Take over a sheet that is whole."""
    _check(studio, wrong=0)


def refused(studio: Studio) -> None:
    """Be told row by row what is wrong with a sheet."""
    _check(studio, wrong=6)


def conditions(studio: Studio) -> None:
    """See what must hold for each grade besides the points."""
    held = studio.service(RatingConditions)
    for region in ("national", "shanghai"):
        held.take_region(region)
    _show_conditions(studio)


def region(studio: Studio) -> None:
    """Take over the conditions of a region."""
    _show_conditions(studio)
    studio.press("Take over those of a region")


def condition(studio: Studio) -> None:
    """Correct a condition that is a draft."""
    conditions(studio)
    view = studio.find(TablesTab).conditions.view
    counted = next(row for row in view.table.rows if row.bound is not None)
    view.select(counted.condition_id)
    studio.press("Change")


def _practice(studio: Studio) -> None:
    held = studio.service(RatingTables)
    if not held.listed():
        held.take_practice()


def _show_conditions(studio: Studio) -> None:
    studio.tab(RATING, TAB)
    tab = studio.find(TablesTab)
    tab.which.set_code("conditions")
    tab.which.chosen.emit()
    studio.wait()


def _check(studio: Studio, wrong: int) -> None:
    """Hand the program a sheet in which the first items bear one code."""
    studio.tab(RATING, TAB)
    studio.find(TablesTab).check(str(_sheet(studio.room, wrong)))
    studio.wait()


def _sheet(folder: Path, wrong: int) -> Path:
    """Write a sheet in the words that offices use, whatever the screens speak."""
    words, table = shipped(), practice_table()
    book = Workbook(write_only=True)
    titles = {column: title for title, column in words.titles.items()}
    parts = {part: name for name, part in words.parts.items()}
    sheet = book.create_sheet()
    sheet.append([titles[column] for column in Column])
    for place, item in enumerate(table.items):
        told = {
            Column.CODE: table.items[0].code if 0 < place <= wrong else item.code,
            Column.PART: parts[item.part],
            Column.SECTION: item.section,
            Column.NAME: item.name,
            Column.POINTS: float(show_points(item.hundredths)),
        }
        sheet.append([told.get(column) for column in Column])
    path = folder / SHEET
    book.save(path)
    return path


SCENES = (
    Scene("rating-tables", tables),
    Scene("rating-tables-open", opened),
    Scene("rating-tables-tie", tie),
    Scene("rating-tables-take-over", take_over),
    Scene("rating-tables-refused", refused),
    Scene("rating-conditions", conditions),
    Scene("rating-conditions-region", region),
    Scene("rating-conditions-change", condition),
)
