from datetime import timedelta

import pypdf
import pytest

from carehome.db.beds import BedRow, FloorRow, RoomRow
from carehome.db.residents import ResidentRow
from carehome.reports.presence import HereFloor, HereLine, HereText, write_here
from carehome.reports.sheet import Letterhead
from carehome.rules.rights import NotAllowed, Role
from carehome.services.presence import Presence
from tests.conftest import TODAY
from tests.house import DIRECTOR, build, settle


@pytest.fixture
def text(tmp_path):
    """Return all words of a paper, or those of one page."""

    def read(write, page=None):
        path = tmp_path / "paper.pdf"
        write(path)
        found = [each.extract_text() for each in pypdf.PdfReader(path).pages]
        return "\n".join(found) if page is None else found[page]

    return read


def test_the_evacuation_sheet_names_room_and_way(presence, text, wang):
    presence.set_way(wang, "wheelchair", "吸氧")
    told = text(presence.write_evacuation)
    for words in ("301-1", "王秀英", "轮椅推", "吸氧"):
        assert words in told


def test_unknown_stands_in_words(presence, text, wang):
    assert "未知，按抬出准备" in text(presence.write_evacuation)


def test_who_is_out_is_not_to_be_looked_for(presence, residents, text, wang):
    residents.record_absence(wang, "hospital", TODAY)
    told = text(presence.write_evacuation, page=0)
    assert "外出的人，不用找" in told
    assert "王秀英" in told


def test_every_floor_has_a_page_after_that_of_the_house(presence, text, wang):
    assert "三楼" in text(presence.write_evacuation, page=1)


def test_the_minute_stands_on_the_sheet(presence, text, clock, wang):
    moment = clock().astimezone().strftime("%Y-%m-%d %H:%M")
    assert moment in text(presence.write_evacuation, page=1)


def test_the_helpers_are_labelled_as_our_estimate(presence, text, wang):
    assert "本程序的估算" in text(presence.write_evacuation)


def test_the_safety_officer_gets_the_evacuation_sheet(as_role, text, wang):
    safety = as_role(Presence, Role.SAFETY_OFFICER)
    assert "王秀英" in text(safety.write_evacuation)


def test_the_evacuation_sheet_writes_nothing(db, presence, text, wang):
    told = []
    db.on_change = told.append
    text(presence.write_evacuation)
    assert told == []


def test_the_sheet_of_an_empty_house_can_be_printed(presence, text):
    assert "疏散名单" in text(presence.write_evacuation)


def test_the_handover_tells_who_is_out_and_what_is_new(presence, residents, text, wang):
    back = TODAY + timedelta(days=2)
    residents.record_absence(wang, "leave", TODAY - timedelta(days=1), back)
    assert "请假 11-20至11-23" in text(presence.write_here)


def test_the_handover_is_not_for_who_may_not_see_residents(as_role, tmp_path, wang):
    with pytest.raises(NotAllowed):
        as_role(Presence, Role.SAFETY_OFFICER).write_here(tmp_path / "paper.pdf")


@pytest.fixture
def full_house(db):
    """Four floors of thirty people each, as a home of 120 has them."""
    build(db)
    with db.writing(DIRECTOR, "raw") as session:
        for level in (4, 5, 6, 7):
            floor = FloorRow(building_id=1, name=f"{level}楼", level=level)
            session.add(floor)
            session.flush()
            for number in range(1, 11):
                room = RoomRow(floor_id=floor.id, name=f"{level}{number:02}")
                session.add(room)
                session.flush()
                for label in "123":
                    bed = BedRow(room_id=room.id, label=label, bed_class="B")
                    session.add(bed)
        session.flush()
        beds = [row.id for row in session.query(BedRow).offset(4)]
    for number, bed in enumerate(beds):
        settle(db, f"欧阳{chr(0x5000 + number)}兰", bed)
    with db.writing(DIRECTOR, "raw") as session:
        for row in session.query(ResidentRow):
            row.ability_level, row.has_dementia = 3, True


def test_a_home_of_120_fits_on_one_page(presence, full_house, tmp_path, clashes):
    path = tmp_path / "paper.pdf"
    presence.write_here(path)
    assert len(pypdf.PdfReader(path).pages) == 1
    assert clashes(path) == []


@pytest.mark.parametrize("people", [101, 108, 111, 112, 115, 116, 117, 120, 121])
def test_no_number_of_people_leaves_a_few_for_a_second_page(people, tmp_path, clock):
    lines = tuple(
        HereLine(
            f"3{number}-1", "欧阳秀英", "女 80", "全护理", "完全", "", is_out=False
        )
        for number in range(people)
    )
    here = HereText((HereFloor("三楼", "", lines),), (("院内", people),))
    path = tmp_path / "paper.pdf"
    write_here(path, here, clock(), Letterhead("福寿养老院"))
    (page,) = pypdf.PdfReader(path).pages
    assert page.extract_text().count("欧阳秀英") == people


def test_thirty_people_of_a_floor_fit_on_its_page(
    presence, full_house, tmp_path, clashes
):
    path = tmp_path / "paper.pdf"
    presence.write_evacuation(path)
    assert len(pypdf.PdfReader(path).pages) == 5
    assert clashes(path) == []
