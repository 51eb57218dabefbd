"""The inspector's folder, gathered from a home that had a gap."""

import re
from datetime import date, timedelta

import openpyxl
import pypdf
import pytest
from PIL import Image

from carehome.i18n import _
from carehome.rules.bed_days import BackwardSpan
from carehome.rules.rights import Role
from carehome.rules.safety.approvals import Paper
from carehome.rules.safety.hazards import NewHazard
from carehome.rules.safety.inspections import Inspection
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.folder import SECTION_NAMES, Folders, Wanted
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.inspections import Inspections
from carehome.services.safety.photos import read_picture
from carehome.services.safety.rounds import Answer, Rounds, Verdict
from tests.conftest import ROLES, TODAY
from tests.safety.round_house import MORNING, at, furnish

DAY = timedelta(days=1)
OFFICER = ROLES[Role.SAFETY_OFFICER]
WEEK = Wanted(TODAY - 6 * DAY, TODAY)


def on(_done, _total):
    """Let the gathering go on."""


class Stopped(Exception):
    """Raised by a test in the midst of gathering."""


@pytest.fixture
def folders(db):
    """Return the folder of a home that made one of three due rounds."""
    plan = furnish(db, TODAY - 2 * DAY)
    rounds = Rounds(db, OFFICER, at(TODAY, 9))
    number = rounds.start(plan, MORNING)
    items = rounds.sheet(number).items
    rounds.keep(number, {item.item_id: Answer(Verdict.OK) for item in items})
    rounds.finish(number, "周建国")
    return Folders(db, OFFICER, at(TODAY, 13))


def figures(section):
    return {figure.name: figure.number for figure in section.figures}


def test_rounds_that_were_never_made_stand_in_the_folder(folders):
    rounds = folders.look(WEEK)["rounds"]

    assert list(figures(rounds).values()) == [3, 1, 2, 0]
    missed = next(each for each in rounds.part.tables if each.title == "漏巡")
    assert [row[0].date() for row in missed.rows] == [TODAY - 2 * DAY, TODAY - DAY]
    assert rounds.gaps


def test_every_single_round_is_listed_with_who_made_it(folders):
    [listed] = folders.look(WEEK)["register"].part.tables

    assert [row[6] for row in listed.rows] == ["周建国"]


def test_a_hazard_stands_in_the_folder_and_is_a_gap_once_overdue(db):
    Hazards(db, OFFICER, at(TODAY - 30 * DAY)).open(NewHazard("灯不亮", "二楼"))
    found = Folders(db, OFFICER, at(TODAY)).look(WEEK)["hazards"]

    assert [row[2] for row in found.part.tables[0].rows] == ["灯不亮"]
    assert len(found.gaps) == 1


@pytest.fixture
def photo(tmp_path):
    """Return what takes a photo of one tone, as the home would keep it."""

    def take(tone):
        Image.new("RGB", (640, 480), tone).save(tmp_path / "lamp.jpg")
        return read_picture(tmp_path / "lamp.jpg")

    return take


@pytest.fixture
def mended(db, photo):
    """Return a home with a lamp seen dark and mended, and a hazard without photos."""
    hazards = Hazards(db, OFFICER, at(TODAY))
    lamp = hazards.open(NewHazard("灯不亮", "二楼"), [photo("black")])
    after = [photo("yellow"), photo("white")]
    hazards.rectify(lamp, "已换灯泡", "张师傅", pictures=after)
    hazards.open(NewHazard("通道堆物", "三楼"))
    return Folders(db, OFFICER, at(TODAY))


def test_photos_are_counted_by_hazard_and_those_without_are_told(mended):
    part = mended.look(WEEK)["photos"].part

    assert [row[3:] for row in part.tables[0].rows] == [(1, 2, 0)]
    assert part.told == ("1 处隐患共有照片 3 张；1 处没有照片。",)


def test_the_folder_shows_hazards_before_and_after(mended, tmp_path):
    path = tmp_path / "folder.pdf"

    mended.write(Wanted(WEEK.first, WEEK.last, frozenset({"photos"})), path, on)

    last = pypdf.PdfReader(path).pages[-1]
    assert len(last.images) == 3
    lines = last.extract_text().splitlines()
    assert [each for each in lines if each in ("整改前", "整改后")] == [
        "整改前",
        "整改后",
        "整改后",
    ]


def test_folder_names_on_its_front_what_was_left_out(folders, tmp_path):
    path = tmp_path / "folder.pdf"

    folders.write(Wanted(WEEK.first, WEEK.last, frozenset({"hazards"})), path, on)

    front = pypdf.PdfReader(path).pages[0].extract_text()
    assert "本资料夹没有收入：巡查与漏巡" in front


def test_workbook_holds_the_same_parts(folders, tmp_path):
    path = tmp_path / "folder.xlsx"

    folders.write_workbook(WEEK, on, path)

    names = openpyxl.load_workbook(path).sheetnames
    assert {name.split(".")[0] for name in names[1:]} == {
        str(number) for number in range(1, len(SECTION_NAMES) + 1)
    }


