"""The list of residents and their files, through real keys and clicks."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from carehome.db.database import Database
from carehome.rules.departures import Departure
from carehome.rules.rights import Role
from carehome.services.departures import Departures, Order
from carehome.services.home import FILE
from carehome.services.residents import Contact, Person
from carehome.ui.kit.dialogs import ConfirmDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.residents import Listing
from tests.care import care, money
from tests.conftest import KEY, ROLES, TODAY
from tests.house import build
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures
from tests.purse import Purse

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NUMBER = "610103194003051230"
PROFILE, TERMS, CARE, PLACES, BELONGING, PAPERS, LOG = range(7)


@pytest.fixture(scope="module")
def lived_in(_template, tmp_path_factory):
    """Make a home once that each test copies, and say who is who.

    王秀英 and 李桂兰 live in 301, 张建国 in 302; 赵长贵 has left.
    """
    path = tmp_path_factory.mktemp("lived-in") / FILE
    shutil.copy(_template, path)
    db = Database(path, KEY)
    purse = Purse(db, lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    purse.set_prices()
    beds = build(db)
    people = {
        "王秀英": purse.live("王秀英", beds["301-1"]),
        "李桂兰": purse.live("李桂兰", beds["301-2"]),
        "张建国": purse.live("张建国", beds["302-1"], sex="male"),
        "赵长贵": purse.live("赵长贵", beds["302-2"], sex="male"),
    }
    purse.residents.discharge(people["赵长贵"], date(2026, 6, 1), "回家")
    db.close()
    return path, people


@pytest.fixture
def db(tmp_path, lived_in):
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(lived_in[0], folder / FILE)
    database = Database(folder / FILE, KEY)
    yield database
    database.close()


@pytest.fixture
def house(lived_in):
    return lived_in[1]


@pytest.fixture
def purse(db, clock):
    return Purse(db, clock)


@pytest.fixture
def open_list(db, clock, jobs, shown, qtbot):
    def make(role=Role.DIRECTOR):
        db.on_change = jobs.announce
        page = Listing(
            care(db, clock, role),
            money(db, clock, role),
            jobs,
            ROLES[role],
            lambda: TODAY,
            None,
        )
        page.resize(1200, 700)
        shown(page)
        qtbot.waitUntil(lambda: len(page.list.table.rows) == 3)
        return page

    return make


@pytest.fixture
def page(open_list):
    return open_list()


@pytest.fixture
def open_file(page, house, qtbot):
    """Open somebody's file at one of its leaves, and hand the leaf back."""

    def make(name="王秀英", at=PROFILE):
        page.open_resident(house[name])
        qtbot.waitUntil(lambda: page.file.title.text() == name)
        page.file.tabs.strip.setCurrentIndex(at)
        return page.file.leaf(at)

    return make


def names(page):
    return [line.name for line in page.list.table.rows]


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def dialog(qtbot):
    def is_up():
        box = QApplication.activeModalWidget()
        return box is not None and box.isActiveWindow()

    qtbot.waitUntil(is_up)
    return QApplication.activeModalWidget()


def fill(box, **values):
    """Type values into the fields of a dialog as a person would."""
    for name, text in values.items():
        edit = box.form.fields[name].input
        edit.setFocus()
        edit.clear()
        edit.insert(text)


def confirm(qtbot, box):
    with qtbot.waitSignal(box.accepted):
        qtbot.mouseClick(box.primary, LEFT)


def said(box):
    return [label.text() for label in box.findChildren(QLabel) if label.isVisible()]


# the list


def test_the_list_shows_who_lives_here_by_bed(page):
    assert names(page) == ["王秀英", "李桂兰", "张建国"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("guilan", ["李桂兰"]),
        ("zjg", ["张建国"]),
        ("301", ["王秀英", "李桂兰"]),
        ("zzz", []),
    ],
)
def test_every_key_narrows_the_list(qtbot, page, typed, found):
    qtbot.keyClicks(page.search, typed)
    assert names(page) == found


def test_escape_empties_the_search_and_shows_everybody_again(qtbot, page):
    qtbot.keyClicks(page.search, "zjg")
    press(Key.Key_Escape)
    assert len(names(page)) == 3


def test_the_groups_say_how_many_are_in_each(page):
    told = [group.text() for group in page.filters.groups]
    assert told == [
        "在住 3",
        "请假 0",
        "住院 0",
        "还没入住 0",
        "已退住 1",
        "所有人 4",
    ]


