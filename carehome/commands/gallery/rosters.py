"""Scenes of the roster: the month that is written, what is wrong, what is asked."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from carehome.app.desk import ROSTERS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rules.rosters.problem import Cell
from carehome.ui.rosters.desk import RosterDesk
from carehome.ui.rosters.page import RostersPage
from carehome.ui.rosters.worksheet import Entry

MONTHS = 24  # so far ahead nobody has begun a roster


def page(studio: Studio) -> RostersPage:
    """Look at the month, where something is wrong."""
    shown = studio.page(ROSTERS)
    assert isinstance(shown, RostersPage)
    studio.wait()
    shown.desk.grid.setFocus()
    if wrong := _wrong(shown):
        shown.desk.grid.go_to(wrong)
    return shown


def next_month(studio: Studio) -> RostersPage:
    """Look at the month that is being planned."""
    shown = page(studio)
    shown.go_on(1)
    studio.wait()
    if wrong := _wrong(shown):
        shown.desk.grid.go_to(wrong)
    return shown


def chosen(studio: Studio) -> None:
    """Choose some cells, as with Shift and the arrows."""
    grid = next_month(studio).desk.grid
    keys = grid.keys
    grid.choose((keys[1], 6), (keys[4], 12))


def by_unit(studio: Studio) -> None:
    """Count the cover of each unit by itself."""
    studio.click(next_month(studio).desk.bar.by_unit)


def listed(studio: Studio) -> None:
    """List everything that is wrong."""
    studio.click(next_month(studio).desk.bar.hard)


def short(studio: Studio) -> None:
    """See who could fill a shift that lacks somebody."""
    desk = next_month(studio).desk
    assert desk.sheet
    days = [day for day in range(desk.sheet.days) if desk.sheet.short_at(day)]
    if not days:
        raise NotThere("a day that lacks somebody")
    desk.grid.go_to((desk.grid.keys[3], days[0]))
    studio.wait()


def puzzled(studio: Studio) -> None:
    """Press a key that is no shift."""
    QTest.keyClick(next_month(studio).desk.grid, Qt.Key.Key_X)


def empty(studio: Studio) -> None:
    """Look at a month that nobody has begun."""
    shown = page(studio)
    shown.go_on(MONTHS)


def fairness(studio: Studio) -> None:
    """Compare hours, nights and weekends."""
    next_month(studio).tabs.strip.setCurrentIndex(1)


def pattern(studio: Studio) -> None:
    """Ask for a pattern to lay."""
    next_month(studio).desk.ask_pattern()


def reason(studio: Studio) -> None:
    """Change a published month."""
    shown = page(studio)
    if not (shown.month and shown.month.is_published):
        raise NotThere("a month that is published")
    desk = shown.desk
    assert desk.sheet
    desk.grid.go_to(next(c for c in _cells(desk) if desk.sheet.entry(c) == Entry("E")))
    QTest.keyClick(desk.grid, Qt.Key.Key_R)
    studio.wait()


def menu(studio: Studio) -> None:
    """Offer everything for the mouse."""
    desk = next_month(studio).desk
    cell = desk.grid.current
    assert cell
    place = desk.grid.cell(cell).bottomLeft()
    desk.grid.menu_asked.emit(desk.grid.viewport().mapToGlobal(place))


def as_front_desk(studio: Studio) -> None:
    """Look at the month as somebody who may not change it."""
    studio.sign_in("qiantai")
    page(studio)


def _cells(desk: RosterDesk) -> list[Cell]:
    """Return all cells of a month."""
    assert desk.sheet
    return [(key, day) for key in desk.grid.keys for day in range(desk.sheet.days)]


def _wrong(shown: RostersPage) -> Cell | None:
    """Return the first cell that is wrong."""
    sheet = shown.desk.sheet
    if sheet is None:
        return None
    for found in sheet.findings():
        day = next((day for day in found.days if day >= 0), None)
        if found.person and day is not None:
            return found.person, day
    return None


SCENES = (
    Scene("rosters", page),
    Scene("rosters-next", next_month),
    Scene("rosters-chosen", chosen),
    Scene("rosters-by-unit", by_unit),
    Scene("rosters-list", listed),
    Scene("rosters-short", short),
    Scene("rosters-puzzled", puzzled),
    Scene("rosters-empty", empty),
    Scene("rosters-fairness", fairness),
    Scene("rosters-pattern", pattern),
    Scene("rosters-reason", reason),
    Scene("rosters-menu", menu),
    Scene("rosters-front-desk", as_front_desk),
)
