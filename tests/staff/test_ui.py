"""The page of staff by keyboard and mouse, on a real home."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from datetime import date

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from carehome.rules.certificates import Certificate
from carehome.rules.rights import Role
from carehome.rules.staff import Contract, Person
from carehome.services.lapses import Lapses
from carehome.services.last_deed import LastDeed
from carehome.services.staff import Allowances, Pay, Staff, StaffLists, Trainings
from carehome.services.staff.files import StaffFiles
from carehome.services.staff.pay import PayLine
from carehome.services.staff.rolls import StaffRolls
from carehome.ui.kit.dialogs import ConfirmDialog, FormDialog
from carehome.ui.staff.filters import DUE, LEFT
from carehome.ui.staff.hand import Hand, StaffServices
from carehome.ui.staff.page import CLAIMS, StaffPage
from carehome.ui.staff.page import DUE as ENDS
from carehome.ui.staff.page import TRAINING as TRAININGS
from carehome.ui.staff.reader import CHECK, COLUMNS
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

KINDS = (Staff, StaffFiles, StaffLists, Trainings, Pay, Allowances, StaffRolls, Lapses)
CARER, COOK = 5, 10  # posts with which every home begins
BASICS, CERTIFICATES, TRAINING, LEAVE, PAY, SCANS = range(6)
NUMBER = "11010519491231002X"
Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def staff(as_role):
    return as_role(Staff)


@pytest.fixture
def people(staff, as_role):
    """何梅 cares with a health certificate for four more days; 李大勇 cooks."""
    kinds = {kind.code: kind.kind_id for kind in as_role(StaffLists).kinds()}
    mei = staff.add(Person("何梅", date(2024, 3, 1), "H01", phone="13800000001"), CARER)
    yong = staff.add(Person("李大勇", date(2020, 3, 1), phone="13800000002"), COOK)
    for who, last in ((mei, date(2026, 11, 25)), (yong, date(2027, 6, 1))):
        paper = Certificate(kinds["health"], date(2025, 11, 26), last)
        staff.add_certificate(who, paper)
        staff.add_contract(who, Contract("open", date(2024, 3, 1)))
    return {"何梅": mei, "李大勇": yong}


@pytest.fixture
def open_page(db, people, jobs, as_role, shown, qtbot):
    def make(role=Role.DIRECTOR):
        services = StaffServices(*(as_role(kind, role) for kind in KINDS))
        db.on_change = jobs.announce
        page = StaffPage(Hand(services, jobs, ROLES[role], lambda: TODAY))
        page.resize(1178, 720)
        shown(page)
        qtbot.waitUntil(lambda: len(page.people.view.table.rows) == 2)
        return page

    return make


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def open_file(page, people, qtbot):
    """Open somebody's file at a leaf, and hand the leaf back."""

    def make(name="何梅", at=BASICS):
        page.open_member(people[name])
        qtbot.waitUntil(lambda: page.people.file.title.text() == name)
        page.people.file.tabs.strip.setCurrentIndex(at)
        return page.people.file.leaf(at)

    return make


def names(page):
    return [line.name for line in page.people.view.table.rows]


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def asked(parent, qtbot):
    found = []

    def is_up():
        found[:] = [box for box in parent.findChildren(FormDialog) if box.isVisible()]
        return bool(found) and found[-1].isActiveWindow()

    qtbot.waitUntil(is_up)
    return found[-1]


def write(field, text):
    field.input.setFocus()
    field.input.selectAll()
    field.input.insert(text)


# the list


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hem", ["何梅"]),
        ("hm", ["何梅"]),
        ("大勇", ["李大勇"]),
        ("0002", ["李大勇"]),
        ("厨师", ["李大勇"]),
        ("h01", ["何梅"]),
        ("qqq", []),
    ],
)
def test_staff_are_found_as_one_types(page, typed, found):
    page.search.insert(typed)
    assert names(page) == found


def test_who_has_something_due_is_a_group(page):
    page.people.filters.choose(DUE)
    assert "何梅" in names(page)


def test_the_post_narrows_the_list(page):
    page.people.filters.post.set_code(COOK)
    assert names(page) == ["李大勇"]


def test_who_left_is_listed_apart(page, staff, people, qtbot):
    left = Person("李大勇", date(2020, 3, 1), left_on=date(2026, 11, 1))
    staff.change(people["李大勇"], left)
    qtbot.waitUntil(lambda: names(page) == ["何梅"])
    page.people.filters.choose(LEFT)
    assert names(page) == ["李大勇"]


