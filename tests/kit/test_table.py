from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from carehome.ui.kit import table
from carehome.ui.kit.table import SORT, Column, TableModel


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    fen: int | None = None
    since: date | None = None


COLUMNS = (
    Column[Person]("Name", lambda p: p.name, order=lambda p: p.id),
    table.money("Amount", lambda p: p.fen),
    table.day("Since", lambda p: p.since, tip=lambda p: p.name),
)
WANG = Person(1, "王秀英", 123456, date(2022, 1, 3))
LIN = Person(2, "林桂兰", -50)
ZHU = Person(3, "朱志明")


@pytest.fixture
def model(qapp):
    model = TableModel(COLUMNS, key=lambda person: person.id)
    model.set_rows([LIN, WANG, ZHU])
    return model


def _names(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_model_keeps_qts_contract(qtmodeltester, model):
    qtmodeltester.check(model)
    model.set_rows([WANG])
    model.sort(1)


@pytest.mark.parametrize(
    ("column", "text"), [(0, "王秀英"), (1, "¥1,234.56"), (2, "2022-01-03")]
)
def test_a_cell_shows_its_value_as_lists_do(model, column, text):
    assert model.index(1, column).data() == text


def test_an_empty_value_shows_nothing(model):
    assert model.index(2, 1).data() == ""


def test_a_cell_gives_its_raw_value_to_sort_by(model):
    assert model.index(1, 1).data(SORT) == 123456


def test_numbers_stand_at_the_right(model):
    align = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert align & Qt.AlignmentFlag.AlignRight
    title = model.headerData(
        1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
    )
    assert title & Qt.AlignmentFlag.AlignRight


def test_a_column_can_tell_more_when_asked(model):
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "王秀英"


def test_a_column_sorts_by_what_it_is_told_to(model):
    model.sort(0)
    assert _names(model) == ["王秀英", "林桂兰", "朱志明"]


def test_empty_cells_come_first(model):
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert _names(model) == ["朱志明", "林桂兰", "王秀英"]


def test_new_rows_keep_the_order_that_was_chosen(model):
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_rows([ZHU, LIN, WANG])
    assert _names(model) == ["王秀英", "林桂兰", "朱志明"]


def test_sorting_by_nothing_gives_the_rows_as_they_came(model):
    model.sort(0)
    model.sort(-1)
    assert _names(model) == ["林桂兰", "王秀英", "朱志明"]


def test_sorting_takes_marked_places_along(model):
    place = QPersistentModelIndex(model.index(0, 1))
    model.sort(0)
    assert model.row(place) is LIN


def test_a_row_is_found_by_its_key(model):
    model.sort(0)
    assert model.find(2) == 1
    assert model.find(9) == -1


def test_rows_are_replaced_without_reading_them():
    asked = []
    model = TableModel((Column("Name", asked.append),))
    model.set_rows([Person(number, "王秀英", number) for number in range(10_000)])
    assert model.rowCount() == 10_000
    assert asked == []