def test_a_click_on_a_group_shows_those_who_are_in_it(qtbot, page):
    qtbot.mouseClick(page.filters.groups[4], LEFT)
    assert names(page) == ["赵长贵"]


def test_the_choices_narrow_further_and_are_counted(qtbot, page):
    page.filters.choices["sex"].set_code("male")
    assert names(page) == ["张建国"]
    assert page.filters.more.text() == "筛选（1）"


def test_show_all_takes_the_choices_back(qtbot, page):
    qtbot.mouseClick(page.filters.more, LEFT)
    page.filters.choices["sex"].set_code("male")
    qtbot.mouseClick(page.filters.clear, LEFT)
    assert len(names(page)) == 3


def test_a_search_without_hits_offers_everybody(qtbot, page):
    qtbot.keyClicks(page.search, "zcg")
    qtbot.mouseClick(page.list.empty.step, LEFT)
    assert names(page) == ["王秀英", "李桂兰", "张建国", "赵长贵"]


def test_the_list_follows_what_is_changed_elsewhere(qtbot, page, purse, house):
    purse.residents.record_absence(house["王秀英"], "hospital", date(2026, 11, 20))
    qtbot.waitUntil(lambda: page.filters.groups[2].text() == "住院 1")


def test_owed_money_is_shown_to_who_may_see_it(open_list, purse):
    purse.post(date(2026, 3, 1))
    page = open_list(Role.ACCOUNTANT)
    column = next(c for c in page.list.table.columns if c.title == "Owed")
    assert [column.text(row) for row in page.list.table.rows] == ["¥2,600.00"] * 3


def test_who_may_not_see_fees_sees_no_columns_of_money(open_list):
    page = open_list(Role.HEAD_NURSE)
    titles = {column.title for column in page.list.table.columns}
    assert not titles & {"Owed", "Prepaid"}


def test_who_may_not_change_residents_sees_no_admission(open_list):
    page = open_list(Role.ACCOUNTANT)
    assert not page.admit.isVisible()
    assert not page.read_roll.isVisible()


# the file


def test_enter_in_the_search_opens_the_first_file(qtbot, page):
    qtbot.keyClicks(page.search, "zjg")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.file.title.text() == "张建国")
    assert page.file.isVisible()


def test_enter_in_the_list_opens_the_file_and_escape_closes_it(qtbot, page):
    qtbot.keyClick(page.search, Key.Key_Down)
    press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: page.file.title.text() == "李桂兰")
    press(Key.Key_Escape)
    assert not page.file.isVisible()
    assert page.list.hasFocus()


def test_an_open_file_follows_the_cursor(qtbot, page):
    page.list.setFocus()
    page.list.selectRow(0)
    press(Key.Key_Return, Key.Key_Down)
    qtbot.waitUntil(lambda: page.file.title.text() == "李桂兰")


def test_beside_a_file_the_list_keeps_its_first_columns(qtbot, page):
    page.list.selectRow(0)
    page.list.setFocus()
    press(Key.Key_Return)
    hidden = [page.list.isColumnHidden(at) for at in range(4)]
    assert hidden == [False, False, False, True]
    press(Key.Key_Escape)
    assert not page.list.isColumnHidden(3)


def test_a_file_is_opened_from_elsewhere_whatever_was_searched(qtbot, page, house):
    qtbot.keyClicks(page.search, "zjg")
    page.open_resident(house["赵长贵"])
    qtbot.waitUntil(lambda: page.file.title.text() == "赵长贵")
    assert page.search.text() == ""


def test_the_number_is_masked_until_somebody_says_why(qtbot, page, purse, open_file):
    purse.residents.change_person(
        page.list.table.rows[2].resident_id, Person("张建国", "male"), NUMBER
    )
    profile = open_file("张建国")
    qtbot.waitUntil(lambda: profile.number.text() == "610103********1230")
    qtbot.mouseClick(profile.show_number, LEFT)
    box = dialog(qtbot)
    assert not box.primary.isEnabled()
    fill(box, why="核对医保")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: profile.number.text() == NUMBER)


