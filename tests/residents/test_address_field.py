"""Addresses: counties are offered while one types, the rest is free."""

import pytest
from PySide6.QtCore import Qt

from carehome.rules import divisions
from carehome.ui.parts.address_field import AddressField
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

POPUPS = pytest.mark.qt_log_ignore("plugin does not support")
Key = Qt.Key


@pytest.fixture
def address(shown, jobs):  # noqa: F811 - fixtures
    field = shown(AddressField("住址", jobs))
    field.resize(400, field.height())
    field.focus()
    return field


def edit(field, text):
    """Type Chinese signs, as an input method hands them over."""
    field.input.setText(text)
    field.input.textEdited.emit(text)


@POPUPS
def test_a_county_is_offered_and_taken_with_the_keys(address, qtbot):
    edit(address, "西安市长")
    popup = address.found.popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "陕西省西安市长安区"
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert address.value() == "陕西省西安市长安区"
    qtbot.keyClicks(address.input, " 8")
    assert address.value() == "陕西省西安市长安区 8"


@POPUPS
def test_a_city_leads_to_its_counties(address, qtbot):
    edit(address, "铜川")
    popup = address.found.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert address.value() == "陕西省铜川市"
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data().startswith("陕西省铜川市")


@POPUPS
def test_esc_puts_the_list_away_and_leaves_what_is_typed(address, qtbot):
    edit(address, "西安市长")
    popup = address.found.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Escape)
    assert not popup.isVisible()
    assert address.value() == "西安市长"


def test_what_is_known_to_nobody_is_free(address):
    edit(address, "幸福路３号（２楼）")
    assert address.value() == "幸福路3号（2楼）"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("碑林", "陕西省西安市碑林区"),
        ("陕西西安", "陕西省西安市"),
        ("朝阳区", "北京市朝阳区"),
        ("内蒙古", "内蒙古自治区呼和浩特市"),
        ("济南市长", "山东省济南市长清区"),
        ("仙桃", "湖北省仙桃市"),
    ],
)
def test_counties_are_found_by_any_part_of_their_name(typed, first):
    assert divisions.complete(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "西", "陕西省西安市碑林区", "没有这个地方"])
def test_nothing_is_offered_where_nothing_helps(typed):
    assert divisions.complete(typed) == []


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("610103194003051230", "陕西省西安市碑林区"),
        ("110105194003051230", "北京市朝阳区"),
        ("370113194003051230", "山东省济南市长清区"),
        ("820000194003051230", "澳門特別行政區"),
        ("000000194003051230", ""),
    ],
)
def test_an_identity_number_says_where_it_was_given(number, place):
    assert divisions.place_of(number) == place
