from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from carehome.ui.kit import theme
from carehome.ui.kit.cards import (
    Consequences,
    Fact,
    FactGrid,
    Facts,
    Figure,
    ListCard,
)
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView

LEFT = Qt.MouseButton.LeftButton


def _texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_a_figure_shrinks_before_it_is_cut(qtbot, shown):
    figure = shown(Figure("¥413,862.50"))
    figure.resize(400, 40)
    qtbot.waitUntil(lambda: figure.number.font().pixelSize() == 28)
    figure.resize(130, 40)
    small = figure.number.font()
    assert small.pixelSize() < 28
    assert theme.room("¥413,862.50", small) <= 130


def test_facts_tell_a_change_with_an_arrow(shown):
    facts = shown(Facts([Fact("床位费", "¥1,500", before="¥1,200")]))
    assert _texts(facts) == ["床位费", "¥1,200 → ¥1,500"]


def test_facts_are_replaced_whole(qtbot, shown):
    facts = shown(Facts([Fact("床位费", "¥1,500")]))
    facts.show_facts([Fact("护理费", "¥800")])
    qtbot.waitUntil(lambda: _texts(facts) == ["护理费", "¥800"])


def test_facts_never_read_a_value_as_markup(shown):
    facts = shown(Facts([Fact("姓名", "<b>王</b>")]))
    value = facts.findChildren(QLabel)[1]
    assert value.textFormat() is Qt.TextFormat.PlainText


def test_a_fact_grid_becomes_one_column_where_it_is_narrow(qtbot, shown):
    grid = FactGrid([Fact("能力等级", "中度"), Fact("护理等级", "半护二级")])
    shown(grid)
    grid.resize(600, 100)
    names = grid.findChildren(QLabel)[::2]
    qtbot.waitUntil(lambda: names[0].y() == names[1].y())
    grid.resize(grid.minimumSizeHint().width(), 100)
    qtbot.waitUntil(lambda: names[0].y() < names[1].y())


def test_a_sentence_among_facts_wraps_and_is_whole(qtbot, shown):
    grid = shown(FactGrid([Fact("隐患来源", "外部检查发现的，" * 9)], 1, wraps=True))
    grid.resize(220, 400)
    value = grid.findChildren(QLabel)[1]
    qtbot.waitUntil(lambda: grid.width() == 220 and value.width() < 220)
    assert value.height() >= value.heightForWidth(value.width()) > 60


def test_consequences_are_shown_before_they_are_confirmed(qtbot, shown):
    card = shown(Consequences("换床", "确认换床"))
    fee = Fact("月服务费", "¥3,700", before="¥2,600", strong=True)
    card.show_deed("王秀英", [fee], ["夜班将少 1 人"])
    told = {"换床", "王秀英", "¥2,600 → ¥3,700", "夜班将少 1 人"}
    qtbot.waitUntil(lambda: told <= set(_texts(card)))
    with qtbot.waitSignal(card.confirmed):
        qtbot.keyClick(card.confirm, Qt.Key.Key_Space)
    with qtbot.waitSignal(card.dismissed):
        qtbot.mouseClick(card.cancel, LEFT)


def test_new_consequences_leave_no_old_warning(qtbot, shown):
    card = shown(Consequences("换床", "确认换床"))
    card.show_deed("王秀英", [], ["夜班将少 1 人"])
    qtbot.waitUntil(lambda: "夜班将少 1 人" in _texts(card))
    card.show_deed("林桂兰", [])
    assert "夜班将少 1 人" not in _texts(card)


def test_a_chip_shows_the_colour_of_its_tone(shown):
    tag = shown(Tag("欠费", "bad"))
    assert tag.grab().toImage().pixelColor(4, tag.height() // 2) == theme.colour(
        "bad_soft"
    )
    tag.set_tone("ok")
    assert tag.grab().toImage().pixelColor(4, tag.height() // 2) == theme.colour(
        "ok_soft"
    )


def test_a_list_lines_up_with_the_title_of_its_card(shown):
    view = TableView(TableModel((Column("Name", str),)), "names", "Names")
    card = shown(ListCard(view, "老人", "112 人"))
    cell = view.viewport().mapTo(card, view.viewport().rect().topLeft()).x()
    title = card.title.mapTo(card, card.title.rect().topLeft()).x()
    assert cell + theme.px(10) - title in {0, 1, 2}


def test_a_text_without_room_ends_in_dots_and_tells_the_whole(shown):
    label = shown(Elided("一段很长很长很长很长的说明文字"))
    label.resize(60, 30)
    assert label.toolTip() == label.text()
    label.resize(600, 30)
    assert label.toolTip() == ""
