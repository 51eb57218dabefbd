from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from carehome.ui.kit import table, theme
from carehome.ui.kit.columns import SAMPLE
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    level: int = 0
    fen: int = 0


COLUMNS = (
    Column[Person]("Name", lambda p: p.name, bold=True, stretch=True),
    Column[Person]("Level", lambda p: f"{p.level} 级", chip=lambda p: f"a{p.level}"),
    table.money("Amount", lambda p: p.fen, tone=lambda p: "bad"),
)
PEOPLE = [
    Person(1, "王秀英", 2, 100),
    Person(2, "林桂兰", 3, 300),
    Person(3, "朱志明", 4, 200),
]


@pytest.fixture
def view(qapp, shown):
    view = TableView(
        TableModel(COLUMNS, key=lambda person: person.id), "people", "People"
    )
    view.resize(600, 300)
    view.table.set_rows(PEOPLE)
    return shown(view)


def _middle(view, row, column=0):
    return view.visualRect(view.table.index(row, column)).center()


def _colour_at(view, place: QPoint):
    return view.viewport().grab().toImage().pixelColor(place)


def test_enter_opens_the_row_under_the_cursor(qtbot, view):
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [view.current_row()]


def test_a_double_click_opens_a_row_once(qtbot, view):
    place, opened = _middle(view, 1), []
    view.opened.connect(opened.append)
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert opened == [PEOPLE[1]]


def test_walking_with_the_keys_tells_each_row(qtbot, view):
    picked = []
    view.picked.connect(picked.append)
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert picked == [PEOPLE[0], PEOPLE[1]]


def test_the_cursor_stays_on_its_row_over_a_reload(view):
    view.selectRow(1)
    view.table.set_rows([replace(PEOPLE[1], fen=999), PEOPLE[0]])
    assert view.current_row() == replace(PEOPLE[1], fen=999)
    assert view.selected_rows() == [view.current_row()]


def test_a_row_that_is_gone_is_no_longer_picked(view):
    view.selectRow(1)
    picked = []
    view.picked.connect(picked.append)
    view.table.set_rows([PEOPLE[0]])
    assert picked[-1] is None


def test_a_row_can_be_selected_by_its_key(view):
    assert view.select(3)
    assert view.current_row() == PEOPLE[2]
    assert not view.select(4)


def test_copied_rows_are_what_a_sheet_takes(qtbot, view):
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text == "王秀英\t2 级\t¥1.00\n林桂兰\t3 级\t¥3.00"


