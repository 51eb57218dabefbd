"""What leaves the program of a month's roster, from the real service."""

from datetime import date, timedelta

import openpyxl
import pypdf
import pytest

from carehome.rules.rights import Role
from carehome.rules.staff import Leave, LeaveTaken
from carehome.services.rosters import Mark, Rosters
from carehome.services.rosters.papers import NobodyOnRoster, NotOnRoster, RosterPapers
from carehome.services.rosters.texts import MonthText
from carehome.services.staff import Staff
from tests.reports.calendar_reader import moment, read
from tests.requests.house import MONTH, NAMES, staff


@pytest.fixture
def home(db):
    return staff(db)


@pytest.fixture
def people(home):
    return home[0]


@pytest.fixture
def papers(as_role, people):
    return as_role(RosterPapers, Role.HEAD_NURSE)


@pytest.fixture
def rosters(as_role, home):
    """The first works early on the 1st, at night on the 31st, elsewhere on the 5th."""
    people, wards = home
    service = as_role(Rosters, Role.HEAD_NURSE)
    one = str(people[0])
    elsewhere = Mark("E", str(wards[1]))
    service.set_cells(
        MONTH, {(one, 0): Mark("E"), (one, 30): Mark("N"), (one, 4): elsewhere}
    )
    return service


@pytest.fixture
def text(tmp_path):
    """Return all words of a paper."""

    def take(write, *values):
        path = tmp_path / "paper.pdf"
        write(*values, path)
        pages = pypdf.PdfReader(path).pages
        return "\n".join(page.extract_text() for page in pages)

    return take


@pytest.fixture
def events(tmp_path):
    def take(write, *values):
        path = tmp_path / "roster.ics"
        write(*values, path)
        return read(path.read_bytes())

    return take


@pytest.mark.parametrize("name", ["write_wall", "write_small_wall"])
def test_the_wall_shows_everybody_with_shifts_and_their_times(
    papers, rosters, text, name
):
    told = text(getattr(papers, name), MONTH)
    for words in (*NAMES, "2026年12月", "早班 07:00–15:00", "草稿"):
        assert words in told


def test_the_wall_tells_leave_and_explains_its_sign(
    papers, rosters, text, people, as_role
):
    day = MONTH + timedelta(9)
    as_role(Staff).add_leave(people[1], LeaveTaken(Leave.SICK, day, day, 1))
    told = text(papers.write_wall, MONTH)
    assert "病" in told
    assert "病假" in told


def test_a_weekend_worked_on_both_days_is_one_on_the_wall(rosters, people, clock):
    rosters.set_cells(MONTH, {(str(people[0]), 5): Mark("E")})  # Sunday 6th
    (unit, *_rest) = MonthText(rosters.month(MONTH), clock()).wall().units
    assert unit.people[0].totals == ("32", "1", "1")


def test_a_published_wall_says_since_when(papers, rosters, text):
    rosters.publish(MONTH, {each.key: "人少" for each in rosters.obstacles(MONTH)})
    assert "已发布 2026-11-21" in text(papers.write_wall, MONTH)


@pytest.mark.parametrize("name", ["write_own", "write_large_own"])
def test_an_own_month_tells_hours_nights_and_where(papers, rosters, text, people, name):
    told = text(getattr(papers, name), MONTH, people[0])
    for words in ("何梅", "07:00–15:00", "乙", "24"):
        assert words in told
    assert "赵敏" not in told


def test_everybody_gets_a_page(papers, rosters, tmp_path):
    path = tmp_path / "all.pdf"
    papers.write_everybodys(MONTH, path)
    pages = pypdf.PdfReader(path).pages
    told = [page.extract_text() for page in pages]
    assert [next(n for n in NAMES if n in page) for page in told] == sorted(
        NAMES, key=lambda name: next(i for i, page in enumerate(told) if name in page)
    )
    assert len(told) == len(NAMES)


def test_somebody_who_is_not_on_the_roster_has_no_month(papers, rosters, text):
    with pytest.raises(NotOnRoster):
        text(papers.write_own, MONTH, 999)


def test_a_home_without_staff_has_no_roster_to_print(db, as_role, text):
    with pytest.raises(NobodyOnRoster):
        text(as_role(RosterPapers).write_wall, MONTH)


def test_a_calendar_tells_each_shift_with_its_times(papers, rosters, events, people):
    found = events(papers.write_own_calendar, MONTH, people[0])
    assert [each["SUMMARY"] for each in found] == ["早班", "早班", "夜班"]
    assert moment(found[2]["DTSTART"]).isoformat() == "2026-12-31T23:00:00"
    assert moment(found[2]["DTEND"]).isoformat() == "2027-01-01T07:00:00"


def test_a_calendar_tells_another_unit(papers, rosters, events, people):
    found = events(papers.write_own_calendar, MONTH, people[0])
    assert [each.get("LOCATION") for each in found] == ["甲", "乙", "甲"]


def test_a_changed_shift_keeps_its_number(papers, rosters, events, people):
    before = events(papers.write_own_calendar, MONTH, people[0])[0]
    rosters.set_cells(MONTH, {(str(people[0]), 0): Mark("N")})
    after = events(papers.write_own_calendar, MONTH, people[0])[0]
    assert (before["UID"], after["SUMMARY"]) == (after["UID"], "夜班")


def test_the_calendar_of_all_tells_whose_each_shift_is(papers, rosters, events):
    found = events(papers.write_calendar, MONTH)
    assert {each["SUMMARY"] for each in found} == {"何梅 早班", "何梅 夜班"}


def test_everybody_gets_a_calendar_of_their_own(papers, rosters, tmp_path):
    assert papers.write_calendars(MONTH, tmp_path) == len(NAMES)
    assert len(list(tmp_path.glob("*.ics"))) == len(NAMES)


def test_the_workbook_shows_the_month(papers, rosters, tmp_path):
    path = tmp_path / "roster.xlsx"
    papers.write_workbook(MONTH, path)
    grid = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    row = next(row for row in grid.iter_rows(values_only=True) if row[1] == "何梅")
    assert (row[3], row[33]) == ("早", "夜")
    assert row[34:36] == (24, 1)


def test_an_empty_month_can_be_printed_too(papers, text):
    assert "何梅" in text(papers.write_wall, date(2027, 3, 1))
