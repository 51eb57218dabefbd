"""From a round that nobody made to the folder in the inspector's hand.

Of three patrols two were missed; on the third a lamp is dark. The officer photographs
it and has it mended, the director looks and strikes it off, and the folder says all.
"""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import timedelta

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from carehome.app.desk import SAFETY
from carehome.app.window import make_shell
from carehome.rules.rights import Role
from carehome.rules.safety.forms import Form, FormItem, FormKind
from carehome.rules.safety.hazards import State
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.home import Home, OpenHome
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.plan import Place, RoundPlans
from carehome.ui.parts.exports import PaperDialog
from tests.conftest import ROLES, TODAY
from tests.house import build
from tests.journeys.test_whole_life import dialog, press, wake, write
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.safety.round_house import at

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
OFFICER, DIRECTOR = ROLES[Role.SAFETY_OFFICER], ROLES[Role.DIRECTOR]
DARK, MENDED = "东侧应急灯不亮", "已换灯泡，通电试过"
DAY = timedelta(days=1)
ROUNDS, HAZARDS, FOLDER = Key.Key_1, Key.Key_2, Key.Key_7


@pytest.fixture
def window(db, clock, jobs, shown):
    """Return a function that opens the window for somebody."""
    db.on_change = jobs.announce
    build(db)
    plan(db)
    profile = Home(db, DIRECTOR, clock).profile()

    def sign_in(user):
        window = make_shell(OpenHome(db, user, profile), jobs, clock)
        window.resize(1366, 768)
        return shown(window)

    return sign_in


@pytest.fixture
def still(qtbot, jobs):
    return lambda: qtbot.waitUntil(lambda: not jobs.is_busy)


@pytest.fixture
def photo(tmp_path):
    """Return photos by a word that tells them apart."""

    def take(name, tone):
        path = tmp_path / f"{name}.jpg"
        Image.new("RGB", (640, 480), tone).save(path)
        return path

    return take


def plan(db):
    """Plan a patrol for each morning since the day before yesterday."""
    since = TODAY - 2 * DAY
    forms, plans = (kind(db, DIRECTOR, at(since)) for kind in (SafetyForms, RoundPlans))
    items = (
        FormItem("lamp", "应急灯亮", needs_picture=True),
        FormItem("way", "疏散通道畅通"),
    )
    form_id = forms.add(Form(FormKind.DAY_PATROL, "每日防火巡查", items))
    place_id = plans.save_place(Place("一号楼二层"))
    plans.add(Planned(form_id, place_id, Rhythm.DAILY, since, times=(480,), window=240))


def choose(qtbot, asker, *paths):
    """Choose files in the window of the system, which no key of ours reaches."""
    qtbot.waitUntil(lambda: bool(visible(asker, QFileDialog)))
    asked = visible(asker, QFileDialog)[-1]
    asked.filesSelected.emit([str(path) for path in paths])
    asked.reject()


def visible(asker, kind):
    return [each for each in asker.findChildren(kind) if each.isVisible()]


def open_tab(qtbot, window, key, still):
    page = window.open_page(SAFETY)
    wake(qtbot, window)
    still()
    press(key, modifier=ALT)
    still()
    return page.tabs.content(page.tabs.strip.currentIndex())


def walk(qtbot, window, still, taken):
    """Fill the due round in: the lamp is dark, and without a word it is not done."""
    tab = open_tab(qtbot, window, ROUNDS, still)
    lists = tab.lists
    qtbot.waitUntil(lambda: len(lists.view.table.rows) == 3)
    assert [row.state for row in lists.view.table.rows] == ["应查", "漏巡", "漏巡"]
    lists.view.setFocus()
    lists.view.selectRow(0)
    press(Key.Key_Return)
    sheet = tab.sheet
    qtbot.waitUntil(lambda: sheet.isVisible() and len(sheet.items.table.rows) == 2)
    still()
    press(Key.Key_2)
    qtbot.waitUntil(sheet.panel.note.input.hasFocus)
    press(Key.Key_Return)  # nothing was written
    sheet.items.setFocus()
    sheet.items.select(2)
    press(Key.Key_1)
    still()
    assert not sheet.finish.isEnabled()
    sheet.items.select(1)
    press(Key.Key_Return)
    write(DARK)
    press(Key.Key_Return)
    still()
    sheet.items.select(1)
    assert not sheet.finish.isEnabled()  # the photo is missing
    press(Key.Key_P, modifier=CTRL)
    choose(qtbot, sheet, taken)
    qtbot.waitUntil(sheet.finish.isEnabled)
    wake(qtbot, window)
    sheet.items.setFocus()
    press(Key.Key_Return, modifier=CTRL)
    finish = dialog(qtbot, window)
    qtbot.waitUntil(finish.isActiveWindow)
    with qtbot.waitSignal(finish.finished):
        press(Key.Key_Return, modifier=CTRL)
    still()
    told = dialog(qtbot, window)
    qtbot.waitUntil(told.isActiveWindow)
    with qtbot.waitSignal(told.finished):
        press(Key.Key_Return)  # on to the hazard that was opened
    still()


