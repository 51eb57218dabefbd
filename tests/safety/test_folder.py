"""The inspector's folder, gathered from a home that had a gap."""

from datetime import date, timedelta

import openpyxl
import pypdf
import pytest

from carehome.rules.bed_days import BackwardSpan
from carehome.rules.rights import Role
from carehome.rules.safety.hazards import NewHazard
from carehome.services.safety.folder import SECTION_NAMES, Folders, Wanted
from carehome.services.safety.hazards import Hazards
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

    assert list(figures(rounds).values()) == ["3", "1", "2", "0"]
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


def test_who_stops_the_gathering_gets_no_workbook(folders, tmp_path):
    def stop(_done, _total):
        raise Stopped

    with pytest.raises(Stopped):
        folders.write_workbook(WEEK, stop, tmp_path / "folder.xlsx")

    assert list(tmp_path.glob("*.xlsx")) == []


def test_days_in_the_wrong_order_are_refused(folders):
    with pytest.raises(BackwardSpan):
        folders.look(Wanted(date(2026, 5, 2), date(2026, 5, 1)))
