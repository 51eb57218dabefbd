"""Columns are the person's: moved, sized, hidden, and found again the next day."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from carehome.ui.kit import layouts, table, theme
from carehome.ui.kit.arranging import ArrangeDialog
from carehome.ui.kit.layouts import Layout
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from tests.kit.test_table_view import PEOPLE, Person

LEFT = Qt.MouseButton.LeftButton
NAME = Column[Person]("Name", lambda p: p.name, stretch=True)
LEVEL = table.number("Level", lambda p: p.level)
OWED = table.money("Owed", lambda p: p.fen)
PHONE = Column[Person]("Phone", lambda p: "13900000000")
COLUMNS = (NAME, LEVEL, OWED, PHONE)


class Kept:
    """What a computer remembers."""

    def __init__(self):
        self.tables = {}

    def table(self, name):
        return self.tables.get(name)

    def keep_table(self, name, layout):
        if layout is None:
            del self.tables[name]
        else:
            self.tables[name] = layout


@pytest.fixture
def kept():
    store = Kept()
    layouts.use(store)
    yield store
    layouts.use(None)


@pytest.fixture
def make(qapp, kept, shown):
    def make(columns=COLUMNS, width=700):
        view = TableView(TableModel(columns, lambda p: p.id), "people", "People")
        view.resize(width, 300)
        view.table.set_rows(PEOPLE)
        return shown(view)

    return make


def _titles(view):
    """Return what is shown from left to right, as the screen has it."""
    header = view.titles
    places = [header.logicalIndex(place) for place in range(header.count())]
    return [
        view.table.columns[at].title for at in places if not view.isColumnHidden(at)
    ]


def _drag(qtbot, view, start, end):
    """Drag in the titles from one place to another, by small steps as a hand does."""
    port = view.titles.viewport()
    middle = view.titles.height() // 2
    qtbot.mousePress(port, LEFT, pos=QPoint(start, middle))
    for step in range(1, 6):
        qtbot.mouseMove(port, QPoint(start + (end - start) * step // 5, middle))
    qtbot.mouseRelease(port, LEFT, pos=QPoint(end, middle))


def _middle(view, at):
    return view.columnViewportPosition(at) + view.columnWidth(at) // 2


def _move_phone_first(qtbot, view):
    _drag(qtbot, view, _middle(view, 3), 8)


def _border(view, at):
    return view.columnViewportPosition(at) + view.columnWidth(at) - 1


def test_a_title_that_is_dragged_takes_its_column_along(qtbot, make):
    view = make()
    _move_phone_first(qtbot, view)
    assert _titles(view) == ["Phone", "Name", "Level", "Owed"]


def test_dragging_a_title_does_not_sort(qtbot, make):
    view = make()
    _move_phone_first(qtbot, view)
    assert view.titles.sortIndicatorSection() == -1


def test_the_order_is_found_again(qtbot, make):
    _move_phone_first(qtbot, make())
    assert _titles(make()) == ["Phone", "Name", "Level", "Owed"]


def test_the_mark_of_a_selected_row_stays_at_the_left(qtbot, make):
    view = make()
    _move_phone_first(qtbot, view)
    view.selectRow(0)
    place = view.visualRect(view.table.index(0, 3)).topLeft() + QPoint(1, 9)
    assert view.viewport().grab().toImage().pixelColor(place) == theme.colour("brand")


def test_a_width_by_hand_is_found_again(qtbot, make):
    view = make()
    _drag(qtbot, view, _border(view, 0), _border(view, 0) - 60)
    wanted = view.columnWidth(0)
    assert make().columnWidth(0) == wanted


def test_widths_by_hand_grow_with_the_text(qtbot, qapp, make):
    view = make()
    _drag(qtbot, view, _border(view, 0), _border(view, 0) - 60)
    wanted = view.columnWidth(0)
    theme.use(qapp, 130)
    try:
        assert make().columnWidth(0) == pytest.approx(wanted * 1.3, abs=1)
    finally:
        theme.use(qapp)


def test_a_window_that_grows_is_no_hand(make, kept):
    make().resize(900, 300)
    assert kept.tables == {}


def test_where_room_lacks_the_widest_column_gives_it(make):
    long = Column[Person]("Story", lambda p: "a long story " * 4, stretch=True)
    short = Column[Person]("Word", lambda p: "word", stretch=True)

    view = make((long, short, LEVEL, OWED), width=480)

    assert view.columnWidth(1) >= theme.room("word", theme.font())
    assert sum(map(view.columnWidth, range(4))) <= view.viewport().width()


def test_the_sorting_is_found_again(qtbot, make):
    view = make()
    middle = QPoint(_middle(view, 1), view.titles.height() // 2)
    for _click in range(2):
        qtbot.mouseClick(view.titles.viewport(), LEFT, pos=middle)
    assert [person.level for person in make().table.rows] == [4, 3, 2]


def test_a_hidden_column_is_found_hidden(make):
    make().columns.show(3, False)
    view = make()
    assert _titles(view) == ["Name", "Level", "Owed"]
    view.columns.show(3, True)
    assert _titles(make()) == ["Name", "Level", "Owed", "Phone"]


def test_the_last_column_cannot_be_hidden(make):
    view = make()
    for at in range(len(COLUMNS)):
        view.columns.show(at, False)
    assert _titles(view) == ["Phone"]


def test_all_goes_back_to_how_it_was_at_first(qtbot, make, kept):
    view = make()
    before = [view.columnWidth(at) for at in range(4)]
    _move_phone_first(qtbot, view)
    _drag(qtbot, view, _border(view, 1), _border(view, 1) + 40)
    view.columns.show(2, False)
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    view.columns.reset()
    assert _titles(view) == ["Name", "Level", "Owed", "Phone"]
    assert [view.columnWidth(at) for at in range(4)] == before
    assert view.table.rows == PEOPLE
    assert kept.tables == {}


def test_what_a_new_program_does_not_have_counts_for_nothing(qtbot, make):
    view = make()
    _move_phone_first(qtbot, view)
    view.columns.show(1, False)
    assert _titles(make((NAME, OWED, PHONE))) == ["Phone", "Name", "Owed"]


def test_what_a_new_program_adds_comes_up_beside_its_neighbour(qtbot, make):
    _move_phone_first(qtbot, make())
    new = Column[Person]("Floor", lambda p: "3")
    view = make((NAME, new, LEVEL, OWED, PHONE))
    assert _titles(view) == ["Phone", "Name", "Floor", "Level", "Owed"]


def test_a_column_that_a_new_program_puts_first_is_first():
    layout = Layout(order=("b", "a"))
    assert layout.places(["new", "a", "b"]) == [0, 2, 1]


@pytest.mark.parametrize(
    "damaged", [[], "x", {"order": 1}, {"order": [], "hidden": [], "widths": []}]
)
def test_a_damaged_layout_is_none(kept, damaged):
    kept.tables["people"] = damaged
    assert layouts.kept("people") == Layout()


def test_beside_a_file_the_first_of_the_own_columns_are_shown(qtbot, make):
    view = make()
    _move_phone_first(qtbot, view)
    view.columns.show(0, False)
    view.show_columns(2)
    assert _titles(view) == ["Phone", "Level"]


def test_after_the_file_everything_is_as_it_was(qtbot, make):
    view = make()
    _move_phone_first(qtbot, view)
    _drag(qtbot, view, _border(view, 0), _border(view, 0) - 50)
    before = [view.columnWidth(at) for at in range(4)]
    view.show_columns(2)
    view.resize(300, 300)
    _drag(qtbot, view, _border(view, 3), _border(view, 3) + 30)
    view.resize(700, 300)
    view.show_columns(4)
    assert _titles(view) == ["Phone", "Name", "Level", "Owed"]
    assert [view.columnWidth(at) for at in range(4)] == before


def test_beside_a_file_columns_share_the_room_again(qtbot, make):
    view = make()
    _drag(qtbot, view, _border(view, 0), _border(view, 0) + 300)
    view.resize(320, 300)
    view.show_columns(2)
    wide = view.columnWidth(0) + view.columnWidth(1)
    assert wide == pytest.approx(view.viewport().width(), abs=2)


def test_a_reload_keeps_what_the_hand_did_beside_a_file(qtbot, make):
    view = make()
    view.show_columns(2)
    _drag(qtbot, view, _border(view, 0), _border(view, 0) - 80)
    wanted = view.columnWidth(0)
    view.table.set_rows([replace(person, fen=7) for person in PEOPLE])
    assert view.columnWidth(0) == wanted


def test_what_the_program_leaves_out_is_not_remembered(make, kept):
    view = make()
    view.columns.leave_out({"Phone"})
    assert _titles(view) == ["Name", "Level", "Owed"]
    assert kept.tables == {}
    view.columns.leave_out(())
    assert _titles(view) == ["Name", "Level", "Owed", "Phone"]


def test_the_keys_arrange_columns_in_the_dialog(qtbot, make):
    view = make()
    dialog = ArrangeDialog(view.columns, view)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)  # hides the name
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.list.currentRow() == 2)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert _titles(view) == ["Owed", "Level", "Phone"]


def test_the_dialog_keeps_one_column_at_least(qtbot, make):
    view = make()
    dialog = ArrangeDialog(view.columns, view)
    dialog.open()
    for _row in COLUMNS:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert not dialog.primary.isEnabled()
    assert dialog.reason.text() == "至少要保留一列。"


def test_a_dialog_that_is_left_changes_nothing(qtbot, make, kept):
    view = make()
    dialog = ArrangeDialog(view.columns, view)
    dialog.open()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert _titles(view) == ["Name", "Level", "Owed", "Phone"]
    assert kept.tables == {}
