import pytest

from carehome.rules.roll import Place, shipped
from carehome.rules.roll.places import PlaceReader

READER = PlaceReader(shipped())


@pytest.mark.parametrize(
    ("building", "floor", "room", "bed", "place"),
    [
        ("", "", "101", "2", Place("", "", "101", "2")),
        ("", "", "101室", "2床", Place("", "", "101", "2")),
        ("", "", "101号房间", "2号床", Place("", "", "101", "2")),
        ("", "", "", "101-2", Place("", "", "101", "2")),
        ("", "", "101", "101-2", Place("", "", "101", "2")),
        ("", "", "101-2", "", Place("", "", "101", "2")),
        ("", "", "", "101—2", Place("", "", "101", "2")),
        ("", "", "", "101/2", Place("", "", "101", "2")),
        ("", "", "", "101 2", Place("", "", "101", "2")),
        ("", "", "", "101床2", Place("", "", "101", "2")),
        ("", "", "", "101号2床", Place("", "", "101", "2")),
        ("", "", "", "３０１－２", Place("", "", "301", "2")),
        ("", "", "", "3楼301-2床", Place("", "3", "301", "2")),
        ("", "", "", "1号楼3层305室1床", Place("1号楼", "3", "305", "1")),
        ("", "", "", "东楼305-1", Place("东楼", "", "305", "1")),
        ("", "", "", "康乐楼305室1床", Place("康乐楼", "", "305", "1")),
        ("", "", "", "2-101-1", Place("2", "", "101", "1")),
        ("", "", "", "2-1-101-1", Place("2", "1", "101", "1")),
        ("", "", "1-101", "2", Place("1", "", "101", "2")),
        ("1号楼", "三层", "301", "B", Place("1号楼", "3", "301", "B")),
        ("", "十二楼", "1201", "1", Place("", "12", "1201", "1")),
        ("", "3F", "301", "1", Place("", "3", "301", "1")),
        ("", "", "", "12", Place("", "", "", "12")),
        ("", "", "101", "", Place("", "", "101", "")),
        ("", "", "A101", "1", Place("", "", "A101", "1")),
    ],
)
def test_place_is_read_from_whichever_cell_tells_it(building, floor, room, bed, place):
    assert READER.read(building, floor, room, bed) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("一楼", Place(floor="1")),
        ("三楼护理区", Place(floor="3")),
        ("一楼（共15人）", Place(floor="1")),
        ("2号楼", Place(building="2号楼")),
        ("2号楼3层", Place(building="2号楼", floor="3")),
        ("特困供养区", Place()),
        ("福寿养老院", Place()),
    ],
)
def test_dividing_row_names_building_and_floor(text, place):
    assert READER.section(text) == place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Place("1号楼", "", "101", "1"), Place("1", "", "101", "01"), True),
        (Place("一号楼", "3层", "301", "1"), Place("1栋", "3", "301", "1"), True),
        (Place("", "", "101", "1"), Place("1号楼", "1", "101", "1"), True),
        (Place("1号楼", "", "101", "1"), Place("2号楼", "", "101", "1"), False),
        (Place("", "1", "1", "1"), Place("", "2", "1", "1"), False),
        (Place("", "", "101", "1"), Place("", "", "101", "2"), False),
        (Place("", "", "a101", "b"), Place("", "", "A101", "B"), True),
    ],
)
def test_beds_are_the_same_however_they_are_named(one, other, same):
    assert READER.key(one).may_be(READER.key(other)) is same
