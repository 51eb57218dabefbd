"""What goes out of a list: rows as shown, in the order shown, for other programs."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from carehome.ui.kit import extract, table
from carehome.ui.kit.arranging import ArrangeDialog
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from tests.kit.test_table_view import PEOPLE, Person

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COLUMNS = (
    Column[Person]("Name", lambda p: p.name),
    table.money("Owed", lambda p: p.fen),
)
pytestmark = pytest.mark.qt_log_ignore("does not support")  # menus take the keyboard


@pytest.fixture(autouse=True)
def nobody_saves():
    """Begin as the kit begins: a window opened before may have named who saves."""
    extract.use(None)
    yield
    extract.use(None)


@pytest.fixture
def saved(nobody_saves):
    found = []
    extract.use(lambda _asker, taken: found.append(taken))
    return found


@pytest.fixture
def view(qapp, shown):
    view = TableView(TableModel(COLUMNS, lambda p: p.id), "people", "Residents")
    view.resize(600, 300)
    view.table.set_rows(PEOPLE)
    view.select(1)
    shown(view)
    view.setFocus()
    return view


def _clip():
    return QGuiApplication.clipboard().mimeData()


def _ask_by_key(view):
    """Press the key of the menu, and return the menu that comes up."""
    place = view.viewport().mapToGlobal(QPoint(5, 5))
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), place, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(view.viewport(), asked)
    return _menu(view)


def _menu(view):
    return next(menu for menu in view.findChildren(QMenu) if menu.isVisible())


def _names(menu):
    return [action.text() for action in menu.actions() if action.text()]


def _take(menu, name):
    next(action for action in menu.actions() if action.text() == name).trigger()


def test_rows_are_copied_in_the_order_shown(qtbot, view):
    view.columns.arrange([1, 0], ())
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert _clip().text() == "¥3.00\t林桂兰\n¥2.00\t朱志明\n¥1.00\t王秀英"


def test_a_hidden_column_is_not_copied(qtbot, view):
    view.columns.show(1, False)
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert _clip().text() == "王秀英"


def test_rows_are_copied_under_their_titles(qtbot, view):
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL | SHIFT)
    assert _clip().text() == "姓名\t欠费\n王秀英\t¥1.00"


def test_a_sheet_takes_words_as_words(qtbot, view):
    view.table.set_rows([replace(PEOPLE[0], name='=1+1 <b> "x"')])
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    cell = "<td style=\"mso-number-format:'\\@'\">=1+1 &lt;b&gt; &quot;x&quot;</td>"
    assert cell in _clip().html()


def test_nothing_selected_leaves_the_clipboard_alone(qtbot, view):
    QGuiApplication.clipboard().setText("kept")
    view.clearSelection()
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert _clip().text() == "kept"


def test_a_key_saves_the_whole_list_as_arranged(qtbot, view, saved):
    view.columns.arrange([1, 0], ())
    view.show_columns(1)
    qtbot.keyClick(view, Qt.Key.Key_S, CTRL | SHIFT)
    (taken,) = saved
    assert (taken.title, taken.titles) == ("老人", ["欠费", "姓名"])
    assert list(taken.rows) == PEOPLE


def test_a_page_may_save_its_list_itself(qtbot, view, saved):
    own = []
    view.save_by(lambda: own.append("own"))
    qtbot.keyClick(view, Qt.Key.Key_S, CTRL | SHIFT)
    assert (own, saved) == (["own"], [])


def test_the_menu_key_offers_all_that_can_be_done(view, saved):
    menu = _ask_by_key(view)
    assert _names(menu) == ["复制", "连同标题复制", "导出表格", "显示哪些列"]


def test_where_nobody_can_save_it_is_not_offered(view):
    assert "导出表格" not in _names(_ask_by_key(view))


def test_an_empty_list_is_not_saved(view, saved):
    view.table.set_rows([])
    save = _ask_by_key(view).actions()[2]
    assert (save.text(), save.isEnabled()) == ("导出表格", False)


def test_a_menu_that_is_gone_leaves_the_keys_in_place(qtbot, view):
    view.clearSelection()
    _ask_by_key(view).close()
    view.select(2)
    qtbot.keyClick(view, Qt.Key.Key_C, CTRL)
    assert _clip().text() == "林桂兰\t¥3.00"


def test_a_right_click_on_a_title_offers_the_columns(qtbot, view):
    place = QPoint(30, 10)
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.titles.mapToGlobal(place)
    )
    QApplication.sendEvent(view.titles.viewport(), asked)
    menu = _menu(view)
    assert _names(menu) == ["姓名", "欠费", "调整各列…", "恢复原样"]
    _take(menu, "欠费")
    assert view.isColumnHidden(1)


def test_the_last_column_cannot_be_ticked_off(view):
    view.columns.show(1, False)
    ticks = _columns_menu(view).actions()
    assert [tick.isEnabled() for tick in ticks[:2]] == [False, True]


def _columns_menu(view):
    return _ask_by_key(view).actions()[-1].menu()


def test_the_menu_leads_to_arranging_with_the_keys(qtbot, view):
    _take(_columns_menu(view), "调整各列…")
    assert view.findChild(ArrangeDialog).isVisible()


def test_a_button_over_the_titles_shows_while_the_mouse_is_there(qtbot, view):
    qtbot.mouseMove(view.titles.viewport(), QPoint(30, 10))
    qtbot.mouseMove(view.viewport(), QPoint(30, 60))
    qtbot.waitUntil(view.titles.more.isHidden)
    qtbot.mouseMove(view.titles.viewport(), QPoint(10, 10))
    qtbot.waitUntil(view.titles.more.isVisible)
    qtbot.mouseClick(view.titles.more, Qt.MouseButton.LeftButton)
    assert "复制" in _names(_menu(view))