def flat(outline, depth=0):
    """Return the bookmarks of a PDF with their depth."""
    for each in outline:
        if isinstance(each, list):
            yield from flat(each, depth + 1)
        else:
            yield each, depth


@pytest.fixture
def book(folders, tmp_path):
    """Return the folder of the week as a PDF."""
    folders.write(WEEK, tmp_path / "folder.pdf", on)
    return pypdf.PdfReader(tmp_path / "folder.pdf")


def test_bookmarks_lead_to_the_page_that_bears_the_title(book):
    found = list(flat(book.outline))

    assert {depth for _each, depth in found} == {0, 1}
    for each, _depth in found:
        page = book.pages[book.get_destination_page_number(each)]
        assert each.title in page.extract_text()


def test_every_part_has_a_bookmark_of_its_own(book):
    parts = [each.title for each, depth in flat(book.outline) if depth == 0]

    assert [title.split(". ")[1] for title in parts] == list(
        map(_, SECTION_NAMES.values())
    )


def test_contents_give_the_page_of_every_part_and_list(book):
    first = book.get_destination_page_number(book.outline[0])
    told = "\n".join(page.extract_text() for page in book.pages[1:first])

    for each, _depth in flat(book.outline):
        number = book.get_destination_page_number(each) + 1
        line = rf"^{re.escape(each.title)}\n(\d+ 行\n)?{number}$"
        assert re.search(line, told, re.MULTILINE)


def test_no_part_stands_alone_at_the_foot_of_the_contents(book):
    first = book.get_destination_page_number(book.outline[0])
    for page in book.pages[1:first]:
        lines = page.extract_text().splitlines()
        foot = next(at for at, line in enumerate(lines) if " \u00b7 " in line)
        assert "行" in lines[foot - 2]  # how long the last list is, then its page


def test_a_page_that_begins_with_a_list_is_headed_by_it(book):
    """Not by the list that ended on the page before."""
    for page in book.pages:
        lines = page.extract_text().splitlines()
        if " \u00b7 " in lines[0] and "行" in " ".join(lines[1:3]):
            assert lines[0].split(" \u00b7 ")[1] in " ".join(lines[1:3])


@pytest.mark.parametrize("at", [1, 9, 12, 15])
def test_who_stops_the_drawing_leaves_no_file(folders, tmp_path, at):
    told = []

    def stop(_done, _total):
        told.append(1)
        if len(told) == at:
            raise Stopped

    with pytest.raises(Stopped):
        folders.write(WEEK, tmp_path / "folder.pdf", stop)

    assert list(tmp_path.glob("*folder*")) == []


def test_days_before_the_plan_began_are_told_not_passed_over(folders):
    before = Wanted(TODAY - 60 * DAY, TODAY)

    gaps = folders.look(before)["rounds"].gaps

    assert any("2026-11-19" in gap for gap in gaps)


def test_a_home_without_a_plan_does_not_look_as_if_nothing_was_missed(db):
    gaps = Folders(db, OFFICER, at(TODAY)).look(WEEK)["rounds"].gaps

    assert gaps == ("这段时间没有巡查计划，所以没有漏巡可列。",)


def test_rounds_that_nobody_signed_are_told(folders):
    assert "1 次巡查主管人员还没有签字。" in folders.look(WEEK)["rounds"].gaps


def test_a_home_without_an_emergency_plan_is_told(db):
    gaps = Folders(db, OFFICER, at(TODAY)).look(WEEK)["drills"].gaps

    assert "没有应急预案。" in gaps


def test_who_stops_the_gathering_gets_no_workbook(folders, tmp_path):
    def stop(_done, _total):
        raise Stopped

    with pytest.raises(Stopped):
        folders.write_workbook(WEEK, stop, tmp_path / "folder.xlsx")

    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_share_of_a_premium_is_called_an_estimate_in_the_folder(db):
    insured = Paper(
        "liability", TODAY, TODAY + DAY, party="平安", fen=10_01, percent=70
    )
    SafetyPapers(db, OFFICER, at(TODAY)).save(insured)
    part = Folders(db, OFFICER, at(TODAY)).look(WEEK)["papers"].part
    [row] = part.tables[-1].rows

    assert row[-1] == "测算：政府承担 7.01 元，本院承担 3.00 元"


def test_a_fine_stands_in_the_folder_with_its_amount_and_decision(db):
    fined = {"penalty": "fine", "penalty_fen": 5_000_00, "penalty_number": "城消罚7号"}
    inspections = Inspections(db, OFFICER, at(TODAY))
    inspections.save(Inspection(TODAY, "fire", "random", **fined))

    part = Folders(db, OFFICER, at(TODAY)).look(WEEK)["inspections"].part
    visits = part.tables[0]

    [row] = visits.rows
    assert row[7] == "罚款；5,000.00 元；城消罚7号"


def test_days_in_the_wrong_order_are_refused(folders):
    with pytest.raises(BackwardSpan):
        folders.look(Wanted(date(2026, 5, 2), date(2026, 5, 1)))