def test_looking_at_a_number_is_in_the_log_with_the_reason(
    qtbot, page, purse, open_file, house
):
    who = house["张建国"]
    purse.residents.change_person(who, Person("张建国", "male"), NUMBER)
    profile = open_file("张建国")
    qtbot.waitUntil(profile.show_number.isVisible)
    qtbot.mouseClick(profile.show_number, LEFT)
    box = dialog(qtbot)
    fill(box, why="核对医保")
    confirm(qtbot, box)
    log = open_file("张建国", LOG)
    qtbot.waitUntil(lambda: bool(log.entries.table.rows))
    assert "核对医保" in str(log.entries.table.rows[0].changes)


def test_a_wrong_number_is_told_beside_the_field_and_nothing_typed_is_lost(
    qtbot, open_file
):
    profile = open_file()
    qtbot.mouseClick(profile.change, LEFT)
    box = dialog(qtbot)
    fill(box, id_number=NUMBER[:-1], phone="029-8765")
    press(Key.Key_Return)
    assert "17 位" in box.form.fields["id_number"].error
    assert box.form.fields["phone"].value() == "029-8765"
    box.reject()


def test_a_number_that_contradicts_the_sex_is_refused_inside_the_dialog(
    qtbot, open_file
):
    profile = open_file()
    qtbot.mouseClick(profile.change, LEFT)
    box = dialog(qtbot)
    fill(box, id_number=NUMBER)
    box.form.fields["sex"].set_value("female")
    qtbot.mouseClick(box.primary, LEFT)
    sex = box.form.fields["sex"]
    qtbot.waitUntil(lambda: "男" in sex.error)
    assert sex.input.hasFocus()
    box.reject()


def test_a_changed_person_is_seen_in_file_and_list(qtbot, page, open_file):
    profile = open_file()
    qtbot.mouseClick(profile.change, LEFT)
    box = dialog(qtbot)
    fill(box, name="王秀瑛")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: page.file.title.text() == "王秀瑛")
    qtbot.waitUntil(lambda: "王秀瑛" in names(page))


def test_contacts_are_typed_line_by_line(qtbot, purse, house, open_file):
    profile = open_file()
    qtbot.mouseClick(profile.change_contacts, LEFT)
    box = dialog(qtbot)
    box.editor.lines[0].edits["name"].insert("王小明")
    box.editor.lines[0].edits["phone"].insert("13800138000")
    qtbot.mouseClick(box.editor.add_button, LEFT)
    QApplication.focusWidget().insert("王小红")
    confirm(qtbot, box)
    contacts = purse.residents.file(house["王秀英"]).contacts
    assert contacts == [
        Contact("guardian", "王小明", "", "13800138000", is_emergency=True),
        Contact("emergency", "王小红", is_emergency=True),
    ]


def test_a_contact_without_a_name_waits(qtbot, open_file):
    profile = open_file()
    qtbot.mouseClick(profile.change_contacts, LEFT)
    box = dialog(qtbot)
    box.editor.lines[0].edits["phone"].insert("138")
    assert not box.primary.isEnabled()
    assert "联系人" in box.reason.text()
    box.reject()


def test_a_grade_shows_what_it_costs_before_it_is_set(qtbot, open_file):
    terms = open_file(at=CARE)
    qtbot.mouseClick(terms.change_grade, LEFT)
    box = dialog(qtbot)
    box.form.fields["grade"].set_value("full")
    qtbot.waitUntil(lambda: "¥800.00 → ¥1,600.00" in said(box))
    told = said(box)
    assert "¥2,600.00 → ¥3,400.00" in told
    assert "本月按天差额（10 天）" in told
    assert "+¥266.67" in told
    assert "¥15,600.00 → ¥20,400.00" in told
    box.reject()


def test_a_grade_without_consent_is_reminded_of(qtbot, open_file):
    terms = open_file(at=CARE)
    qtbot.mouseClick(terms.change_grade, LEFT)
    box = dialog(qtbot)
    box.form.fields["grade"].set_value("full")
    reminder = "未取得同意前只作登记，仍按原等级收费。"
    qtbot.waitUntil(lambda: reminder in said(box))
    box.form.fields["consent_by"].set_value("王秀英")
    qtbot.waitUntil(lambda: reminder not in said(box))
    box.reject()


def test_a_lower_fee_names_the_deposit_to_be_paid_back(qtbot, open_file, purse, house):
    purse.deposits.take(house["王秀英"], 15000_00, "cash", TODAY)
    terms = open_file(at=CARE)
    qtbot.mouseClick(terms.change_grade, LEFT)
    box = dialog(qtbot)
    box.form.fields["grade"].set_value("self_care")
    excess = "¥1,800.00"  # 15,000 held, 6 x 2,200 allowed
    qtbot.waitUntil(lambda: any(excess in text for text in said(box)))
    box.reject()