# journeys by keyboard


def test_somebody_new_comes_by_keyboard_and_the_file_opens(page, qtbot):
    QTest.keyClick(page, Key.Key_N, CTRL)
    box = asked(page.people, qtbot)
    assert QApplication.focusWidget() is box.form.fields["name"].input
    write(box.form.fields["name"], "赵小梅")
    box.form.set_values({"main": CARER})
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.people.file.title.text() == "赵小梅")
    assert page.people.file.isVisible()


def test_a_certificate_with_a_wrong_day_is_told_beside_it_then_right(
    open_file, staff, people, qtbot
):
    leaf = open_file(at=CERTIFICATES)
    leaf.add.setFocus()
    press(Key.Key_Return)
    box = asked(leaf, qtbot)
    fields = box.form.fields
    box.form.set_values({"kind_id": 15})
    write(fields["issued_on"], "2026-11-01")
    write(fields["valid_until"], "2026-10-01")
    fields["valid_until"].input.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(fields["valid_until"].error))
    assert fields["valid_until"].value() == date(2026, 10, 1)
    assert box.isVisible()
    write(fields["valid_until"], "2027-10-01")
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    held = staff.file(people["何梅"]).certificates
    assert date(2027, 10, 1) in {each.certificate.valid_until for each in held}
    qtbot.waitUntil(lambda: len(leaf.view.table.rows) == 2)


def test_a_certificate_proposes_its_usual_last_day(open_file, qtbot):
    leaf = open_file(at=CERTIFICATES)
    leaf.ask_new()
    box = asked(leaf, qtbot)
    health = next(k for k in leaf.choices.kinds.values() if k.code == "health")
    box.form.set_values({"kind_id": health.kind_id, "issued_on": date(2026, 11, 17)})
    assert box.form.fields["valid_until"].value() == date(2027, 11, 16)
    box.reject()


def test_a_deed_on_a_file_can_be_undone(open_file, as_role, staff, people, qtbot):
    leaf = open_file()
    leaf.ask_posts()
    box = asked(leaf, qtbot)
    box.form.set_values({"main": COOK})
    with qtbot.waitSignal(box.accepted):
        qtbot.mouseClick(box.primary, BUTTON)
    assert staff.file(people["何梅"]).posts[0].post_id == COOK
    deeds = as_role(LastDeed)
    deeds.undo(deeds.last().number)
    assert staff.file(people["何梅"]).posts[0].post_id == CARER
    qtbot.waitUntil(lambda: leaf.file.posts[0].post_id == CARER)


def test_leave_days_are_filled_in_from_the_calendar(open_file, qtbot):
    leaf = open_file(at=LEAVE)
    leaf.ask_new()
    box = asked(leaf, qtbot)
    box.form.set_values({"starts": date(2026, 11, 23), "last_day": date(2026, 11, 29)})
    qtbot.waitUntil(lambda: box.form.fields["days"].value() == 5)
    box.reject()


def test_a_leave_that_runs_into_another_is_told_beside_its_first_day(
    open_file, staff, people, qtbot
):
    leaf = open_file(at=LEAVE)
    for expected in (1, 2):
        leaf.ask_new()
        box = asked(leaf, qtbot)
        days = {"starts": date(2026, 12, 1), "last_day": date(2026, 12, 2)}
        box.form.set_values({"kind": "annual", **days, "days": 2})
        qtbot.mouseClick(box.primary, BUTTON)
        if expected == 1:
            qtbot.waitUntil(lambda: bool(staff.file(people["何梅"]).leaves))
    qtbot.waitUntil(lambda: bool(box.form.fields["starts"].error))
    box.reject()


# what the rights leave


def test_pay_is_shown_only_to_who_may_see_it(open_page, people, as_role, qtbot):
    as_role(Pay).save(people["何梅"], PayLine(date(2025, 1, 1), "month", 4_200_00))
    page = open_page(Role.HEAD_NURSE)
    page.open_member(people["何梅"])
    strip = page.people.file.tabs.strip
    assert "工资" not in {strip.tabText(at) for at in range(strip.count())}
    lists = page.tabs.strip
    assert "补贴申领" not in {lists.tabText(at) for at in range(lists.count())}


