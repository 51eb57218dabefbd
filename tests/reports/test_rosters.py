"""The roster for the wall and the own month, drawn from plain values."""

from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest

from carehome.reports.roster_months import OwnDay, OwnMonth, write_own_months
from carehome.reports.rosters import (
    DayLook,
    Look,
    Wall,
    WallCell,
    WallCover,
    WallPerson,
    WallUnit,
    write_wall,
)
from carehome.reports.sheet import A3_WIDE, A4, A4_WIDE, A5

MONTH = date(2026, 10, 1)
NOW = datetime(2026, 9, 25, 16, 30, tzinfo=UTC)
SIGNS = (
    WallCell("早", Look.DAY),
    WallCell("中", Look.LATE, "三"),
    WallCell("夜", Look.NIGHT),
    WallCell("休", Look.OFF),
    WallCell("年", Look.AWAY),
)
LEGEND = (
    ("早", Look.DAY, "早班 07:00–15:00"),
    ("中", Look.LATE, "中班 15:00–23:00"),
    ("夜", Look.NIGHT, "夜班 23:00–次日07:00"),
    ("休", Look.OFF, "休息"),
)


def look(day):
    if day.day <= 3:
        return DayLook.STATUTORY
    return DayLook.REST if day.weekday() >= 5 else DayLook.WORK


DAYS = tuple((day, look(day)) for day in (MONTH + timedelta(n) for n in range(31)))


def person(at):
    cells = tuple(SIGNS[(at + day) % len(SIGNS)] for day in range(31))
    note = "消防控制室值班员" if at % 5 == 0 else "三级"
    return WallPerson(f"欧阳梅{at}", note, cells, ("165:20", "7", "4"))


def wall(count, legend=LEGEND):
    people = tuple(map(person, range(count)))
    third = -(-count // 3)
    units = tuple(
        WallUnit(name, people[at * third : (at + 1) * third])
        for at, name in enumerate("二三四")
    )
    covers = tuple(
        WallCover(
            f"{unit}楼 {sign} 需/有",
            (("3/3", False), ("3/2", True)) + (("3/3", False),) * 29,
        )
        for unit in "二三四"
        for sign in "早中夜"
    )
    return Wall(
        MONTH,
        "已发布 2026-09-25 16:20 李敏",
        DAYS,
        units,
        covers,
        legend,
        ("工时", "夜", "周末"),
        ("制表", "护士长", "院长"),
        NOW,
    )


@pytest.mark.parametrize(
    ("size", "count", "pages"),
    [(A3_WIDE, 40, 1), (A4_WIDE, 40, 2), (A3_WIDE, 80, 2), (A4_WIDE, 8, 1)],
)
def test_the_wall_takes_as_few_sheets_as_can_be_read(
    tmp_path, home, size, count, pages
):
    path = tmp_path / "wall.pdf"
    write_wall(path, wall(count), home, size)
    assert len(pypdf.PdfReader(path).pages) == pages


@pytest.mark.parametrize("size", [A3_WIDE, A4_WIDE])
@pytest.mark.parametrize("count", [1, 40])
def test_no_words_of_the_wall_meet_or_leave_the_page(
    tmp_path, home, clashes, size, count
):
    path = tmp_path / "wall.pdf"
    write_wall(path, wall(count), home, size)
    assert clashes(path) == []


def test_a_long_legend_goes_on_in_a_second_line(tmp_path, home, clashes):
    path = tmp_path / "wall.pdf"
    write_wall(path, wall(20, LEGEND * 4), home, A4_WIDE)
    assert clashes(path) == []


def test_everybody_stands_on_the_wall_once(tmp_path, home, pages):
    path = tmp_path / "wall.pdf"
    write_wall(path, wall(40), home, A4_WIDE)
    words = [line for page in pages(path) for line in page]
    assert all(words.count(f"欧阳梅{at}") == 1 for at in range(40))


def test_a_unit_that_goes_on_is_named_again(tmp_path, home, pages):
    path = tmp_path / "wall.pdf"
    write_wall(path, wall(40), home, A4_WIDE)
    first, second = pages(path)
    assert "三" in first
    assert "三" in second


@pytest.mark.parametrize("size", [A5, A4])
def test_an_own_month_is_a_calendar_from_monday(tmp_path, home, clashes, size):
    days = tuple(
        OwnDay(day, kind, "夜", Look.NIGHT, "23:00–次日07:00", "三楼", "国庆节")
        for day, kind in DAYS
    )
    totals = (("工时", "165:20"), ("夜班", "7"), ("周末上班", "4"), ("法定节假日", "3"))
    own = OwnMonth("何梅", "三楼　护理员", MONTH, "草稿", days, totals, LEGEND, NOW)
    path = tmp_path / "own.pdf"
    write_own_months(path, [own, own], home, size)
    assert clashes(path) == []
    assert len(pypdf.PdfReader(path).pages) == 2
