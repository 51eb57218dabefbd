"""Scenes of reading a roll: each step, mistakes in it, taking it back."""

from functools import partial
from pathlib import Path
from random import Random

import openpyxl

from carehome.commands.demo.people import Crowd
from carehome.commands.demo.roll import write_roll
from carehome.commands.gallery.residents import page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.beds import Beds
from carehome.ui.rolls.reader import RollReader

FILE, COLUMNS, CHECK, ADDITIONS, RESULT = range(5)
PEOPLE, SEED = 9, 3
# Where in the sheet what stands: rows from 4 on, columns from 1 on.
NUMBER, ROOM, GRADE = 4, 6, 8


def begin(studio: Studio) -> RollReader:
    """Choose a file."""
    residents = page(studio)
    residents.open_roll()
    studio.wait()
    return residents.roll


def step(wanted: int, studio: Studio) -> RollReader:
    """Read a roll in as far as a step."""
    roll = begin(studio)
    roll.open_file(_roll(studio))
    studio.wait()
    while roll.step < wanted:
        studio.click(roll.go_on)
    return roll


def not_a_roll(studio: Studio) -> None:
    """Refuse a file that is no workbook."""
    path = studio.room / "roll.xlsx"
    path.write_bytes(b"not a workbook")
    begin(studio).open_file(path)


def undo_this(studio: Studio) -> None:
    """Ask before a reading is taken back right after it."""
    studio.click(step(RESULT, studio).result.undo)


def undo_earlier(studio: Studio) -> None:
    """Ask before an earlier reading is taken back."""
    roll = step(RESULT, studio)
    studio.click(roll.go_on)
    roll = begin(studio)
    roll.file.earlier.selectRow(0)
    studio.wait()
    studio.click(roll.file.undo)


def _roll(studio: Studio) -> Path:
    """Write a roll with a wrong number, a room the home lacks and a strange grade."""
    path = studio.room / "roll.xlsx"
    dice = Random(SEED)
    free = studio.service(Beds).free(studio.today)
    write_roll(path, free, min(PEOPLE, len(free)), studio.today, Crowd(dice), dice)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(5, NUMBER).value = "11010119400101001X"
    sheet.cell(6, ROOM).value = "909"
    sheet.cell(7, GRADE).value = "III"
    book.save(path)
    return path


SCENES = (
    Scene("roll-1-file", begin),
    Scene("roll-1-file-refused", not_a_roll),
    Scene("roll-2-columns", partial(step, COLUMNS)),
    Scene("roll-3-check", partial(step, CHECK)),
    Scene("roll-4-additions", partial(step, ADDITIONS)),
    Scene("roll-5-result", partial(step, RESULT)),
    Scene("roll-undo", undo_this),
    Scene("roll-undo-earlier", undo_earlier),
)
