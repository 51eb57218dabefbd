"""The tab of what-ifs: today beside then, nothing stored unless named."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from carehome.rules.rights import Role
from carehome.rules.what_if import Assumed
from carehome.services.what_if import WhatIf
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.overview.what_if import WhatIfTab
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from tests import house
from tests.conftest import ROLES
from tests.purse import Purse


@pytest.fixture
def tab(qtbot, qapp, db, clock):
    theme.use(qapp)
    purse = Purse(db, clock)
    beds = house.build(db)
    purse.set_prices()
    purse.live("王秀英", beds["301-1"])
    purse.live("李桂兰", beds["301-2"], grade="full")
    purse.of(WhatIf).keep("满住", Assumed(occupancy=100))
    jobs, user = Jobs(), ROLES[Role.DIRECTOR]
    hand = Hand(lambda kind: kind(db, user, clock), jobs, user, clock)
    tab = WhatIfTab(hand)
    qtbot.addWidget(tab)
    tab.resize(1100, 600)
    tab.show()
    qtbot.waitUntil(lambda: len(tab.view.table.rows) and tab.known.isVisible())
    yield tab
    jobs.close()


def line(tab, name):
    return next(row for row in tab.view.table.rows if row.name == name)


def test_then_is_today_until_something_is_assumed(tab):
    income = line(tab, "月收入")
    assert income.shown[:2] == ("¥6,000.00", "¥6,000.00")
    assert not tab.keep.isEnabled()


def test_a_field_changes_then_at_once(tab):
    tab.form.set_values({"occupancy": 100})
    income = line(tab, "月收入")
    assert (income.shown[1], income.step) == ("¥12,000.00", "+¥6,000.00")
    assert tab.keep.isEnabled()


def test_arrows_on_the_slide_change_then(tab, qtbot):
    field = tab.form.fields["occupancy"]
    assert field.slide.value() == 50  # 2 of 4 beds, while nothing is typed
    for _step in range(25):
        qtbot.keyClick(field.slide, Qt.Key.Key_Right)
    assert field.value() == 75
    assert line(tab, "老人").shown[:2] == ("2 人", "3 人")
    tab.form.set_values({"occupancy": None})
    assert field.slide.value() == 50


def test_a_price_that_is_typed_beyond_the_slide_counts_as_typed(tab):
    field = tab.form.fields["bed"]
    field.set_value(-40)
    assert field.slide.value() == -30
    assert line(tab, "床位费").shown[:2] == ("¥2,400.00", "¥1,440.00")


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("occupancy", "150", "100"),
        ("occupancy", "-1", "100"),
        ("bed", "-101", "-100"),
        ("care", "abc", "abc"),
        ("carers", "1000", "999"),
        ("grade:full", "9", "4"),
        ("grade:full", "-1", "0"),
    ],
)
def test_what_cannot_be_is_told_and_not_kept(tab, name, typed, told):
    tab.form.fields[name].set_raw(typed)
    assert told in tab.trouble.text()
    assert tab.trouble.isVisible()
    assert not any(b.isEnabled() for b in (tab.keep, tab.print, tab.save))
    tab.again.click()
    assert tab.trouble.isHidden()


def test_an_empty_house_and_empty_fields_break_nothing(tab):
    tab.form.set_values({"occupancy": 0})
    assert line(tab, "月收入").shown[1] == "¥0.00"
    tab.form.set_values({"occupancy": None, "bed": None, "carers": None})
    assert line(tab, "月收入").shown[1] == "¥6,000.00"


def test_back_to_today_clears_what_was_assumed(tab):
    tab.form.set_values({"occupancy": 100, "bed": 10, "star": "4"})
    tab.again.click()
    assert line(tab, "月收入").shown[1] == "¥6,000.00"


def test_what_was_kept_is_shown_again(tab):
    tab.open_key(1)
    assert line(tab, "月收入").shown[1] == "¥12,000.00"
    assert tab.remove.isEnabled()


def test_what_was_kept_stands_beside_another(tab):
    tab.form.set_values({"bed": 10})
    tab.beside.set_value("1")
    income = line(tab, "月收入")
    assert income.shown == ("¥6,000.00", "¥6,240.00", "¥12,000.00")
    assert income.step == "−¥5,760.00"
    tab.beside.set_value(None)
    assert line(tab, "月收入").step == "+¥240.00"


def test_what_would_be_is_printed_and_saved(tab, qtbot, tmp_path):
    tab.form.set_values({"bed": 10})
    tab.print.click()
    qtbot.waitUntil(lambda: bool(tab.findChildren(PaperDialog)))
    (paper,) = tab.findChildren(PaperDialog)
    qtbot.waitUntil(paper.isVisible)
    paper.close()
    tab.save.click()
    (dialog,) = tab.findChildren(QFileDialog)
    path = tmp_path / "测算.xlsx"
    dialog.fileSelected.emit(str(path))
    qtbot.waitUntil(path.exists)
    dialog.close()
