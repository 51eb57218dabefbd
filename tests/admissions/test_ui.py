"""The chain of an admission, through real keys and clicks on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import shutil
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from carehome.db.database import Database
from carehome.rules.rights import Role
from carehome.services.admissions import Step
from carehome.services.home import FILE
from carehome.services.residents import Filters
from carehome.ui.admissions import AdmissionsPage
from carehome.ui.parts.receipt_view import ReceiptDialog
from tests.care import care, money
from tests.conftest import KEY, ROLES, TODAY
from tests.house import build, know
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NUMBER = "610103194003051230"  # a man, born 1940-03-05
PERSON, CONTACTS, BED, TERMS, DEPOSIT, DONE = range(6)


@pytest.fixture(scope="module")
def lived_in(_template, tmp_path_factory):
    """Make a home once that each test copies: 王秀英 in 301-1, prices, free beds."""
    path = tmp_path_factory.mktemp("lived-in") / FILE
    shutil.copy(_template, path)
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    purse.set_prices()
    beds = build(db)
    purse.live("王秀英", beds["301-1"])
    db.close()
    return path, beds


@pytest.fixture
def db(tmp_path, lived_in):
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(lived_in[0], folder / FILE)
    database = Database(folder / FILE, KEY)
    yield database
    database.close()


@pytest.fixture
def beds(lived_in):
    return lived_in[1]


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def services(db, clock):
    return care(db, clock)


@pytest.fixture
def open_page(db, clock, jobs, shown, qtbot):
    def make(role=Role.DIRECTOR):
        db.on_change = jobs.announce
        page = AdmissionsPage(
            care(db, clock, role),
            money(db, clock, role),
            jobs,
            ROLES[role],
            lambda: TODAY,
        )
        page.resize(1180, 700)
        shown(page)
        page.begin()
        qtbot.waitUntil(page.person.form.name.input.hasFocus)
        return page

    return make


@pytest.fixture
def page(open_page):
    return open_page()


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def type_in(text):
    """Type into the field with the cursor, as an input method commits it."""
    QApplication.focusWidget().insert(text)


def at(qtbot, page, step):
    qtbot.waitUntil(lambda: page.stack.currentIndex() == step)


def enter_person(qtbot, page, name="王福生", number=NUMBER):
    type_in(name)
    press(Key.Key_Tab)
    type_in(number)
    press(Key.Key_Return)
    at(qtbot, page, CONTACTS)


def enter_contact(qtbot, page, name="王小明"):
    type_in(name)
    press(Key.Key_Tab, Key.Key_Tab)
    type_in("13900001111")
    press(Key.Key_Return)
    at(qtbot, page, BED)
    qtbot.waitUntil(lambda: bool(page.bed.offers.table.rows))


def choose_bed(qtbot, page, at_row=0):
    page.bed.offers.setFocus()
    page.bed.offers.selectRow(at_row)
    press(Key.Key_Return)
    at(qtbot, page, TERMS)


def agree(qtbot, page, grade="full", meal="standard"):
    page.terms.grade.set_value(grade)
    page.terms.meal.set_value(meal)
    qtbot.mouseClick(page.next, LEFT)
    at(qtbot, page, DEPOSIT)


def go_to_terms(qtbot, page):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    choose_bed(qtbot, page)


def go_to_deposit(qtbot, page):
    go_to_terms(qtbot, page)
    agree(qtbot, page)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def only(services):
    (line,) = services.admissions.open()
    return line


def drafts(services):
    """Return what is half typed in the only admission under way."""
    under_way = services.admissions.open()
    return (
        services.admissions.resume(under_way[0].admission_id).drafts
        if under_way
        else {}
    )


# the person


def test_the_first_field_has_the_cursor_and_nothing_is_stored_yet(page, services):
    assert page.person.form.name.input.hasFocus()
    assert services.admissions.open() == []


def test_the_button_waits_and_says_for_what(page):
    assert not page.next.isEnabled()
    assert page.reason.text() == "还缺：姓名、性别"


def test_the_identity_number_fills_sex_and_birthday(page):
    page.person.form.number.input.setFocus()
    type_in(NUMBER)
    assert page.person.form.sex.value() == "male"
    assert page.person.form.born.value() == date(1940, 3, 5)


def test_a_wrong_number_is_told_beside_the_field_and_can_be_corrected(qtbot, page):
    type_in("王福生")
    press(Key.Key_Tab)
    type_in(NUMBER[:-1] + "5")
    press(Key.Key_Return)
    assert "校验位" in page.person.form.number.error
    assert page.stack.currentIndex() == PERSON
    press(Key.Key_Backspace)
    type_in(NUMBER[-1])
    press(Key.Key_Return)
    at(qtbot, page, CONTACTS)


def test_enter_stores_the_person_and_goes_on(qtbot, page, services):
    enter_person(qtbot, page)
    line = only(services)
    assert (line.name, line.step) == ("王福生", Step.CONTACTS)


def test_somebody_of_the_same_number_is_offered_instead_of_doubled(
    qtbot, page, db, services
):
    known = know(db, "王福生", "male", NUMBER)
    type_in("王福")
    press(Key.Key_Tab)
    type_in(NUMBER)
    press(Key.Key_Return)
    qtbot.waitUntil(page.open_known.isVisible)
    qtbot.mouseClick(page.open_known, LEFT)
    at(qtbot, page, CONTACTS)
    assert only(services).resident_id == known
    assert len(services.residents.find("王福")) == 1


def test_a_refused_number_leaves_no_empty_admission(qtbot, page, db, services):
    know(db, "王福生", "male", NUMBER)
    type_in("王福")
    press(Key.Key_Tab)
    type_in(NUMBER)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.person.form.number.error))
    assert page.person.form.number.input.hasFocus()
    assert page.error.isHidden()
    assert services.admissions.open() == []


def test_somebody_of_the_same_name_is_pointed_out(qtbot, page, db, services):
    known = know(db, "王福生", "male")
    type_in("王福生")
    press(Key.Key_Tab)
    qtbot.waitUntil(page.person.offer.isVisible)
    assert "王福生" in page.person.offer.text()
    qtbot.mouseClick(page.person.take, LEFT)
    at(qtbot, page, CONTACTS)
    assert only(services).resident_id == known


def test_who_lives_here_is_pointed_out_but_not_taken_again(qtbot, page):
    type_in("王秀英")
    press(Key.Key_Tab)
    qtbot.waitUntil(page.person.offer.isVisible)
    assert not page.person.take.isVisible()


# drafts


def test_what_is_half_typed_is_kept_at_a_pause(qtbot, page, services):
    type_in("王福")
    press(Key.Key_Tab)
    type_in("6101031940")
    qtbot.waitUntil(lambda: drafts(services) != {})
    kept = drafts(services)[Step.PERSON]
    assert (kept["name"], kept["id_number"]) == ("王福", "6101031940")


def test_what_is_half_typed_is_kept_when_the_page_is_hidden(qtbot, page, services):
    type_in("王福")
    page.hide()
    qtbot.waitUntil(lambda: drafts(services) != {})
    assert only(services).name == "王福"


def test_a_draft_is_there_again_when_the_admission_is_resumed(qtbot, page, services):
    type_in("王福")
    page.person.form.born.input.setText("1940-3-")
    page.hide()
    qtbot.waitUntil(lambda: drafts(services) != {})
    page.show()
    page.begin()
    qtbot.waitUntil(lambda: page.person.form.name.value() is None)
    page.resume(only(services).admission_id)
    qtbot.waitUntil(lambda: page.person.form.name.value() == "王福")
    assert page.person.form.born.input.text() == "1940-3-"


def test_an_untouched_page_keeps_nothing(qtbot, page, services, jobs):
    page.hide()
    with qtbot.waitCallback() as told:
        jobs.run(page, told, services.admissions.open)
    told.assert_called_with([])


def test_a_kept_draft_begins_only_one_admission(qtbot, page, services):
    type_in("王福生")
    page.draft.keep()
    press(Key.Key_Tab)
    type_in(NUMBER)
    press(Key.Key_Return)
    at(qtbot, page, CONTACTS)
    assert len(services.admissions.open()) == 1


# under way


def test_admissions_under_way_stand_at_the_head_with_their_step(qtbot, page):
    enter_person(qtbot, page)
    (each,) = page.under_way.buttons.values()
    assert each.text() == "王福生 · 联系人"
    assert each.isChecked()


def test_another_one_can_be_begun_and_the_first_resumed_where_it_was(qtbot, page):
    enter_person(qtbot, page)
    qtbot.mouseClick(page.under_way.begin, LEFT)
    at(qtbot, page, PERSON)
    qtbot.waitUntil(lambda: page.person.form.name.value() is None)
    (first,) = page.under_way.buttons.values()
    qtbot.mouseClick(first, LEFT)
    at(qtbot, page, CONTACTS)


def test_escape_goes_back_to_the_list(qtbot, page):
    with qtbot.waitSignal(page.left):
        press(Key.Key_Escape)


def test_an_earlier_step_can_be_visited_and_nothing_later_is_lost(
    qtbot, page, services
):
    go_to_terms(qtbot, page)
    qtbot.mouseClick(page.steps.steps[PERSON], LEFT)
    at(qtbot, page, PERSON)
    assert page.person.form.name.value() == "王福生"
    assert page.person.form.number.is_masked
    page.person.form.phone.input.setFocus()
    type_in("029-123")
    press(Key.Key_Return)
    at(qtbot, page, CONTACTS)
    assert only(services).bed == "302-1"


# bed, terms, deposit, end


def test_only_beds_that_fit_are_offered_with_their_price(qtbot, page):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    offers = page.bed.offers.table.rows
    assert [(o.bed.bed, o.fen) for o in offers] == [
        ("302-1", 1200_00),
        ("302-2", 1200_00),
    ]


def test_rooms_for_the_other_sex_are_shown_when_asked_for(qtbot, page):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    page.bed.fitting.setFocus()
    press(Key.Key_Space)
    assert [o.bed.bed for o in page.bed.offers.table.rows] == [
        "301-2",
        "302-1",
        "302-2",
    ]


def test_a_room_for_the_other_sex_is_refused_and_said_why(qtbot, page):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    page.bed.fitting.setFocus()
    press(Key.Key_Space)
    page.bed.offers.setFocus()
    page.bed.offers.selectRow(0)
    press(Key.Key_Return)
    qtbot.waitUntil(page.error.isVisible)
    assert "301" in page.error.text()
    assert page.stack.currentIndex() == BED


def test_a_bed_is_needed_to_go_on(qtbot, page):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    assert page.reason.text() == "请选择床位。"
    assert not page.next.isEnabled()


def test_a_chosen_bed_is_kept_free_for_the_person(qtbot, page, services):
    go_to_terms(qtbot, page)
    assert only(services).bed == "302-1"
    qtbot.mouseClick(page.steps.steps[BED], LEFT)
    at(qtbot, page, BED)
    assert "302-1" in page.bed.held.text()


def test_the_agreement_shows_what_a_month_comes_to(qtbot, page):
    go_to_terms(qtbot, page)
    page.terms.grade.set_value("full")
    page.terms.meal.set_value("standard")
    qtbot.waitUntil(lambda: "¥3,400.00" in words(page.terms.facts))
    assert "¥20,400.00" in words(page.terms.facts)


def test_whoever_was_written_down_first_signs_and_consents_unless_changed(qtbot, page):
    go_to_terms(qtbot, page)
    assert page.terms.signer.value() == "王小明"
    assert page.terms.consent.value() == "王小明"


def test_the_deposit_step_says_how_much_may_be_taken(qtbot, page):
    go_to_deposit(qtbot, page)
    qtbot.waitUntil(page.deposit.panel.take.isEnabled)
    assert words(page.deposit.panel.facts).count("¥20,400.00") == 2


def test_a_deposit_is_taken_within_the_chain_and_its_receipt_shown(
    qtbot, page, purse, services
):
    go_to_deposit(qtbot, page)
    qtbot.waitUntil(page.deposit.panel.take.isEnabled)
    qtbot.mouseClick(page.deposit.panel.take, LEFT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    box = QApplication.activeModalWidget()
    box.form.fields["amount"].input.insert("5000")
    box.form.fields["method"].set_value("cash")
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReceiptDialog))
    QApplication.activeModalWidget().close()
    who = only(services).resident_id
    assert purse.deposits.standing(who).held == 5000_00


def test_the_last_step_shows_all_and_lets_the_person_move_in(
    qtbot, page, services, beds
):
    go_to_deposit(qtbot, page)
    qtbot.mouseClick(page.next, LEFT)
    at(qtbot, page, DONE)
    assert {"王福生", "302-1", "全护理"} <= set(words(page.done.facts))
    who = only(services).resident_id
    with qtbot.waitSignal(page.finished) as finished:
        press(Key.Key_Return)
    assert finished.args == [who]
    assert services.admissions.open() == []
    assert services.residents.file(who).bed_id == beds["302-1"]


def test_who_comes_later_waits_at_the_last_step(qtbot, page, services):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    page.bed.day.input.setFocus()
    page.bed.day.input.selectAll()
    type_in("2026-12-01")
    qtbot.waitUntil(lambda: page.bed._offers.day == date(2026, 12, 1))
    qtbot.waitUntil(lambda: bool(page.bed.offers.table.rows))
    choose_bed(qtbot, page)
    agree(qtbot, page)
    qtbot.mouseClick(page.next, LEFT)
    at(qtbot, page, DONE)
    assert page.done.later.isVisible()
    assert not page.next.isEnabled()
    assert only(services).planned_on == date(2026, 12, 1)


def test_a_day_to_come_cannot_be_the_day_of_moving_in(qtbot, page):
    go_to_deposit(qtbot, page)
    qtbot.mouseClick(page.next, LEFT)
    at(qtbot, page, DONE)
    page.done.day.input.setFocus()
    page.done.day.input.selectAll()
    type_in("2026-12-24")
    press(Key.Key_Return)
    assert "2026-12-24" in page.done.day.error


def test_an_admission_is_given_up_after_asking(qtbot, page, services):
    go_to_terms(qtbot, page)
    qtbot.mouseClick(page.drop, LEFT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    with qtbot.waitSignal(page.left):
        qtbot.mouseClick(QApplication.activeModalWidget().primary, LEFT)
    assert services.admissions.open() == []
    assert services.residents.find("王福生", Filters()) == []


def test_somebody_from_the_list_goes_on_at_the_contacts(qtbot, page, db):
    known = know(db, "王福生", "male")
    page.begin_again(known)
    at(qtbot, page, CONTACTS)


def test_who_sees_no_fees_passes_the_deposit(qtbot, open_page):
    page = open_page(Role.HEAD_NURSE)
    go_to_deposit(qtbot, page)
    assert page.deposit.panel is None
    qtbot.mouseClick(page.next, LEFT)
    at(qtbot, page, DONE)


def test_enter_after_the_name_asks_for_the_number_and_then_goes_on(qtbot, page):
    type_in("王福生")
    press(Key.Key_Return)
    assert page.person.form.number.input.hasFocus()
    press(Key.Key_Return)  # there is none: on to what must be told
    assert page.person.form.sex.input.hasFocus()


def test_enter_in_the_day_goes_down_to_the_beds(qtbot, page):
    enter_person(qtbot, page)
    enter_contact(qtbot, page)
    page.bed.day.focus()
    press(Key.Key_Return)
    assert page.bed.offers.hasFocus()
    press(Key.Key_Down, Key.Key_Return)
    at(qtbot, page, TERMS)
