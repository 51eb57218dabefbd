"""Scenes of the register of hazards."""

from pathlib import Path

from carehome.app.desk import SAFETY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.safety.hazards import NewHazard
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.photos import read_picture
from carehome.ui.kit.table_view import TableView
from carehome.ui.safety.hazard_panel import HazardPanel
from carehome.ui.safety.hazards import HazardsTab
from carehome.ui.safety.photo_field import PhotosField


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


def photos(studio: Studio) -> None:
    """Show how it is now in two photos; a third one is broken, and is told."""
    rectify(studio)
    torn = studio.room / "IMG_0914.jpg"
    torn.write_bytes(b"torn")
    studio.find(PhotosField).add_files((*_photos(studio)[1:], torn))
    studio.wait()


def compare(studio: Studio) -> None:
    """Lay the photos of before and of after the work side by side."""
    reports = studio.service(Hazards)
    told = reports.listed()[0]
    blocked, *cleared = [read_picture(path) for path in _photos(studio)]
    made = reports.open(NewHazard(told.item, told.place), [blocked])
    reports.rectify(made, told.item, told.found_by, pictures=cleared)
    register(studio)
    studio.find(HazardsTab).open_key(made)
    studio.wait()
    studio.find(HazardPanel).compare.click()
    studio.wait()


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


def _photos(studio: Studio) -> list[Path]:
    """Draw a blocked corridor, and twice how it looks afterwards."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - at use

    paths = [studio.room / f"IMG_091{number}.jpg" for number in range(3)]
    for number, path in enumerate(paths):
        photo = Image.new("RGB", (1200, 900), (214, 208, 196))
        pen = ImageDraw.Draw(photo)
        pen.polygon([(0, 900), (430, 420), (770, 420), (1200, 900)], (150, 140, 128))
        pen.rectangle((520, 220 + number, 680, 420), (88, 120, 108))
        for box in range(0 if number else 3):
            left = 330 + 150 * box
            pen.rectangle((left, 560, left + 140, 700), (178, 132, 82), (96, 70, 40), 5)
        photo.save(path)
    return paths


SCENES = (
    Scene("safety-hazards", register),
    Scene("safety-hazards-file", hazard),
    Scene("safety-hazards-new", enter),
    Scene("safety-hazards-plan", plan),
    Scene("safety-hazards-rectify", rectify),
    Scene("safety-hazards-photos", photos),
    Scene("safety-hazards-compare", compare),
    Scene("safety-hazards-deadlines", limits),
    Scene("safety-hazards-ledger", ledger),
    Scene("safety-hazards-ledger-paper", ledger_paper),
)
