"""Ctrl+K finds people, beds, bills, receipts, pages and deeds, and opens them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabBar

from carehome.app.desk import (
    ASSESSMENTS,
    BEDS,
    BOOKS,
    ENQUIRIES,
    FEES,
    OVERVIEW,
    RATING,
    RESIDENTS,
    ROSTERS,
    SAFETY,
    SETTINGS,
    STAFF,
    TODAY,
)
from carehome.app.finding import TABS
from carehome.i18n import _
from carehome.rules.rights import Role
from carehome.services.drawer import Drawer
from carehome.ui.kit.finder import Finder
from carehome.ui.kit.page import Tabs
from tests.conftest import TODAY as DAY
from tests.house import know

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def find(qtbot, jobs):
    """Return a function that asks for letters on a window, as a person does."""

    def ask(shell, letters=""):
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        qtbot.keyClick(shell, Key.Key_K, CTRL)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        finder = shell.findChildren(Finder)[-1]
        for letter in letters:  # what is typed need not be on a keyboard
            finder.line.insert(letter)
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return finder

    return ask


def found(finder):
    return [(each.kind, each.title) for each in finder.found.rows]


def enter(qtbot, finder, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(finder.line, Key.Key_Return, modifier)


@pytest.mark.parametrize(
    "letters", ["王秀英", "秀英", "wxy", "wangxiuying", "wang xiu", "301-1", "5848"]
)
def test_a_person_is_found_by_name_letters_bed_or_number(
    shell, find, ways, qtbot, letters
):
    person = ways.residents.file(ways.wang).person
    ways.residents.change_person(ways.wang, person, "510104194508175848")
    finder = find(shell, letters)
    assert ("老人", "王秀英") in found(finder)


def test_enter_opens_the_file(shell, find, qtbot):
    enter(qtbot, find(shell, "wxy"))
    file = shell.widgets[RESIDENTS].listing.file
    qtbot.waitUntil(lambda: file.title.text() == "王秀英")
    assert shell.current == RESIDENTS


def test_ctrl_and_enter_takes_a_payment(shell, find, qtbot):
    finder = find(shell, "wxy")
    assert "Ctrl+Enter 收款" in finder.hints.text()
    enter(qtbot, finder, CTRL)
    assert shell.current == FEES


def test_who_takes_no_money_is_not_offered_to(window, find):
    finder = find(window(Role.HEAD_NURSE), "wxy")
    assert "Ctrl+Enter" not in finder.hints.text()


def test_the_very_name_stands_before_longer_ones(shell, find, db, ways):
    for name in ("王秀", "王秀英英"):
        know(db, name)
    titles = [title for _kind, title in found(find(shell, "王秀"))]
    assert titles == ["王秀", "王秀英", "王秀英英"]


def test_people_of_one_name_are_told_apart(shell, find, db):
    know(db, "王秀英")
    first, second = find(shell, "wxy").found.rows
    assert first.title == second.title
    assert first.note != second.note
    assert "301-1" in first.note


def test_a_bed_is_found_and_opened(shell, find, qtbot):
    finder = find(shell, "302-2")
    assert found(finder)[0] == ("床位", "302-2")
    enter(qtbot, finder)
    desk = shell.widgets[BEDS].desk
    qtbot.waitUntil(lambda: desk.side.title.text() == "302-2")


def test_a_bill_is_found_by_its_number_and_opened(shell, find, ways, qtbot):
    ways.purse.post(OCTOBER)
    finder = find(shell, "2026-000002")
    assert found(finder) == [("账单", "2026-000002")]
    enter(qtbot, finder)
    posted = shell.widgets[FEES].tabs.content(5).posted
    qtbot.waitUntil(posted.side.isVisible)
    assert "2026-000002" in posted.side.title.text()


def test_a_receipt_is_found_by_its_number_and_opened(shell, find, ways, qtbot):
    yesterday = date(2026, 11, 20)
    ways.purse.deposits.take(ways.wang, 500_00, "cash", yesterday)
    finder = find(shell, "000001")
    assert found(finder) == [("收据", "2026-000001")]
    enter(qtbot, finder)
    receipts = shell.widgets[FEES].tabs.content(1)
    qtbot.waitUntil(receipts.side.isVisible)
    assert "2026-000001" in receipts.side.title.text()


@pytest.mark.parametrize("letters", ["王秀英 账单", "wxy zd", "wxy bill", "账单 wxy"])
def test_somebodys_bills_are_found(shell, find, ways, letters):
    ways.purse.post(OCTOBER)
    assert found(find(shell, letters)) == [("账单", "2026-000001")]


def test_somebodys_receipts_are_found(shell, find, ways):
    ways.purse.deposits.take(ways.wang, 500_00, "cash", DAY)
    ways.purse.deposits.take(ways.li, 500_00, "cash", DAY)
    assert found(find(shell, "wxy shouju")) == [("收据", "2026-000001")]


def test_who_sees_no_fees_finds_no_bill(window, find, ways):
    ways.purse.post(OCTOBER)
    assert found(find(window(Role.HEAD_NURSE), "2026-000001")) == []


@pytest.mark.parametrize("letters", ["修改记录", "xgjl", "xiugai", "change log"])
def test_a_page_is_found_by_name_letters_or_in_english(shell, find, qtbot, letters):
    finder = find(shell, letters)
    assert found(finder)[0] == ("功能", "修改记录")
    enter(qtbot, finder)
    tabs = shell.widgets[SETTINGS].tabs
    assert tabs.strip.tabText(tabs.strip.currentIndex()) == "修改记录"


def test_with_nothing_typed_the_deeds_of_the_page_come_first(shell, find):
    shell.open_page(RESIDENTS)
    rows = find(shell).found.rows
    assert rows[0].section == "本页：老人"
    assert "办理入住" in [each.title for each in rows]


def test_whose_file_was_opened_last_is_offered_first(shell, find, ways, qtbot, jobs):
    for name in ("wxy", "ldc"):
        enter(qtbot, find(shell, name))
        qtbot.waitUntil(lambda: not jobs.is_busy)
    rows = find(shell).found.rows
    assert [each.title for each in rows if each.section == "最近打开"] == [
        "李大成",
        "王秀英",
    ]
    assert ways.of(Drawer).look("recent residents") == [ways.li, ways.wang]


def test_who_left_is_not_offered_any_more(shell, find, ways, qtbot, jobs):
    for name in ("wxy", "ldc"):
        enter(qtbot, find(shell, name))
        qtbot.waitUntil(lambda: not jobs.is_busy)
    ways.discharge()
    rows = find(shell).found.rows
    assert [each.title for each in rows if each.section == "最近打开"] == ["李大成"]


def test_what_was_opened_last_is_known_on_another_day(window, find, ways, db):
    ways.of(Drawer).keep("recent residents", [ways.li, 4711, ways.wang])
    rows = find(window()).found.rows
    assert [each.title for each in rows if each.section == "最近打开"] == [
        "李大成",
        "王秀英",
    ]


def test_the_list_shows_who_was_opened_last(shell, find, ways, qtbot, jobs):
    enter(qtbot, find(shell, "ldc"))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    listing = shell.widgets[RESIDENTS].listing
    qtbot.mouseClick(listing.filters.recent, Qt.MouseButton.LeftButton)
    assert [line.name for line in listing.list.table.rows] == ["李大成"]


def test_the_last_deed_can_be_undone_from_here(shell, find, ways, qtbot, jobs):
    ways.absence()
    finder = find(shell, "cx")
    assert [title for _kind, title in found(finder)] == ["撤销：登记请假或住院：王秀英"]
    enter(qtbot, finder)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert ways.residents.file(ways.wang).absences == []


def test_what_cannot_be_found_is_said(shell, find):
    finder = find(shell, "不存在的人")
    assert finder.empty.isVisible()
    assert "没有找到" in finder.empty.text.text()


def test_escape_gives_the_cursor_back(shell, find, qtbot):
    search = shell.open_page(RESIDENTS).listing.search
    search.setFocus()
    qtbot.keyClick(find(shell).line, Key.Key_Escape)
    shell.activateWindow()
    qtbot.waitUntil(search.hasFocus)


def test_every_tab_of_every_page_can_be_found(shell, jobs, qtbot):
    """A tab that is new on a page must be named among the TABS as well."""
    there = set()
    for title in (
        *(ENQUIRIES, ASSESSMENTS, FEES, BOOKS, STAFF, ROSTERS, SAFETY),
        *(RATING, OVERVIEW, SETTINGS),
    ):
        page = shell.open_page(title)
        strip = getattr(page, "lists", page).findChild(Tabs).strip
        there |= {(title, strip.tabText(at)) for at in range(strip.count())}
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert {(page, _(title)) for page, title, _needed in TABS} == there


@pytest.mark.parametrize("role", Role)
def test_every_command_can_be_done(window, find, qtbot, jobs, role):
    shell = window(role)
    finder = find(shell)
    commands = [each for source in finder.sources[1:] for each in source("")]
    finder.close()
    assert len(commands) > len(shell.numbered)
    for command in commands:
        command.open()
        qtbot.waitUntil(lambda: not jobs.is_busy)
        for dialog in shell.findChildren(QDialog):
            dialog.reject()


def test_there_is_a_tab_strip_where_tabs_are_named(shell, jobs, qtbot):
    for title in {page for page, *_rest in TABS}:
        assert shell.open_page(title).findChild(QTabBar)
    shell.open_page(TODAY)
    qtbot.waitUntil(lambda: not jobs.is_busy)
