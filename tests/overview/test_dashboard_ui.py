"""The tab of the director's charts: numbers, lists behind them, ways on, paper."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from carehome.rules.dashboard import TOPICS
from carehome.rules.figures import definitions, show_figure
from carehome.rules.rights import Role
from carehome.services.figures import Figures
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.overview.dashboard import DashboardTab
from carehome.ui.overview.trend_window import TrendWindow
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.figure_rows import FigureRows
from carehome.ui.parts.hand import Hand
from tests.conftest import ROLES
from tests.figures import small_home


@pytest.fixture
def pages():
    return []


@pytest.fixture
def opened(qtbot, qapp, db, clock, pages):
    """Return a function that shows the tab on the home as it is."""
    theme.use(qapp)
    jobs = Jobs()
    user = ROLES[Role.DIRECTOR]

    def show():
        make = lambda kind: kind(db, user, clock)  # noqa: E731
        tab = DashboardTab(Hand(make, jobs, user, clock, open_page=pages.append))
        qtbot.addWidget(tab)
        tab.resize(1146, 600)
        tab.show()
        qtbot.waitUntil(lambda: tab.board is not None and not jobs.is_busy)
        return tab

    yield show
    jobs.close()


@pytest.fixture
def tab(opened, db):
    small_home.build(db)
    return opened()


def card(tab, code):
    return tab.cards[code]


def rows_of(tab):
    return tab.findChild(FigureRows)


def test_each_card_shows_its_number(tab, as_role):
    counted = as_role(Figures).listed(tab.board.months[-1])
    main = TOPICS[0].main
    shown = show_figure(counted[main], definitions()[main].unit)
    assert card(tab, "occupancy").number.number.text() == shown


def test_the_list_behind_the_number_opens_by_a_key(tab, qtbot):
    link = card(tab, "ability").list
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    key = card(tab, "ability")._topic.main
    assert rows_of(tab).windowTitle() == definitions()[key].name


def test_a_figure_beside_opens_its_own_list(tab, qtbot):
    name = definitions()["residents.total"].name
    links = card(tab, "occupancy").findChildren(QPushButton)
    (link,) = (each for each in links if name in each.accessibleName())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert rows_of(tab).windowTitle() == name


def window_of(tab):
    return tab.findChild(TrendWindow)


def test_a_chart_opens_larger_by_enter_with_every_month(tab, qtbot):
    link = card(tab, "arrears").months
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    table = window_of(tab).view.table
    assert [line.period for line in table.rows] == list(reversed(tab.board.months))
    money = table.columns[1]
    assert (money.title, money.kind) == (definitions()["fees.arrears"].name, "money")


def test_a_chart_opens_larger_by_a_click(tab, qtbot):
    qtbot.mouseClick(card(tab, "ability").opener, Qt.MouseButton.LeftButton)
    titles = [column.title for column in window_of(tab).view.table.columns]
    assert {"完好", "未评估"} <= set(titles)


def test_the_larger_chart_leaves_the_unknown_empty_and_says_why(tab):
    card(tab, "income").months.click()
    table = window_of(tab).view.table
    cells = [column.text(table.rows[0]) for column in table.columns]
    assert cells[1] == ""
    assert "入账" in cells[-1]


def test_a_card_leads_to_the_page_that_mends_it(tab, pages, qtbot):
    qtbot.mouseClick(card(tab, "safety").way, Qt.MouseButton.LeftButton)
    assert pages == ["Fire safety"]


def test_the_chart_is_told_in_words_too(tab):
    said = card(tab, "occupancy").chart.accessibleDescription()
    assert said.count("月：") == 12


def test_the_charts_are_looked_at_before_they_are_printed(tab, qtbot):
    tab.print.click()
    (dialog,) = tab.findChildren(PaperDialog)
    qtbot.waitUntil(lambda: not tab.hand.jobs.is_busy)
    assert dialog.isVisible()


def test_an_empty_home_says_why_there_is_no_number(opened):
    tab = opened()
    rating = card(tab, "rating")
    assert rating.number.number.text() == "未知"
    assert "等级" in rating.why.text()
    assert "床位" in tab.bar.note.text()


def test_the_cards_stand_in_as_many_columns_as_there_is_room_for(tab, qtbot):
    first, second = card(tab, "occupancy"), card(tab, "ability")
    assert first.y() == second.y()
    tab.resize(400, 600)
    qtbot.waitUntil(lambda: second.y() > first.y())
