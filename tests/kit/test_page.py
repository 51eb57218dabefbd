import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QSplitter, QWidget

from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.page import PageFrame, Side, Split, Tabs, scrolling

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(shown):
    page = PageFrame("老人")
    page.head.add_search("姓名、拼音")
    page.deed = page.head.add_primary("办理入住", "plus", "Ctrl+N")
    return shown(page)


def test_ctrl_f_goes_to_the_search(qtbot, page):
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    assert page.head.search.hasFocus()


def test_esc_empties_the_search(qtbot, page):
    qtbot.keyClicks(page.head.search, "wang")
    qtbot.keyClick(page.head.search, Qt.Key.Key_Escape)
    assert page.head.search.text() == ""


def test_the_down_key_leads_from_the_search_to_the_list(qtbot, page):
    with qtbot.waitSignal(page.head.search.left_down):
        qtbot.keyClick(page.head.search, Qt.Key.Key_Down)


def test_a_deed_of_the_page_is_done_by_mouse_and_by_keys(qtbot, page):
    with qtbot.waitSignal(page.deed.clicked):
        qtbot.mouseClick(page.deed, LEFT)
    with qtbot.waitSignal(page.deed.clicked):
        qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    assert page.deed.toolTip() == "办理入住 Ctrl+N"


@pytest.fixture
def split(shown):
    split = Split(QListWidget(), Side("王秀英"))
    split.resize(1000, 400)
    return shown(split)


def test_a_file_opens_beside_its_list(split):
    assert split.side.isHidden()
    split.open_side()
    assert split.side.isVisible()
    assert split.side.width() < split.main.width()


@pytest.mark.parametrize("way", ["esc", "esc in the list", "button"])
def test_a_closed_file_gives_the_room_and_the_cursor_back(qtbot, split, way):
    split.open_side()
    split.side.close_button.setFocus()
    if way == "esc":
        qtbot.keyClick(split.side.close_button, Qt.Key.Key_Escape)
    elif way == "esc in the list":
        split.main.setFocus()
        qtbot.keyClick(split.main, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(split.side.close_button, LEFT)
    assert split.side.isHidden()
    assert split.main.hasFocus()


def test_the_arrows_go_on_in_a_list_whose_file_was_closed(qtbot, shown):
    rows = QListWidget()
    split = shown(Split(ListCard(rows), Side("王秀英")))
    rows.setFocus()
    split.open_side()
    qtbot.keyClick(rows, Qt.Key.Key_Escape)
    assert split.side.isHidden()
    assert rows.hasFocus()


def test_a_file_opens_as_wide_as_it_was_left(split):
    split.open_side()
    split.setSizes([650, 330])
    wide = split.side.width()
    split.close_side()
    split.open_side()
    assert abs(split.side.width() - wide) <= 1


def test_a_tab_is_made_when_it_is_first_looked_at(qtbot, shown):
    made = []

    def make(title):
        made.append(title)
        return QLabel(title)

    tabs = Tabs()
    tabs.add("概况", lambda: make("概况"))
    tabs.add("账单", lambda: make("账单"))
    shown(tabs)
    assert made == ["概况"]
    tabs.strip.setFocus()
    with qtbot.waitSignal(tabs.shown) as seen:
        qtbot.keyClick(tabs.strip, Qt.Key.Key_Right)
    assert seen.args == [1]
    tabs.strip.setCurrentIndex(0)
    tabs.strip.setCurrentIndex(1)
    assert made == ["概况", "账单"]
    assert tabs.stack.currentWidget().text() == "账单"


def test_alt_and_a_digit_go_to_a_tab_and_the_0_to_the_tenth(qtbot, shown):
    tabs = Tabs()
    for number in range(1, 12):
        tabs.add(str(number), QLabel)
    tabs.offer_keys()
    shown(tabs)
    tabs.strip.setFocus()
    for key, at in ((Qt.Key.Key_9, 8), (Qt.Key.Key_0, 9), (Qt.Key.Key_1, 0)):
        qtbot.keyClick(tabs.strip, key, Qt.KeyboardModifier.AltModifier)
        assert tabs.strip.currentIndex() == at
    assert tabs.strip.tabToolTip(9) == "10 Alt+0"


def both(*widgets):
    splitter = QSplitter()
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def tabs_of_lists(shown, offered):
    lists = [QListWidget(), QListWidget()]
    tabs = Tabs()
    for each in lists:
        tabs.add("名单", lambda each=each: each)
    tabs.content(0)
    tabs.offer_keys()
    shown(offered(tabs))
    return tabs, lists


def test_a_cursor_in_a_tab_goes_along_to_the_next(qtbot, shown):
    _tabs, lists = tabs_of_lists(shown, lambda tabs: tabs)
    lists[0].setFocus()
    qtbot.keyClick(lists[0], Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert lists[1].hasFocus()


def test_a_cursor_beside_the_tabs_stays_where_it_is(qtbot, shown):
    beside = QListWidget()
    tabs, lists = tabs_of_lists(shown, lambda tabs: both(beside, tabs))
    beside.setFocus()
    tabs.go_to(1)
    assert beside.hasFocus()
    assert lists[1].isVisible()


def test_what_is_too_high_scrolls(shown):
    high = QWidget()
    high.setMinimumHeight(2000)
    area = scrolling(high)
    area.resize(300, 300)
    shown(area)
    assert area.verticalScrollBar().maximum() > 0