def test_a_click_on_a_title_sorts_and_the_third_undoes_it(qtbot, view):
    titles = view.horizontalHeader()
    place = QPoint(titles.sectionViewportPosition(2) + 20, titles.height() // 2)
    orders = []
    for _ in range(3):
        qtbot.mouseClick(titles.viewport(), LEFT, pos=place)
        orders.append([person.id for person in view.table.rows])
    assert orders == [[1, 3, 2], [2, 3, 1], [1, 2, 3]]


def test_an_empty_list_says_why_and_offers_the_first_step(qtbot, view):
    assert view.empty.isHidden()
    view.set_empty("还没有老人。", "办理入住")
    view.table.set_rows([])
    assert view.empty.isVisible()
    assert view.empty.text.text() == "还没有老人。"
    with qtbot.waitSignal(view.first_step):
        qtbot.mouseClick(view.empty.step, LEFT)


def test_a_list_emptied_by_a_search_offers_no_step(view):
    view.set_empty("没有找到。")
    view.table.set_rows([])
    assert view.empty.step.isHidden()


def test_a_chip_has_the_ground_of_its_tone(view):
    rect = view.visualRect(view.table.index(2, 1))
    place = QPoint(rect.left() + theme.px(13), rect.center().y())
    assert _colour_at(view, place) == theme.colour("a4")


def test_the_selected_row_is_soft_and_bears_a_bar(view):
    view.selectRow(1)
    rect = view.visualRect(view.table.index(1, 0))
    bar = QPoint(rect.left() + 1, rect.center().y())
    ground = QPoint(rect.right() - 2, rect.center().y())
    assert _colour_at(view, bar) == theme.colour("brand")
    assert _colour_at(view, ground) == theme.colour("brand_soft")


def test_the_whole_row_under_the_mouse_is_marked(qtbot, view):
    qtbot.mouseMove(view.viewport(), _middle(view, 0, 1))
    far = view.visualRect(view.table.index(0, 2))
    place = QPoint(far.left() + 2, far.center().y())
    qtbot.waitUntil(lambda: _colour_at(view, place) == theme.colour("hover"))


def test_columns_show_their_content_whole(view):
    wide = replace(PEOPLE[0], fen=123_456_789_00)
    view.table.set_rows([wide])
    needed = theme.room("¥123,456,789.00", theme.font())
    assert view.columnWidth(2) >= needed + 2 * theme.px(10)


def test_columns_do_not_jump_back_while_one_searches(view):
    view.table.set_rows([replace(PEOPLE[0], fen=123_456_789_00)])
    before = view.columnWidth(2)
    view.table.set_rows(PEOPLE)
    assert view.columnWidth(2) == before


def test_a_column_that_stretches_takes_what_is_left(view):
    rest = view.columnWidth(1) + view.columnWidth(2)
    assert view.columnWidth(0) == view.viewport().width() - rest


def test_without_one_that_stretches_all_columns_share_what_is_left(shown):
    plain = tuple(replace(column, stretch=False) for column in COLUMNS)
    view = shown(TableView(TableModel(plain), "people", "People"))
    view.table.set_rows(PEOPLE)
    view.resize(500, 300)
    before = [view.columnWidth(at) for at in range(3)]
    view.resize(800, 300)
    assert [view.columnWidth(at) - before[at] for at in range(3)] == [100, 100, 100]


def test_a_border_that_was_moved_stays_where_it_is(qtbot, view):
    titles = view.horizontalHeader()
    border = QPoint(titles.sectionViewportPosition(1) - 1, titles.height() // 2)
    target, before = border - QPoint(80, 0), view.columnWidth(0)
    qtbot.mousePress(titles.viewport(), LEFT, pos=border)
    qtbot.mouseMove(titles.viewport(), target)
    qtbot.mouseRelease(titles.viewport(), LEFT, pos=target)
    moved = view.columnWidth(0)
    assert moved == before - 80
    view.resize(700, 300)
    view.table.set_rows(PEOPLE)
    assert view.columnWidth(0) == moved


def test_a_hidden_column_leaves_its_room_to_the_others(view):
    before, gone = view.columnWidth(0), view.columnWidth(2)
    view.columns.leave_out({"Amount"})
    assert view.columnWidth(0) == before + gone
    view.columns.leave_out(())
    assert view.columnWidth(0) == before


def test_passing_through_a_list_picks_nothing(qtbot, view):
    with qtbot.assertNotEmitted(view.picked):
        view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_row() == PEOPLE[0]


def test_a_reload_of_the_same_rows_tells_nothing(qtbot, view):
    view.selectRow(1)
    with qtbot.assertNotEmitted(view.picked):
        view.table.set_rows(list(PEOPLE))


def test_only_rows_in_sight_are_painted(shown):
    asked = []
    watched = replace(COLUMNS[0], value=lambda p: asked.append(p.id) or p.name)
    other = shown(TableView(TableModel((watched,)), "people", "People"))
    other.resize(300, 300)
    other.table.set_rows([Person(number, "王") for number in range(10_000)])
    asked.clear()
    other.viewport().repaint()
    assert 0 < len(set(asked)) < 20


def test_columns_are_fitted_to_a_sample_of_ten_thousand_rows(shown):
    asked = []
    watched = replace(COLUMNS[0], value=lambda p: asked.append(p.id) or p.name)
    other = shown(TableView(TableModel((watched,)), "people", "People"))
    other.hide()  # fitting alone, no painting
    asked.clear()
    other.table.set_rows([Person(number, "王秀英") for number in range(10_000)])
    assert 0 < len(set(asked)) <= 2 * SAMPLE


def test_beside_a_file_only_the_first_columns_are_shown_and_fill_the_list(view):
    view.show_columns(2)
    shown = [at for at in range(len(view.table.columns)) if not view.isColumnHidden(at)]
    assert shown == [0, 1]
    assert sum(map(view.columnWidth, shown)) > view.viewport().width() - len(shown)
    view.show_columns(len(view.table.columns))
    assert not any(map(view.isColumnHidden, range(len(view.table.columns))))
