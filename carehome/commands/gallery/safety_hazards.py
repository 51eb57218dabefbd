"""Scenes of the register of hazards."""

from carehome.app.desk import SAFETY
from carehome.commands.gallery import photos
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.commands.told import DEMO_USER
from carehome.rules.safety.hazards import NewHazard
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.photos import NewPicture, read_picture
from carehome.ui.kit.table_view import TableView
from carehome.ui.safety.hazard_panel import HazardPanel
from carehome.ui.safety.hazards import HazardsTab
from carehome.ui.safety.photo_field import PhotosField
from carehome.ui.safety.photo_thumb import Thumb


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


def added(studio: Studio) -> None:
    """Show how it is now in two photos; a third one is broken, and is told."""
    rectify(studio)
    torn = studio.room / "IMG_0914.jpg"
    torn.write_bytes(b"torn")
    studio.find(PhotosField).add_files((*photos.draw(studio.room)[1:], torn))
    studio.wait()


def compare(studio: Studio) -> None:
    """Lay the photos of before and of after the work side by side."""
    reports = studio.service(Hazards)
    told = reports.listed()[0]
    blocked, *cleared = _pictures(studio)
    made = reports.open(NewHazard(told.item, told.place), [blocked])
    reports.rectify(made, told.item, told.found_by, pictures=cleared)
    studio.click(_open(studio, made).compare)


def looked_at(studio: Studio) -> None:
    """Look at a photo large before it is handed in."""
    added(studio)
    studio.click(studio.find(Thumb).picture)


def recheck(studio: Studio) -> None:
    """Say what was seen where somebody else put it right."""
    studio.click(_open(studio, _answered(studio)).check)


def send_back(studio: Studio) -> None:
    """Say what is still wrong."""
    studio.click(_open(studio, _answered(studio)).back)


def close(studio: Studio) -> None:
    """Strike off what was put right and re-checked."""
    made = _answered(studio)
    studio.service(Hazards).pass_check(made)
    studio.click(_open(studio, made).close_it)


def limits(studio: Studio) -> None:
    """Set how long hazards may stand."""
    register(studio)
    studio.press("Deadlines")


def ledger(studio: Studio) -> None:
    """Choose the days of the ledger, and whether photos follow."""
    register(studio)
    studio.press("Ledger")


def ledger_paper(studio: Studio) -> None:
    """Look at the ledger before it is printed."""
    ledger(studio)
    studio.press("Look at and print")


def _answered(studio: Studio) -> int:
    """Let the head nurse report a hazard as put right, for the director to look at."""
    studio.sign_in("hushizhang")
    reports = studio.service(Hazards)
    told = reports.listed()[0]
    blocked, cleared, _again = _pictures(studio)
    made = reports.open(NewHazard(told.item, told.place), [blocked])
    reports.rectify(made, told.item, told.found_by, pictures=[cleared])
    studio.sign_in(DEMO_USER)
    return made


def _open(studio: Studio, hazard_id: int) -> HazardPanel:
    register(studio)
    studio.find(HazardsTab).open_key(hazard_id)
    studio.wait()
    return studio.find(HazardPanel)


def _pictures(studio: Studio) -> list[NewPicture]:
    return [read_picture(path) for path in photos.draw(studio.room)]


SCENES = (
    Scene("safety-hazards", register),
    Scene("safety-hazards-file", hazard),
    Scene("safety-hazards-new", enter),
    Scene("safety-hazards-plan", plan),
    Scene("safety-hazards-rectify", rectify),
    Scene("safety-hazards-photos", added),
    Scene("safety-hazards-photo", looked_at),
    Scene("safety-hazards-compare", compare),
    Scene("safety-hazards-recheck", recheck),
    Scene("safety-hazards-back", send_back),
    Scene("safety-hazards-close", close),
    Scene("safety-hazards-deadlines", limits),
    Scene("safety-hazards-ledger", ledger),
    Scene("safety-hazards-ledger-paper", ledger_paper),
)
