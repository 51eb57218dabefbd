"""Scenes of the inspector's folder."""

from carehome.app.desk import SAFETY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.ui.safety.folder import FolderTab

FOLDER = "Folder for inspectors"


def asked(studio: Studio) -> None:
    """Say for which days the folder shall be, and see what it would hold."""
    studio.tab(SAFETY, FOLDER)
    studio.wait()


def drawn(studio: Studio) -> None:
    """Look at the folder before it is printed."""
    asked(studio)
    studio.press("Look at and print")


def no_part(studio: Studio) -> None:
    """Be told why nothing can be printed: no part is ticked."""
    asked(studio)
    for tick in studio.find(FolderTab).ticks.values():
        tick.setChecked(False)


SCENES = (
    Scene("safety-folder", asked),
    Scene("safety-folder-drawn", drawn),
    Scene("safety-folder-nothing", no_part),
)
