"""The steps after the beds: prices, residents, what is left for later or not needed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from carehome.app.desk import FEES, OPENING, RESIDENTS, SETTINGS, TODAY
from carehome.db.database import Database
from carehome.rules.rights import Role
from carehome.services.beds import Beds, NewBed
from carehome.services.home import Home
from carehome.services.opening import Opening, Step
from carehome.ui.kit import drafts
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.finder import Finder
from carehome.ui.rolls.reader import ADDITIONS, CHECK, COLUMNS, RESULT
from carehome.ui.today.lines import TaskLine
from tests.conftest import KEY
from tests.opening.conftest import come_to, press, write

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
ENTER, LEFT = Key.Key_Return, Qt.MouseButton.LeftButton
ROLL = Path(__file__).parents[1] / "roll" / "data" / "resident-roll.xlsx"


@pytest.fixture
def with_beds(purse):
    purse.of(Beds).add_beds(
        [
            NewBed("主楼", "301", "1", "A", "3楼", 3),
            NewBed("主楼", "302", "1", "B", "3楼", 3),
        ]
    )


@pytest.fixture
def prices(with_beds, chain):
    """The second step, where a home that has beds goes on."""
    assert chain.view is chain.prices
    return chain.prices


def price_of(step, purse, code):
    return step.editor.prices[purse.item(code)]


# prices


def test_the_template_offers_items_and_no_amounts(prices):
    assert len(prices.editor.prices) == 19
    assert {field.value() for field in prices.editor.prices.values()} == {None}


def test_without_any_price_nothing_is_stored(prices, chain):
    assert not chain.next.isEnabled()
    assert "至少填一项" in chain.reason.text()


def test_prices_are_typed_from_line_to_line_and_stored(
    prices, chain, purse, clock, qtbot
):
    for amount in ("2600", "1800"):
        write(amount)
        press(ENTER)
    press(ENTER, held=CTRL)
    qtbot.waitUntil(lambda: chain.view is chain.residents)
    (sheet,) = purse.prices.sheets()
    assert sheet.starts == clock().date().replace(day=1)
    listed = {price.item_id: price.fen for price in sheet.prices}
    assert listed == {purse.item("bed-A"): 260000, purse.item("bed-B"): 180000}


def test_beds_without_a_price_are_told(prices, purse):
    assert "单人间" in prices.lacking.text()
    price_of(prices, purse, "bed-A").focus()
    write("2600")
    assert "单人间" not in prices.lacking.text()
    assert "双人间" in prices.lacking.text()


@pytest.fixture
def public(purse):
    """The home is public: guide prices bind it."""
    home = purse.of(Home)
    home.change_profile(replace(home.profile(), ownership="public"))


def test_a_price_above_its_guide_price_is_told_beside_it(public, prices, chain, purse):
    price = price_of(prices, purse, "bed-A")
    price.focus()
    write("2600")
    prices.editor.ceilings[purse.item("bed-A")].focus()
    write("2000")
    assert "高于指导价" in price.error
    assert not chain.next.isEnabled()
    write("2600")
    assert not price.error
    assert not chain.next.isEnabled()
    rows = prices.editor.rows
    rows.documents[purse.item("bed-A")].set_value("发改价格〔2025〕12号")
    rows.dates[purse.item("bed-A")].set_value(date(2025, 3, 1))
    assert chain.next.isEnabled()


def test_what_may_not_be_charged_is_refused_with_its_reason(prices, qtbot):
    qtbot.mouseClick(prices.add, LEFT)
    dialog = prices.findChild(FormDialog)
    dialog.form.set_values({"name": "入院押金", "code": "deposit"})
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: "专户" in told_in(dialog))


def told_in(dialog):
    errors = (field.error for field in dialog.form.fields.values())
    return " ".join((dialog.error.text(), *errors))


def test_an_item_of_ones_own_leaves_what_is_typed(prices, qtbot, jobs, purse):
    price_of(prices, purse, "bed-A").focus()
    write("2600")
    qtbot.mouseClick(prices.add, LEFT)
    dialog = prices.findChild(FormDialog)
    dialog.form.set_values({"name": "理发费", "code": "haircut", "unit": "use"})
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: len(prices.editor.prices) == 20)
    assert price_of(prices, purse, "bed-A").value() == 260000


def test_half_typed_prices_survive_the_end_of_the_program(
    prices, shell, open_home, db, purse, qtbot, jobs
):
    price_of(prices, purse, "bed-A").focus()
    write("26oo")
    drafts.gather()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    shell.hide()
    db.close()
    again = Database(db.path, KEY)
    chain = come_to(open_home(again), qtbot, jobs)
    (kept,) = (f for f in chain.prices.editor.prices.values() if f.input.text())
    assert kept.input.text() == "26oo"
    assert kept.value() is None
    again.close()


# later, not needed, back


def test_later_leaves_the_step_open(chain, qtbot):
    qtbot.mouseClick(chain.later, LEFT)
    assert chain.view is chain.prices
    assert chain._loaded.standing.left == tuple(Step)


def test_what_is_not_needed_is_not_asked_for_again(chain, as_role, qtbot, jobs):
    qtbot.mouseClick(chain.waive, LEFT)
    assert chain.view is chain.prices
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert as_role(Opening).standing().left == (Step.PRICES, Step.RESIDENTS)
    qtbot.mouseClick(chain.back, LEFT)
    assert chain.waive.text() == "还是要做"
    qtbot.mouseClick(chain.waive, LEFT)
    qtbot.waitUntil(lambda: len(as_role(Opening).standing().left) == 3)


def test_any_step_can_be_visited_from_the_strip(chain, qtbot):
    qtbot.mouseClick(chain.steps.steps[2], LEFT)
    assert chain.view is chain.residents
    press(Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    assert chain.view is chain.prices


def test_esc_leaves_without_a_question_and_keeps_what_is_typed(chain, shell):
    write("301-312")
    press(Key.Key_Escape)
    assert shell.current == TODAY
    shell.open_page(OPENING)
    assert chain.beds.lines[0].rooms.input.text() == "301-312"


def test_a_home_that_has_beds_goes_on_with_prices(with_beds, chain):
    assert chain.view is chain.prices
    assert chain.steps.steps[0].is_done


# the ways back to it


def test_today_asks_to_go_on(shell, qtbot):
    today = shell.open_page(TODAY)
    qtbot.waitUntil(lambda: bool(today.findChildren(TaskLine)))
    (line,) = today.findChildren(TaskLine)
    assert "还差 3 步" in line.accessibleName()
    line.setFocus()
    press(ENTER)
    assert shell.current == OPENING


def test_the_navigation_lists_it_while_something_is_left(
    shell, qtbot, as_role, purse, jobs
):
    entry = shell.entries[OPENING]
    qtbot.waitUntil(entry.isVisible)
    for step in Step:
        as_role(Opening).waive(step, True)
    qtbot.waitUntil(entry.isHidden)
    assert SETTINGS in shell.numbered
    assert OPENING not in shell.numbered


def test_ctrl_k_finds_it(shell, qtbot):
    press(Key.Key_K, held=CTRL)
    finder = shell.findChild(Finder)
    qtbot.waitUntil(finder.line.hasFocus)
    write("继续设置")
    first = finder.list.model().index
    qtbot.waitUntil(lambda: "继续设置" in str(first(0, 0).data()))
    press(ENTER)
    assert shell.current == OPENING


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.HEAD_NURSE])
def test_only_a_director_is_led(open_home, role):
    assert OPENING not in open_home(role=role).entries


# residents, and the end


def test_the_roll_is_read_in_its_place_and_counts(chain, shell, qtbot, jobs):
    chain.go(2)
    press(ENTER)
    reader = shell.widgets[OPENING].reader
    assert reader.isVisible()
    reader.open_file(ROLL)
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    for step in (CHECK, ADDITIONS, RESULT):
        qtbot.waitUntil(reader.go_on.isEnabled)
        press(ENTER, held=CTRL)
        qtbot.waitUntil(lambda step=step: reader.step == step, timeout=20_000)
    press(ENTER, held=CTRL)
    qtbot.waitUntil(lambda: chain.isVisible() and not jobs.is_busy)
    assert "46 位" in chain.residents.here.text()
    assert chain.next.isEnabled()


def test_leaving_the_roll_comes_back_to_the_step(chain, shell, qtbot):
    chain.go(2)
    press(ENTER)
    press(Key.Key_Escape)
    assert chain.isVisible()
    assert chain.view is chain.residents


def test_residents_can_be_admitted_one_by_one(chain, shell, qtbot):
    chain.go(2)
    qtbot.mouseClick(chain.residents.single, LEFT)
    assert shell.current == RESIDENTS


def test_the_end_tells_what_is_left_and_leads_on(with_beds, chain, shell, qtbot):
    chain.go(3)
    assert chain.done.question.text() == "还差 2 步"
    assert chain.done.states[Step.BEDS].text() == "完成"
    assert chain.done.states[Step.PRICES].text() == "以后再做"
    qtbot.mouseClick(chain.done.bills, LEFT)
    assert shell.current == FEES
    shell.open_page(OPENING)
    qtbot.mouseClick(chain.done.accounts, LEFT)
    assert shell.current == SETTINGS
    shell.open_page(OPENING)
    qtbot.mouseClick(chain.next, LEFT)
    assert shell.current == TODAY
