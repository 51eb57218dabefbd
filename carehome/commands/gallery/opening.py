"""Scenes of furnishing a new home: rooms by range, prices, residents, the end."""

from carehome.app.desk import OPENING
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.beds import Beds
from carehome.ui.opening.chain import Chain
from carehome.ui.opening.page import OpeningPage


def chain(studio: Studio, step: int) -> Chain:
    """Come to one of the steps."""
    page = studio.page(OPENING)
    assert isinstance(page, OpeningPage)
    page.chain.go(step)
    studio.wait()
    return page.chain


def _type(steps: Chain, at: int, rooms: str, each: int) -> None:
    line = steps.beds.lines[at]
    line.rooms.set_value(rooms)
    line.each.set_value(each)


def build(studio: Studio) -> Chain:
    """Type rooms by range and see the house grow."""
    steps = chain(studio, 0)
    _type(steps, 0, "501-508", 2)
    steps.beds.add_line()
    _type(steps, 1, "601-606, 608", 1)
    studio.wait()
    return steps


def mistype(studio: Studio) -> None:
    """Type rooms that stand already."""
    steps = build(studio)
    steps.beds.add_line()
    board = studio.service(Beds).board(studio.today)
    _type(steps, 2, board.floors[-1].rooms[0].name, 4)
    steps.beds.check()


def price(studio: Studio) -> None:
    """Type what the home charges."""
    chain(studio, 1)


def take_in(studio: Studio) -> None:
    """Choose how residents come in."""
    chain(studio, 2)


def read_roll(studio: Studio) -> None:
    """Read the roll in the place of the steps."""
    studio.click(chain(studio, 2).residents.roll)


def end(studio: Studio) -> None:
    """Tell that the home is ready."""
    chain(studio, 3)


SCENES = (
    Scene("opening-1", build),
    Scene("opening-1-wrong", mistype),
    Scene("opening-2", price),
    Scene("opening-3", take_in),
    Scene("opening-3-roll", read_roll),
    Scene("opening-4", end),
)
