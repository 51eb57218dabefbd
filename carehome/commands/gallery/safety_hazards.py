"""Scenes of the register of hazards."""

from carehome.app.desk import SAFETY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.ui.kit.table_view import TableView


def register(studio: Studio) -> None:
    """List what waits to be put right."""
    studio.tab(SAFETY, "Hazards")


def hazard(studio: Studio) -> None:
    """Follow one hazard from its finding on."""
    register(studio)
    studio.open_row(studio.find(TableView))


def enter(studio: Studio) -> None:
    """Enter a hazard that somebody noticed; its deadline stands below."""
    register(studio)
    studio.press("Enter a hazard")


def plan(studio: Studio) -> None:
    """Set measure, person and deadline."""
    hazard(studio)
    studio.press("Measure and deadline")


def rectify(studio: Studio) -> None:
    """Report a hazard as put right."""
    hazard(studio)
    studio.press("Report as put right")


def limits(studio: Studio) -> None:
    """Set how long hazards may stand."""
    register(studio)
    studio.press("Deadlines")


def ledger(studio: Studio) -> None:
    """Look at the ledger before it is printed."""
    register(studio)
    studio.press("Ledger")


SCENES = (
    Scene("safety-hazards", register),
    Scene("safety-hazards-file", hazard),
    Scene("safety-hazards-new", enter),
    Scene("safety-hazards-plan", plan),
    Scene("safety-hazards-rectify", rectify),
    Scene("safety-hazards-deadlines", limits),
    Scene("safety-hazards-ledger", ledger),
)
