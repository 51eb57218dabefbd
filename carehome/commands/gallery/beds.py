"""Scenes of beds: their files, moves, and the rooms they stand in."""

from functools import partial

from PySide6.QtWidgets import QTreeWidgetItemIterator

from carehome.app.desk import BEDS
from carehome.commands.gallery.residents import somebody
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.rules.beds import BedState
from carehome.services.beds import Beds, BoardFloor, BoardRoom, Building
from carehome.ui.beds.bed_file import CLOSE, RELEASE, RESERVE, Deed
from carehome.ui.beds.house import Spot
from carehome.ui.beds.page import BedsPage
from carehome.ui.beds.place_tree import PlaceTree
from carehome.ui.beds.places import Places


def page(studio: Studio) -> BedsPage:
    """Open the page of beds."""
    opened = studio.page(BEDS)
    assert isinstance(opened, BedsPage)
    return opened


def bed_file(state: BedState, studio: Studio) -> BedsPage:
    """Open the file of the first bed in a state."""
    beds = page(studio)
    assert beds.house
    for spot in beds.house.spots():
        if spot.bed.state is state:
            beds.open_bed(spot.bed.bed_id)
            studio.wait()
            return beds
    raise NotThere(f"a bed that is {state}")


def out_of_service(studio: Studio) -> None:
    """Open the file of a bed that is out of service."""
    beds = page(studio)
    assert beds.house
    free = next(s for s in beds.house.spots() if s.bed.state is BedState.FREE)
    studio.service(Beds).set_out_of_service(free.bed.bed_id, "—")
    studio.wait()
    bed_file(BedState.OUT_OF_SERVICE, studio)


def deed(which: Deed, state: BedState, studio: Studio) -> None:
    """Ask for something that is done with a bed."""
    studio.click(bed_file(state, studio).desk.file.deeds[which])


def move(studio: Studio) -> None:
    """Look ahead at a move to a free bed."""
    beds = page(studio)
    assert beds.house
    beds.move_resident(somebody(studio).resident_id)
    studio.wait()
    panel = beds.desk.moving
    assert panel
    fitting = panel.fitting() or ()
    free = next(s for s in beds.house.spots() if s.bed.bed_id in fitting)
    panel.aim(free.bed.bed_id)


def begin_move(studio: Studio) -> None:
    """Ask who shall move."""
    page(studio)
    studio.press("Move somebody")


def find_none(studio: Studio) -> None:
    """Look for a bed that is not there."""
    page(studio).search.setText("qqqq")


def narrow(studio: Studio) -> None:
    """Look for the beds of men who need much care."""
    groups = page(studio).desk.filters.groups
    for group, code in (("abilities", "3"), ("abilities", "4"), ("sexes", "male")):
        studio.click(groups[group][code])


def as_front_desk(studio: Studio) -> None:
    """See the board as the front desk does."""
    studio.sign_in("qiantai")
    page(studio)


def place(kind: type, studio: Studio) -> Places:
    """Look at the first place of a kind."""
    beds = page(studio)
    studio.press("Rooms")
    tree = studio.find(PlaceTree)
    items = QTreeWidgetItemIterator(tree)
    while item := items.value():
        tree.setCurrentItem(item)
        if isinstance(tree.current_place(), kind):
            studio.wait()
            return beds.places
        items += 1
    raise NotThere(kind.__name__)


def add_within(kind: type, studio: Studio) -> None:
    """Ask for more within a place."""
    file = place(kind, studio).file
    assert file
    studio.click(file.add)


def add_building(studio: Studio) -> None:
    """Ask for a building."""
    studio.click(place(Building, studio).add_building)


def remove_place(studio: Studio) -> None:
    """Ask before a bed is removed."""
    file = place(Spot, studio).file
    assert file
    studio.click(file.remove)


def figures(by: str, studio: Studio) -> BedsPage:
    """Look at the statistics, counted by something."""
    beds = page(studio)
    studio.press("Statistics")
    beds.figures.by.set_code(by)
    studio.wait()
    return beds


def set_target(studio: Studio) -> None:
    """Ask which share of nursing beds the home is measured against."""
    figures("month", studio)
    studio.press("Set the target")


def print_figures(studio: Studio) -> None:
    """Look at the statistics as they go to paper."""
    studio.click(figures("month", studio).figures.print)


SCENES = (
    Scene("beds-figures", partial(figures, "month")),
    Scene("beds-figures-day", partial(figures, "day")),
    Scene("beds-figures-floor", partial(figures, "floor")),
    Scene("beds-figures-class", partial(figures, "class")),
    Scene("beds-figures-target", set_target),
    Scene("beds-figures-print", print_figures),
    Scene("beds-nothing", find_none),
    Scene("beds-narrowed", narrow),
    Scene("beds-front-desk", as_front_desk),
    Scene("beds-file", partial(bed_file, BedState.OCCUPIED)),
    Scene("beds-file-free", partial(bed_file, BedState.FREE)),
    Scene("beds-file-reserved", partial(bed_file, BedState.RESERVED)),
    Scene("beds-file-kept", partial(bed_file, BedState.KEPT)),
    Scene("beds-file-out-of-service", out_of_service),
    Scene("beds-reserve", partial(deed, RESERVE, BedState.FREE)),
    Scene("beds-release", partial(deed, RELEASE, BedState.RESERVED)),
    Scene("beds-close", partial(deed, CLOSE, BedState.FREE)),
    Scene("beds-move", move),
    Scene("beds-move-who", begin_move),
    Scene("beds-rooms-building", partial(place, Building)),
    Scene("beds-rooms-floor", partial(place, BoardFloor)),
    Scene("beds-rooms-room", partial(place, BoardRoom)),
    Scene("beds-rooms-bed", partial(place, Spot)),
    Scene("beds-rooms-add-building", add_building),
    Scene("beds-rooms-add-floor", partial(add_within, Building)),
    Scene("beds-rooms-add-rooms", partial(add_within, BoardFloor)),
    Scene("beds-rooms-add-bed", partial(add_within, BoardRoom)),
    Scene("beds-rooms-remove", remove_place),
)