def test_pay_is_written_down(open_file, as_role, people, qtbot):
    leaf = open_file(at=PAY)
    leaf.ask_new()
    box = asked(leaf, qtbot)
    box.form.set_values({"starts": date(2026, 1, 1), "basis": "month"})
    write(box.form.fields["fen"], "4200")
    with qtbot.waitSignal(box.accepted):
        qtbot.mouseClick(box.primary, BUTTON)
    qtbot.waitUntil(lambda: [line.fen for line in leaf.view.table.rows] == [4_200_00])


def test_who_may_only_see_staff_changes_nothing(open_page, people, qtbot):
    page = open_page(Role.FRONT_DESK)
    page.open_member(people["何梅"])
    qtbot.waitUntil(lambda: page.people.file.title.text() == "何梅")
    leaf = page.people.file.leaf(BASICS)
    assert not page.add.isVisible()
    assert not page.read_roll.isVisible()
    assert not leaf.change.isVisible()
    assert not leaf.add_contract.isVisible()


# lists over everybody


def test_what_ends_leads_to_the_leaf_of_certificates(page, qtbot):
    page.tabs.strip.setCurrentIndex(ENDS)
    due = page.tabs.content(ENDS)
    qtbot.waitUntil(lambda: bool(due.view.table.rows))
    assert [(d.name, d.last_day) for d in due.view.table.rows] == [
        ("何梅", date(2026, 11, 25))
    ]
    due.view.selectRow(0)
    qtbot.keyClick(due.view, Key.Key_Return)
    qtbot.waitUntil(lambda: page.people.file.title.text() == "何梅")
    assert page.people.file.tabs.strip.currentIndex() == CERTIFICATES


def test_a_training_counts_for_who_took_part(page, people, qtbot):
    page.tabs.strip.setCurrentIndex(TRAININGS)
    view = page.tabs.content(TRAININGS)
    qtbot.waitUntil(lambda: bool(view.view.table.rows))
    view.ask_new()
    box = asked(view, qtbot)
    box.form.set_values(
        {
            "subject_id": view._subjects[0].subject_id,
            "day": date(2026, 11, 2),
            "minutes": 240,
            "people": (str(people["何梅"]),),
        }
    )
    with qtbot.waitSignal(box.accepted):
        qtbot.mouseClick(box.primary, BUTTON)

    def had():
        rows = {row.trainee.name: row.cells[0].minutes for row in view.view.table.rows}
        return rows == {"何梅": 240, "李大勇": 0}

    qtbot.waitUntil(had)


def test_claims_are_drafted_handed_in_and_received(page, staff, people, as_role, qtbot):
    kinds = {kind.code: kind.kind_id for kind in as_role(StaffLists).kinds()}
    level = Certificate(kinds["caregiver-5"], date(2024, 5, 6))
    staff.add_certificate(people["何梅"], level)
    page.tabs.strip.setCurrentIndex(CLAIMS)
    claims = page.tabs.content(CLAIMS)
    qtbot.waitUntil(claims.draft.isEnabled)
    qtbot.mouseClick(claims.draft, BUTTON)
    for state, deed in (("drafted", claims.claim), ("claimed", claims.receive)):
        qtbot.waitUntil(lambda now=state: claims.view.table.rows[0].state == now)
        claims.view.selectRow(0)
        qtbot.mouseClick(deed, BUTTON)
        box = asked(claims, qtbot)
        with qtbot.waitSignal(box.accepted):
            qtbot.mouseClick(box.primary, BUTTON)
    qtbot.waitUntil(lambda: claims.view.table.rows[0].state == "received")
    assert claims.view.table.rows[0].fen == 300_00


# reading a list in


def test_a_list_is_read_in_by_keyboard(page, tmp_path, staff, qtbot):
    book = Workbook()
    book.active.append(("姓名", "岗位", "入职日期"))
    book.active.append(("王荣", "养老护理员", "2026-03-01"))
    book.active.append(("李莲", "保洁员", "2026-13-01"))
    book.save(tmp_path / "staff.xlsx")
    QTest.keyClick(page, Key.Key_R, CTRL)
    reader = page.reader
    reader.open_file(tmp_path / "staff.xlsx")
    qtbot.waitUntil(lambda: reader.step == COLUMNS)
    qtbot.waitUntil(reader.go_on.isEnabled)
    QTest.keyClick(reader.go_on, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: reader.step == CHECK)
    qtbot.waitUntil(reader.go_on.isEnabled)
    assert [spot.row for spot in reader.check.list.list.spots][:1] == [3]
    with qtbot.waitSignal(reader.left):
        QTest.keyClick(reader.go_on, Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "王荣" in names(page))
    assert "李莲" not in names(page)