def test_a_set_grade_is_in_the_file(qtbot, page, open_file):
    terms = open_file(at=CARE)
    qtbot.mouseClick(terms.change_grade, LEFT)
    box = dialog(qtbot)
    box.form.fields["grade"].set_value("full")
    fill(box, reason="跌倒后")
    box.form.fields["consent_by"].set_value("王秀英")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: len(terms.grades.table.rows) == 2)
    newest = terms.grades.table.rows[0]
    assert (newest.label, newest.consent_by, newest.consent_on, newest.consent_how) == (
        "全护理",
        "王秀英",
        TODAY,
        "paper",
    )


def noted(purse, house):
    purse.residents.set_grade(house["王秀英"], "full", date(2026, 11, 11), "跌倒后")


def test_a_consent_is_noted_later(qtbot, purse, house, open_file):
    noted(purse, house)
    terms = open_file(at=CARE)
    qtbot.waitUntil(terms.agree.isVisible)
    qtbot.mouseClick(terms.agree, LEFT)
    box = dialog(qtbot)
    box.form.fields["consent_by"].set_value("王秀英")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: terms.grades.table.rows[0].charged_from == TODAY)
    qtbot.waitUntil(terms.agree.isHidden)


def test_a_grade_that_nobody_agreed_to_is_withdrawn_after_asking(
    qtbot, purse, house, open_file
):
    noted(purse, house)
    terms = open_file(at=CARE)
    qtbot.waitUntil(terms.withdraw.isVisible)
    qtbot.mouseClick(terms.withdraw, LEFT)
    qtbot.mouseClick(dialog(qtbot).primary, LEFT)
    qtbot.waitUntil(lambda: len(terms.grades.table.rows) == 1)


def test_a_grade_is_proposed_from_elsewhere(qtbot, page, house):
    page.file.change_grade(house["王秀英"], "full", "按新的评估")
    page.open_resident(house["王秀英"])
    box = dialog(qtbot)
    values = box.form.values()
    assert (values["grade"], values["reason"]) == ("full", "按新的评估")
    box.reject()


def test_the_file_says_that_the_assessment_suggests_another_grade(
    qtbot, purse, house, open_file
):
    known = purse.residents.file(house["王秀英"]).person
    purse.residents.change_person(house["王秀英"], replace(known, ability_level=4))
    terms = open_file(at=CARE)
    qtbot.waitUntil(terms.suggestion.isVisible)
    assert "特级护理" in terms.suggestion.text()


def test_other_meals_are_set_the_same_way(qtbot, open_file):
    terms = open_file(at=CARE)
    qtbot.mouseClick(terms.change_meals, LEFT)
    box = dialog(qtbot)
    box.form.fields["plan"].set_value("")
    qtbot.waitUntil(lambda: "¥600.00 → ¥0.00" in said(box))
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: len(terms.meals.table.rows) == 2)


def test_leave_and_return_go_by_keyboard(qtbot, page, open_file):
    places = open_file(at=PLACES)
    qtbot.mouseClick(places.leave, LEFT)
    box = dialog(qtbot)
    box.form.fields["kind"].set_value("leave")
    box.form.fields["left_on"].focus()
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.file.status.text() == "请假")
    qtbot.waitUntil(places.back.isVisible)
    qtbot.mouseClick(places.back, LEFT)
    box = dialog(qtbot)
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.file.status.text() == "在院")


def test_who_is_late_is_told_in_the_file_and_in_the_list(
    qtbot, purse, house, page, open_file
):
    left, expected = date(2026, 11, 10), date(2026, 11, 18)
    purse.residents.record_absence(house["王秀英"], "leave", left, expected)
    places = open_file(at=PLACES)
    qtbot.waitUntil(places.late.isVisible)
    assert "11月18日" in places.late.text()
    qtbot.waitUntil(lambda: page.list.table.rows[0].late_since == expected)
    assert page.list.table.index(0, 2).data() == "请假 逾期"


