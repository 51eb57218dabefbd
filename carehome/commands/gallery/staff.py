"""Scenes of the staff: lists over everybody, files, and what is asked there."""

from carehome.app.desk import STAFF
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.ui.staff.listing import StaffList


def people(studio: Studio) -> StaffList:
    """List who works here."""
    studio.page(STAFF)
    return studio.find(StaffList)


def new_member(studio: Studio) -> None:
    """Write down somebody who is new."""
    studio.click(people(studio).add)


def find_nobody(studio: Studio) -> None:
    """Look for somebody whom the home does not have."""
    people(studio).search.setText("qqqq")


SCENES = (
    Scene("staff", people),
    Scene("staff-new", new_member),
    Scene("staff-nobody", find_nobody),
)
