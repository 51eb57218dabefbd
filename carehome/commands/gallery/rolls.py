"""Scenes of reading a roll: each step, mistakes in it, taking it back."""

from functools import partial
from pathlib import Path
from random import Random

import openpyxl
from PySide6.QtWidgets import QFileDialog

from carehome.commands.demo.people import Crowd
from carehome.commands.demo.roll import write_roll
from carehome.commands.gallery.residents import page
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.services.beds import Beds
from carehome.ui.kit.dialogs import MessageDialog
from carehome.ui.rolls.reader import RollReader

FILE, COLUMNS, CHECK, ADDITIONS, RESULT = range(5)
PEOPLE, SEED, FILE_NAME = 9, 3, "2026.xlsx"
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
    for _step in range(wanted - roll.step):
        studio.click(roll.go_on)
    return roll


def not_a_roll(studio: Studio) -> None:
    """Refuse a file that is no workbook."""
    path = studio.room / FILE_NAME
    path.write_bytes(b"not a workbook")
    begin(studio).open_file(path)


def leave_unfinished(studio: Studio) -> None:
    """Offer to go on with a roll that was begun."""
    step(COLUMNS, studio)
    page(studio).open_list()
    studio.wait()
    begin(studio)


def lose_file(studio: Studio) -> None:
    """Tell that the file is gone when it is to be read again."""
    roll = step(CHECK, studio)
    (studio.room / FILE_NAME).unlink()
    studio.click(roll.check.again)


def save_list(studio: Studio) -> None:
    """Tell where a list was saved."""
    roll = step(RESULT, studio)
    studio.click(roll.result.save)
    saving = studio.top
    assert isinstance(saving, QFileDialog)
    saving.fileSelected.emit(str(studio.room / "list.xlsx"))
    saving.close()
    studio.wait()
    assert isinstance(studio.top, MessageDialog)
    said = studio.top.text
    said.setText(said.text().replace(str(studio.room), "/carehome"))


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
    path = studio.room / FILE_NAME
    dice = Random(SEED)
    free = studio.service(Beds).free(studio.today)
    write_roll(path, free, min(PEOPLE, len(free)), studio.today, Crowd(dice), dice)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(5, NUMBER).value = "11010119400101001X"
    sheet.cell(6, ROOM).value = "909"
    sheet.cell(7, GRADE).value = "3+"
    book.save(path)
    return path


SCENES = (
    Scene("roll-1-file", begin),
    Scene("roll-1-file-refused", not_a_roll),
    Scene("roll-2-columns", partial(step, COLUMNS)),
    Scene("roll-3-check", partial(step, CHECK)),
    Scene("roll-4-additions", partial(step, ADDITIONS)),
    Scene("roll-5-result", partial(step, RESULT)),
    Scene("roll-1-file-unfinished", leave_unfinished),
    Scene("roll-3-check-lost", lose_file),
    Scene("roll-5-result-saved", save_list),
    Scene("roll-undo", undo_this),
    Scene("roll-undo-earlier", undo_earlier),
)