def test_a_return_is_put_off(qtbot, purse, house, open_file):
    left, expected = date(2026, 11, 10), date(2026, 11, 18)
    purse.residents.record_absence(house["王秀英"], "leave", left, expected)
    places = open_file(at=PLACES)
    qtbot.waitUntil(places.longer.isVisible)
    qtbot.mouseClick(places.longer, LEFT)
    box = dialog(qtbot)
    fill(box, day="2026-12-01", why="天气冷")
    confirm(qtbot, box)
    qtbot.waitUntil(places.late.isHidden)
    assert places.absences.table.rows[0].note == "天气冷"


def test_only_a_hospital_has_a_ward(qtbot, open_file):
    places = open_file(at=PLACES)
    qtbot.mouseClick(places.leave, LEFT)
    box = dialog(qtbot)
    box.form.fields["kind"].set_value("hospital")
    assert box.form.fields["ward"].isVisibleTo(box)
    box.form.fields["kind"].set_value("leave")
    assert not box.form.fields["ward"].isVisibleTo(box)
    box.reject()


def test_a_day_to_come_is_refused_inside_the_dialog(qtbot, open_file):
    places = open_file(at=PLACES)
    qtbot.mouseClick(places.leave, LEFT)
    box = dialog(qtbot)
    box.form.fields["kind"].set_value("hospital")
    fill(box, left_on="2026-12-24")
    box.form.fields["note"].focus()
    assert "2026-12-24" in box.form.fields["left_on"].error
    assert not box.primary.isEnabled()
    box.reject()


def test_an_absence_that_never_was_is_removed_after_asking(
    qtbot, purse, house, open_file
):
    purse.residents.record_absence(house["王秀英"], "leave", date(2026, 11, 20))
    places = open_file(at=PLACES)
    qtbot.waitUntil(lambda: len(places.absences.table.rows) == 1)
    places.absences.selectRow(0)
    qtbot.mouseClick(places.remove, LEFT)
    box = dialog(qtbot)
    assert isinstance(box, ConfirmDialog)
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(lambda: not places.absences.table.rows)


def test_a_move_is_asked_of_the_page_of_beds(qtbot, page, house, open_file):
    places = open_file(at=PLACES)
    with qtbot.waitSignal(page.file.bed_wanted) as asked:
        qtbot.mouseClick(places.other_bed, LEFT)
    assert asked.args == [house["王秀英"]]


def test_a_payment_is_asked_of_the_page_of_fees(qtbot, page, house, open_file):
    open_file()
    with qtbot.waitSignal(page.file.payment_wanted) as asked:
        qtbot.mouseClick(page.file.pay, LEFT)
    assert asked.args == [house["王秀英"]]


def test_an_agreement_is_written_down_and_changed(qtbot, open_file):
    leaf = open_file(at=TERMS)
    qtbot.mouseClick(leaf.add, LEFT)
    box = dialog(qtbot)
    fill(box, number="2026-07", signer="王小明")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: len(leaf.agreements.table.rows) == 1)
    leaf.activateWindow()
    qtbot.waitUntil(leaf.isActiveWindow)
    leaf.agreements.setFocus()
    leaf.agreements.selectRow(0)
    press(Key.Key_Return)
    box = dialog(qtbot)
    assert box.form.fields["number"].value() == "2026-07"
    fill(box, number="2026-08")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: leaf.agreements.table.rows[0].agreement.number == "2026-08")


def test_the_prices_of_today_stand_beside_the_agreements(qtbot, open_file):
    leaf = open_file(at=TERMS)
    qtbot.waitUntil(lambda: "¥2,600.00" in said(leaf.fees))


def test_a_discharge_leads_to_the_chain(qtbot, page, house, open_file):
    open_file()
    with qtbot.waitSignal(page.file.departure_wanted) as wanted:
        qtbot.mouseClick(page.file.leave, LEFT)
    assert wanted.args == [house["王秀英"]]


def test_the_file_says_that_somebody_is_leaving(
    qtbot, page, house, open_file, db, clock
):
    departures = Departures(db, ROLES[Role.DIRECTOR], clock)
    departures.order(house["王秀英"], Order(Departure.HOME))
    open_file()
    qtbot.waitUntil(lambda: page.file.leave.text() == "退住：退住")


def test_what_a_role_may_not_do_is_not_offered(qtbot, open_list, house):
    page = open_list(Role.ACCOUNTANT)
    page.open_resident(house["王秀英"])
    qtbot.waitUntil(lambda: page.file.title.text() == "王秀英")
    assert not page.file.leave.isVisible()
    assert not page.file.leaf(PROFILE).change.isVisible()


# papers


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "协议.png"
    Image.new("RGB", (200, 280), "white").save(path)
    return path


