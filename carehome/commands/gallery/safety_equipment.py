"""Scenes of the ledger of equipment."""

from datetime import date
from functools import partial
from io import BytesIO

import openpyxl

from carehome.app.desk import SAFETY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.safety.equipment import Done
from carehome.services.safety.equipment import Equipment, Piece
from carehome.services.safety.equipment_rolls import EquipmentRolls
from carehome.services.safety.photos import NewPicture
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.rolls.reader import CHECK, COLUMNS, ListReader
from carehome.ui.safety.equipment import PLAN, SCRAPPED, EquipmentTab
from carehome.ui.safety.equipment_plan import PlanView
from carehome.ui.safety.equipment_prints import DUES

NAME = "equipment.xlsx"
PLACES = ("3\u20141", "3\u20142", "3\u20143", "3\u20144")


def ledger(studio: Studio) -> None:
    """List the equipment of the house."""
    _equip(studio)
    studio.tab(SAFETY, "Equipment")


def piece(studio: Studio) -> None:
    """Look at one piece: what is due, what was done."""
    ledger(studio)
    studio.find(TableView).selectRow(0)
    studio.wait()


def plan(studio: Studio) -> None:
    """See on a floor plan what hangs where."""
    ledger(studio)
    studio.find(EquipmentTab).pick.set_code(PLAN)
    studio.wait()


def new(studio: Studio) -> None:
    """Enter new equipment."""
    ledger(studio)
    studio.press("New equipment")


def service(studio: Studio) -> None:
    """Record a service."""
    piece(studio)
    studio.press("Record a service")


def scrapping(studio: Studio) -> None:
    """Scrap a piece."""
    piece(studio)
    studio.click(studio.find(EquipmentTab).file.scrap)


def back_into_use(studio: Studio) -> None:
    """Ask before a piece that was scrapped by mistake is in use again."""
    _equip(studio)
    equipment = studio.service(Equipment)
    first = next(e for e in equipment.ledger().lines if not e.scrapped_on)
    equipment.scrap(first.equipment_id, studio.today, "")
    studio.tab(SAFETY, "Equipment")
    studio.find(EquipmentTab).pick.set_code(SCRAPPED)
    studio.wait()
    studio.find(TableView).selectRow(0)
    studio.wait()
    studio.click(studio.find(EquipmentTab).file.scrap)


def kinds(studio: Studio) -> None:
    """See the intervals of each kind and how sure they are."""
    ledger(studio)
    studio.press("Kinds")


def kind(studio: Studio) -> None:
    """Change the intervals of a kind."""
    kinds(studio)
    studio.press("New kind")


def sheets(studio: Studio) -> None:
    """Choose the sheet of labels and where to begin."""
    ledger(studio)
    studio.press("Labels")


def labels(studio: Studio) -> None:
    """Look at the labels before they are printed."""
    sheets(studio)
    studio.press("Look and print")


def lists(studio: Studio) -> None:
    """Choose which list of equipment is printed."""
    ledger(studio)
    studio.press("Print")
    studio.fill(what=DUES)


def dues_paper(studio: Studio) -> None:
    """Look at what is due, month by month, on paper."""
    lists(studio)
    studio.press("Look and print")


def fault(studio: Studio) -> None:
    """Enter what is wrong with a piece as a hazard."""
    piece(studio)
    studio.press("Enter a hazard")


def new_plan(studio: Studio) -> None:
    """Keep the picture of a floor."""
    plan(studio)
    studio.press("New floor plan")


def plan_paper(studio: Studio) -> None:
    """Look at a floor plan with its points on paper."""
    plan(studio)
    studio.click(studio.find(PlanView).print)


def remove_plan(studio: Studio) -> None:
    """Ask before a floor plan is removed."""
    plan(studio)
    studio.click(studio.find(PlanView).remove)


def reading(studio: Studio) -> ListReader:
    """Read a list of equipment in: choose the file, or save an empty sheet."""
    ledger(studio)
    studio.find(EquipmentTab).open_reader()
    studio.wait()
    return studio.find(ListReader)


def read(wanted: int, studio: Studio) -> None:
    """Read a list of equipment in as far as a step; one of its rows is wrong."""
    shown = reading(studio)
    kind, path = studio.service(Equipment).ledger().kinds[0].name, studio.room / NAME
    studio.service(EquipmentRolls).write_template(path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page.append((kind, "3F", "MFZ/ABC4", "2024-06-01", 2, "2026-06-03"))
    page.append((kind, "4F", "MFZ/ABC4", "2024-13-01", 1))
    book.save(path)
    shown.open_file(path)
    studio.wait()
    for _step in range(wanted - shown.step):
        studio.click(shown.go_on)


def _equip(studio: Studio) -> None:
    """Hang a few things on a floor where the home has none yet."""
    equipment = studio.service(Equipment)
    if equipment.ledger().lines:
        return
    plan_id = equipment.add_plan("3F", _drawn())
    kinds = equipment.ledger().kinds
    year = studio.today.year
    for at, place in enumerate(PLACES):
        made = date(year - 10 + 2 * at, 3, 1)
        told = Piece(kinds[at * 2].kind_id, place, "", made)
        (number,) = equipment.add(told)
        equipment.put_on_plan(number, plan_id, 1500 + 2200 * at, 3500 + 900 * at)
    last = equipment.ledger().lines[-1]
    equipment.record((last.equipment_id,), Done(studio.today))


def _drawn() -> NewPicture:
    """Draw a corridor with rooms on both sides."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - at use

    picture = Image.new("RGB", (1200, 600), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 1180, 580), outline="black", width=6)
    for x in range(20, 1180, 145):
        pen.rectangle((x, 20, x + 145, 240), outline="gray", width=3)
        pen.rectangle((x, 360, x + 145, 580), outline="gray", width=3)
    out = BytesIO()
    picture.save(out, "JPEG")
    return NewPicture("3F.jpg", 1200, 600, out.getvalue(), "", None)


SCENES = (
    Scene("safety-equipment", ledger),
    Scene("safety-equipment-piece", piece),
    Scene("safety-equipment-plan", plan),
    Scene("safety-equipment-new", new),
    Scene("safety-equipment-list-1-file", reading),
    Scene("safety-equipment-list-2-columns", partial(read, COLUMNS)),
    Scene("safety-equipment-list-3-check", partial(read, CHECK)),
    Scene("safety-equipment-service", service),
    Scene("safety-equipment-scrap", scrapping),
    Scene("safety-equipment-back", back_into_use),
    Scene("safety-equipment-kinds", kinds),
    Scene("safety-equipment-kind", kind),
    Scene("safety-equipment-sheets", sheets),
    Scene("safety-equipment-labels", labels),
    Scene("safety-equipment-lists", lists),
    Scene("safety-equipment-dues-paper", dues_paper),
    Scene("safety-equipment-fault", fault),
    Scene("safety-equipment-plan-new", new_plan),
    Scene("safety-equipment-plan-paper", plan_paper),
    Scene("safety-equipment-plan-remove", remove_plan),
)