def the_hazard(db, clock):
    [hazard] = Hazards(db, DIRECTOR, clock).listed()
    return hazard


def have_it_mended(qtbot, window, hazard, still, taken):
    """Report it with a photo; without one it is refused beside the field."""
    page = window.open_page(SAFETY)
    wake(qtbot, window)
    tab = page.tabs.content(page.tabs.strip.currentIndex())
    qtbot.waitUntil(lambda: tab.panel.item.text() == hazard.item)
    qtbot.waitUntil(tab.panel.rectify.isVisible)
    still()
    press(Key.Key_R, modifier=ALT)
    asked = dialog(qtbot, window)
    qtbot.waitUntil(asked.isActiveWindow)
    asked.form.fields["what"].focus()
    write(MENDED)
    asked.form.fields["who"].focus()
    write("电工 赵立")
    press(Key.Key_Return, modifier=CTRL)
    photos = asked.form.fields["photos"]
    qtbot.waitUntil(lambda: bool(photos.error))
    photos.focus()
    press(Key.Key_Space)
    choose(qtbot, asked, taken)
    qtbot.waitUntil(lambda: bool(photos.value()))
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    with qtbot.waitSignal(asked.finished):
        press(Key.Key_Return, modifier=CTRL)
    still()
    qtbot.waitUntil(tab.panel.own.isVisible)
    assert not tab.panel.check.isVisible()  # somebody else looks


def look_and_strike_off(qtbot, window, hazard, still):
    """Re-check and close, as somebody else than who reported it."""
    tab = open_tab(qtbot, window, HAZARDS, still)
    tab.open_key(hazard.hazard_id)
    for deed in (tab.panel.check, tab.panel.close_it):
        qtbot.waitUntil(deed.isVisible)
        wake(qtbot, window)
        still()
        tab.panel.setFocus()
        press(Key.Key_R, modifier=ALT)
        asked = dialog(qtbot, window)
        qtbot.waitUntil(asked.isActiveWindow)
        with qtbot.waitSignal(asked.finished):
            press(Key.Key_Return, modifier=CTRL)
        still()


def save_the_folder(qtbot, window, still, path):
    """Look at the folder of the last days, and save it as a PDF."""
    tab = open_tab(qtbot, window, FOLDER, still)
    qtbot.waitUntil(lambda: "漏巡 2 次" in tab.gaps.text())
    press(Key.Key_P, modifier=CTRL)
    qtbot.waitUntil(lambda: bool(visible(tab, PaperDialog)))
    [paper] = visible(tab, PaperDialog)
    qtbot.waitUntil(paper.isActiveWindow)
    press(Key.Key_S, modifier=CTRL)
    qtbot.waitUntil(lambda: bool(visible(paper, QFileDialog)))
    asked = visible(paper, QFileDialog)[-1]
    with qtbot.waitSignal(paper.preview.saved):
        asked.fileSelected.emit(str(path))
    asked.reject()


def test_from_a_missed_round_to_the_inspectors_folder(
    qtbot, db, clock, window, still, photo, tmp_path
):
    officers = window(OFFICER)
    walk(qtbot, officers, still, photo("before", "black"))
    hazard = the_hazard(db, clock)
    assert DARK in hazard.item
    have_it_mended(qtbot, officers, hazard, still, photo("after", "white"))
    directors = window(DIRECTOR)
    look_and_strike_off(qtbot, directors, hazard, still)
    assert the_hazard(db, clock).state is State.CLOSED

    save_the_folder(qtbot, directors, still, tmp_path / "资料夹.pdf")

    book = PdfReader(tmp_path / "资料夹.pdf")
    assert "漏巡 2 次" in book.pages[0].extract_text()
    whole = "".join(page.extract_text() for page in book.pages)
    assert hazard.number in whole
    assert "应急灯" in whole
    assert "已销账" in whole
