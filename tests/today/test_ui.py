"""The page of the day through real events: it opens things, follows deeds, fits."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton

from carehome.app.desk import BEDS, FEES, RESIDENTS, TODAY
from carehome.app.today import OPENERS
from carehome.app.window import make_shell
from carehome.rules.beds import BedState
from carehome.rules.rights import Role
from carehome.services.admissions import Admissions
from carehome.services.beds import Beds
from carehome.services.home import OpenHome, Profile
from carehome.services.residents import Residents
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.today.panel import MOST
from tests.conftest import ROLES
from tests.conftest import TODAY as DAY

LEFT = Qt.MouseButton.LeftButton
ONE = timedelta(days=1)
KEYS = Qt.Key


@pytest.fixture
def hands():
    """A clock that a test sets."""

    class Hands:
        now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

        def __call__(self):
            return self.now

    return Hands()


@pytest.fixture
def open_shell(db, jobs, hands, shown, qtbot):
    """Open the program as somebody of a role, at the page of the day."""

    def make(role=Role.DIRECTOR, size=(1366, 768)):
        opened = OpenHome(db, ROLES[role], Profile("福寿养老院"))
        shell = make_shell(opened, jobs, hands)
        shell.open_page(TODAY)
        shell.resize(*size)
        shown(shell)
        shell.day_page = shell.widgets[TODAY]
        qtbot.waitUntil(lambda: shell.day_page.shown is not None)
        return shell

    return make


@pytest.fixture
def away(as_role):
    """Somebody should be back today."""
    return as_role(Residents).record_absence(1, "leave", DAY - ONE, DAY)


@pytest.fixture
def paid(purse):
    """Some money came in today."""
    return purse.payments.take(1, 100_00, "cash", DAY)


def texts(panel):
    return [line.text_shown for line in panel.lines]


def line_of(panel, words):
    return next(line for line in panel.lines if words in line.accessibleName())


# what is shown


@pytest.mark.parametrize(
    ("role", "cards"),
    [
        (Role.DIRECTOR, ["在住", "今晚不在院", "2026年10月应收", "今日收款"]),
        (Role.HEAD_NURSE, ["在住", "今晚不在院", "重点照护", "空床"]),
        (Role.FRONT_DESK, ["在住", "今晚不在院", "2026年10月应收", "今日收款"]),
        (Role.ACCOUNTANT, ["2026年10月应收", "今日收款", "在住", "今晚不在院"]),
        (Role.SAFETY_OFFICER, ["今晚在院", "空床"]),
    ],
)
def test_a_role_sees_the_figures_that_matter_to_it(open_shell, paid, role, cards):
    page = open_shell(role).day_page
    assert [card.name for card in page.cards if card.isVisible()] == cards


@pytest.mark.parametrize(
    ("role", "deeds"),
    [
        (Role.DIRECTOR, ["收款", "办理入住"]),
        (Role.HEAD_NURSE, ["办理入住"]),
        (Role.FRONT_DESK, ["收款", "办理入住"]),
        (Role.ACCOUNTANT, ["收款"]),
        (Role.SAFETY_OFFICER, []),
    ],
)
def test_the_head_offers_what_a_role_comes_for(open_shell, role, deeds):
    head = open_shell(role).day_page.head
    buttons = [each.text() for each in head.findChildren(QPushButton)]
    assert buttons[1:] == deeds
    assert "Ctrl+K" in buttons[0]


def test_a_day_without_anything_to_do_says_so(open_shell):
    page = open_shell(Role.SAFETY_OFFICER).day_page
    shown = [
        each.text()
        for each in page.tasks.findChildren(type(page.tasks.title))
        if each.isVisible()
    ]
    assert "今天没有要办的事。" in shown


def test_a_long_list_shows_its_rest_when_asked(open_shell, as_role, qtbot):
    for _each in range(MOST + 2):
        as_role(Admissions).begin()
    panel = open_shell().day_page.tasks
    visible = [line for line in panel.lines if line.isVisible()]
    assert len(visible) == MOST
    qtbot.mouseClick(panel.more, LEFT)
    assert all(line.isVisible() for line in panel.lines)
    assert panel.lines[MOST].hasFocus()


# what is opened


def test_a_return_is_recorded_where_its_line_leads(open_shell, away, qtbot, jobs):
    shell = open_shell()
    line = line_of(shell.day_page.tasks, "王秀英")
    qtbot.mouseClick(line, LEFT)
    assert shell.current == RESIDENTS
    file = shell.widgets[RESIDENTS].listing.file

    def asked():
        return [each for each in file.findChildren(FormDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(asked()))
    qtbot.mouseClick(asked()[0].primary, LEFT)
    shell.open_page(TODAY)
    qtbot.waitUntil(lambda: "王秀英" not in str(texts(shell.day_page.tasks)))


def test_the_cursor_waits_on_the_first_line_and_enter_opens_it(open_shell, qtbot):
    shell = open_shell()
    page = shell.day_page
    first, second = [*page.tasks.lines, *page.concerns.lines][:2]
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, KEYS.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, KEYS.Key_Up)
    qtbot.keyClick(first, KEYS.Key_Return)
    assert shell.current == OPENERS[first.target.kind].page != TODAY


def test_a_line_about_several_opens_their_list(open_shell, qtbot):
    shell = open_shell()
    qtbot.mouseClick(line_of(shell.day_page.concerns, "没有服务协议"), LEFT)
    listing = shell.widgets[RESIDENTS].listing
    qtbot.waitUntil(lambda: len(listing.list.table.rows) == 2)
    assert listing.filters.named.text() == "没有服务协议 2"
    qtbot.mouseClick(listing.filters.groups[0], LEFT)
    assert listing.filters.named.isHidden()


def test_a_figure_opens_what_it_counts(open_shell, qtbot):
    shell = open_shell(Role.HEAD_NURSE)
    qtbot.mouseClick(shell.day_page.cards[3], LEFT)
    assert shell.current == BEDS
    beds = shell.widgets[BEDS]

    def states():
        return {spot.bed.state for spot in beds.desk.list.table.rows}

    qtbot.waitUntil(lambda: states() == {BedState.FREE})


def test_an_admission_goes_on_where_its_line_leads(open_shell, as_role, qtbot):
    as_role(Admissions).begin()
    shell = open_shell()
    qtbot.mouseClick(line_of(shell.day_page.tasks, "入住办理"), LEFT)
    people = shell.widgets[RESIDENTS]
    assert people.currentWidget() is people.admissions


def test_the_search_opens_from_the_head(open_shell, qtbot):
    shell = open_shell()
    with qtbot.waitSignal(shell.search_asked):
        qtbot.mouseClick(shell.day_page.look, LEFT)


# what it follows


def test_a_deed_elsewhere_changes_the_page(open_shell, as_role, qtbot):
    page = open_shell().day_page
    as_role(Beds).send_cleaning(4)
    qtbot.waitUntil(lambda: "302-2 床清洁中" in texts(page.concerns))


def test_the_cursor_stays_on_its_line_when_another_comes(
    open_shell, as_role, away, qtbot
):
    page = open_shell().day_page
    line_of(page.tasks, "王秀英").setFocus()
    before = len(page.tasks.lines)
    as_role(Admissions).begin()
    qtbot.waitUntil(lambda: len(page.tasks.lines) == before + 1)
    line = next(each for each in page.tasks.lines if each.hasFocus())
    assert "王秀英" in line.text_shown


def test_the_navigation_counts_what_waits(open_shell, away, purse, qtbot):
    shell = open_shell()
    qtbot.waitUntil(lambda: shell.entries[RESIDENTS].count == 1)
    assert shell.entries[FEES].count == 2


def test_the_navigation_follows_while_another_page_is_open(
    open_shell, as_role, away, qtbot
):
    shell = open_shell()
    shell.day_page.later.setInterval(1)
    qtbot.waitUntil(lambda: shell.entries[RESIDENTS].count == 1)
    shell.open_page(BEDS)
    as_role(Residents).record_return(away, DAY)
    qtbot.waitUntil(lambda: shell.entries[RESIDENTS].count == 0)


def test_at_midnight_the_page_tells_the_new_day(open_shell, db, as_role, hands, qtbot):
    as_role(Residents).record_absence(1, "leave", DAY, DAY + ONE)
    page = open_shell().day_page
    assert "王秀英" not in str(texts(page.tasks))
    hands.now += ONE
    db.tell_all_changed()
    qtbot.waitUntil(lambda: "王秀英" in str(texts(page.tasks)))
    assert line_of(page.tasks, "王秀英").when == "今日"


def test_what_stayed_the_same_is_not_built_anew(open_shell, db, qtbot, jobs):
    page = open_shell().day_page
    before = page.concerns.lines
    with qtbot.waitSignal(page.learnt):
        db.tell_all_changed()
    assert page.concerns.lines is before


# how it fits


@pytest.mark.parametrize(("size", "columns"), [((1366, 768), 4), ((1024, 640), 2)])
def test_cards_stand_in_two_rows_where_it_is_narrow(open_shell, size, columns, qtbot):
    page = open_shell(size=size).day_page
    qtbot.waitUntil(lambda: page.cards[0].width() > 0)
    tops = {card.y() for card in page.cards if card.isVisible()}
    assert len(tops) == 4 // columns


def test_a_wide_screen_shows_more_figures(open_shell, paid):
    page = open_shell(size=(1920, 1080)).day_page
    assert sum(card.isVisible() for card in page.cards) == 6


def test_the_page_fits_the_window_without_scrolling(open_shell, as_role, away):
    as_role(Admissions).begin()
    assert open_shell().day_page.area.verticalScrollBar().maximum() == 0


def test_on_a_small_screen_the_page_scrolls_along_with_the_cursor(
    open_shell, as_role, qtbot
):
    for _each in range(6):
        as_role(Admissions).begin()
    page = open_shell(size=(1024, 640)).day_page
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().maximum() > 0)
    page.setFocus()
    every = [*page.tasks.lines, *page.concerns.lines]
    lines = [line for line in every if line.isVisible()]  # a long list is folded
    for line in lines[:-1]:
        assert line.hasFocus()
        qtbot.keyClick(line, KEYS.Key_Down)
    assert page.area.verticalScrollBar().value() > 0
    assert lines[-1].visibleRegion().boundingRect() == lines[-1].rect()


def test_every_line_has_a_name_and_the_role_of_a_button(open_shell, away):
    page = open_shell().day_page
    lines = [*page.cards, *page.tasks.lines, *page.concerns.lines]
    told = [QAccessible.queryAccessibleInterface(line) for line in lines]
    assert all(each.text(QAccessible.Text.Name) for each in told)
    assert {each.role() for each in told} == {QAccessible.Role.Button}


def test_what_is_overdue_is_said_and_not_only_coloured(open_shell, as_role):
    as_role(Residents).record_absence(1, "leave", DAY - 3 * ONE, DAY - ONE)
    assert open_shell().day_page.tasks.lines[0].accessibleName().startswith("逾期")


def test_urgency_is_said_and_not_only_coloured(open_shell):
    lines = open_shell().day_page.concerns.lines
    said = {(line.tone, line.accessibleName().split(",")[0]) for line in lines}
    assert said == {("bad", "先办"), ("warn", "近期"), ("info", "留意")}