def keep(qtbot, leaf, scan, title="服务协议"):
    leaf.ask_kind([str(scan)])
    box = dialog(qtbot)
    box.form.fields["kind"].set_value("agreement")
    fill(box, title=title)
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: len(leaf.papers.table.rows) == 1)
    leaf.papers.selectRow(0)


def test_a_scan_is_chosen_named_and_kept(qtbot, open_file, scan):
    leaf = open_file(at=PAPERS)
    qtbot.mouseClick(leaf.add, LEFT)
    chooser = dialog(qtbot)
    assert isinstance(chooser, QFileDialog)
    chooser.filesSelected.emit([str(scan)])
    chooser.close()
    box = dialog(qtbot)
    box.form.fields["kind"].set_value("agreement")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: len(leaf.papers.table.rows) == 1)
    assert leaf.papers.table.rows[0].title == "协议"


def test_a_scan_can_be_dropped(qtbot, open_file, scan):
    leaf = open_file(at=PAPERS)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    copy, plain = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    leaf.dragEnterEvent(QDragEnterEvent(QPointF(5, 5), copy, data, LEFT, plain))
    leaf.dropEvent(QDropEvent(QPointF(5, 5), copy, data, LEFT, plain))
    assert "协议.png" in said(dialog(qtbot))[0]
    dialog(qtbot).reject()


def test_a_file_that_is_no_scan_is_refused_in_the_dialog(qtbot, open_file, tmp_path):
    leaf = open_file(at=PAPERS)
    (tmp_path / "表.txt").write_text("x")
    leaf.ask_kind([str(tmp_path / "表.txt")])
    box = dialog(qtbot)
    box.form.fields["kind"].set_value("other")
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(box.error.isVisible)
    assert "PDF" in box.error.text()
    box.reject()


def test_a_picture_is_looked_at_as_a_page(qtbot, open_file, scan):
    leaf = open_file(at=PAPERS)
    keep(qtbot, leaf, scan)
    qtbot.mouseClick(leaf.look, LEFT)
    window = dialog(qtbot)
    assert isinstance(window, PaperDialog)
    assert window.preview.document.pageCount() == 1
    window.close()


def test_a_copy_is_the_scan_itself(qtbot, open_file, scan, tmp_path):
    leaf = open_file(at=PAPERS)
    keep(qtbot, leaf, scan)
    target = tmp_path / "copy.png"
    with qtbot.waitSignal(leaf.told):
        leaf.save_copy(leaf.papers.table.rows[0].paper_id, str(target))
    assert target.read_bytes() == scan.read_bytes()


def test_a_paper_is_removed_after_asking(qtbot, open_file, scan):
    leaf = open_file(at=PAPERS)
    keep(qtbot, leaf, scan)
    qtbot.mouseClick(leaf.remove, LEFT)
    qtbot.mouseClick(dialog(qtbot).primary, LEFT)
    qtbot.waitUntil(lambda: not leaf.papers.table.rows)


def test_an_empty_home_offers_the_roll_first(
    request, tmp_path, clock, jobs, shown, qtbot
):
    shutil.copy(request.getfixturevalue("_template"), tmp_path / FILE)
    db = Database(tmp_path / FILE, KEY)
    user = ROLES[Role.DIRECTOR]
    page = Listing(care(db, clock), money(db, clock), jobs, user, lambda: TODAY, None)
    shown(page)
    qtbot.waitUntil(page.list.empty.step.isVisible)
    with qtbot.waitSignal(page.roll_wanted):
        qtbot.mouseClick(page.list.empty.step, LEFT)
    jobs.close()
    db.close()


def test_what_is_known_of_dementia_and_disability_survives_another_change(
    qtbot, purse, house, open_file
):
    wang = house["王秀英"]
    known = replace(
        purse.residents.file(wang).person,
        has_dementia=True,
        dementia_on=date(2025, 3, 1),
        dementia_by="赵志远",
        disability_grade=2,
        disability_kind="肢体",
    )
    purse.residents.change_person(wang, known)
    profile = open_file()
    qtbot.mouseClick(profile.change, LEFT)
    box = dialog(qtbot)
    box.form.fields["note"].set_value("喜欢听戏")
    confirm(qtbot, box)
    qtbot.waitUntil(lambda: profile.file.person.note == "喜欢听戏")
    assert profile.file.person == replace(known, note="喜欢听戏")