# the lists behind the files


@pytest.fixture
def lists(page, qtbot):
    """The tab of posts and certificates, once it is read."""
    page.tabs.strip.setCurrentIndex(page.tabs.strip.count() - 1)
    lists = page.tabs.content(page.tabs.strip.count() - 1)
    qtbot.waitUntil(lambda: bool(lists.posts.table.rows))
    return lists


def test_what_a_post_asks_for_is_changed_by_keyboard(lists, as_role, qtbot):
    health = next(each for each in as_role(StaffLists).kinds() if each.code == "health")
    lists.posts.select(
        next(p.post_id for p in as_role(StaffLists).posts() if not p.needs)
    )
    post = lists.posts.current_row()
    lists.posts.setFocus()
    press(Key.Key_F2)
    box = asked(lists, qtbot)
    box.form.fields["needs"].input.boxes[str(health.kind_id)].setFocus()
    press(Key.Key_Space, Key.Key_Return)
    qtbot.waitUntil(lambda: lists.posts.current_row().needs == {health.kind_id})
    assert lists.posts.current_row().name == post.name


def test_a_kind_that_holds_too_long_is_told_beside_it_then_right(lists, as_role, qtbot):
    lists.which.setFocus()
    press(Key.Key_2)
    lists.add.click()
    box = asked(lists, qtbot)
    write(box.form.fields["name"], "急救员证")
    write(box.form.fields["months"], "900")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "600" in box.form.fields["months"].error)
    write(box.form.fields["months"], "36")
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    made = [each for each in as_role(StaffLists).kinds() if each.name == "急救员证"]
    assert [each.months for each in made] == [36]


def test_warnings_out_of_order_are_told_beside_the_first(lists, as_role, qtbot):
    lists.ask_warnings()
    box = asked(lists, qtbot)
    write(box.form.fields["warn_far"], "20")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "60" in box.form.fields["warn_far"].error)
    write(box.form.fields["warn_far"], "90")
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    assert as_role(StaffLists).rules().warn_far == 90


def test_who_keeps_no_files_has_no_lists_behind_them(open_page):
    strip = open_page(Role.FRONT_DESK).tabs.strip
    titles = [strip.tabText(at) for at in range(strip.count())]
    assert "岗位与证书" not in titles


# other scans, and the identity number


def test_a_scan_is_filed_and_taken_out_again_by_keyboard(open_file, tmp_path, qtbot):
    path = tmp_path / "card.pdf"
    path.write_bytes(b"%PDF-1.4 a card")
    leaf = open_file(at=SCANS)
    leaf.add.click()
    box = asked(leaf, qtbot)
    write(box.form.fields["scan"], str(path))
    box.form.fields["kind"].set_value("identity")
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: leaf.view.table.rowCount() == 1)
    assert leaf.view.table.rows[0].title == "card"
    leaf.view.selectRow(0)
    leaf.remove.click()
    (sure,) = [box for box in leaf.findChildren(ConfirmDialog) if box.isVisible()]
    sure.primary.click()
    qtbot.waitUntil(lambda: leaf.view.table.rowCount() == 0)


def test_a_scan_that_is_none_is_told_beside_its_field(open_file, tmp_path, qtbot):
    path = tmp_path / "card.txt"
    path.write_text("a card")
    leaf = open_file(at=SCANS)
    leaf.add.click()
    box = asked(leaf, qtbot)
    write(box.form.fields["scan"], str(path))
    box.form.fields["kind"].set_value("identity")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(box.form.fields["scan"].error))


def test_the_identity_number_is_shown_once_a_reason_is_given(
    open_file, people, staff, qtbot
):
    who = people["何梅"]
    staff.change(who, staff.file(who).person, NUMBER)
    leaf = open_file()
    qtbot.waitUntil(leaf.show_number.isVisible)
    assert NUMBER not in said(leaf)
    leaf.show_number.click()
    box = asked(leaf, qtbot)
    write(box.form.fields["why"], "办理工伤保险")
    with qtbot.waitSignal(box.accepted):
        press(Key.Key_Return)
    assert NUMBER in said(leaf)


def said(leaf):
    return "".join(label.text() for label in leaf.facts.findChildren(QLabel))
