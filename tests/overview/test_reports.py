"""Reports: which days, which lines, what changed, what is kept and corrected."""

from datetime import date
from fractions import Fraction

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from carehome.db.change_log import ChangeRow
from carehome.db.figures import FigureReportRow
from carehome.db.residents import ResidentRow
from carehome.i18n import speaking
from carehome.rules.figure_reports import (
    CorrectedAlready,
    NoReceiver,
    NotBegun,
    OtherReport,
    Span,
    bare,
    beside,
    say_change,
    say_days,
    say_span,
    span_in,
    span_of,
    stepped,
)
from carehome.rules.figure_sets import sets
from carehome.rules.figures import Unit, definitions
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.services.overview.kept_reports import lines_in
from carehome.services.overview.report_lines import ALL
from carehome.services.overview.reports import FigureReports
from tests import house
from tests.conftest import ROLES, TODAY
from tests.figures import small_home

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
DECEMBER = Period(date(2026, 12, 1), date(2027, 1, 1))


@pytest.fixture
def home(db):
    small_home.build(db)
    return db


@pytest.fixture
def reports(as_role):
    return as_role(FigureReports)


def line_of(report, key):
    return next(line for line in report.lines if line.key == key)


def told(report, label):
    return next(line for line in report.lines if line.label == label)


# Which days a report tells


@pytest.mark.parametrize(
    ("day", "span", "first", "end"),
    [
        (date(2028, 2, 29), Span.MONTH, date(2028, 2, 1), date(2028, 3, 1)),
        (date(2026, 3, 31), Span.QUARTER, date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), Span.QUARTER, date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), Span.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), Span.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), Span.MONTH, date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_a_report_is_of_the_whole_span_that_holds_a_day(day, span, first, end):
    assert span_of(day, span) == Period(first, end)
    assert span_in(Period(first, end)) is span


@pytest.mark.parametrize(
    ("span", "day", "steps", "first"),
    [
        (Span.MONTH, date(2026, 1, 5), -1, date(2025, 12, 1)),
        (Span.QUARTER, date(2026, 1, 5), -1, date(2025, 10, 1)),
        (Span.QUARTER, date(2026, 11, 5), 1, date(2027, 1, 1)),
        (Span.YEAR, date(2026, 11, 5), -1, date(2025, 1, 1)),
    ],
)
def test_a_step_goes_to_the_next_whole_span(span, day, steps, first):
    assert stepped(span_of(day, span), span, steps) == span_of(first, span)


def test_a_leap_february_has_its_last_day():
    leap = span_of(date(2028, 2, 10), Span.MONTH)
    assert leap.days == 29
    assert "截至" not in say_days(leap, date(2028, 2, 29))
    assert "截至" in say_days(leap, date(2028, 2, 28))


@pytest.mark.parametrize(
    ("day", "span", "said"),
    [
        (date(2026, 10, 9), Span.MONTH, "2026年10月"),
        (date(2026, 12, 9), Span.QUARTER, "2026年第4季度"),
        (date(2026, 1, 1), Span.YEAR, "2026年"),
    ],
)
def test_a_span_is_said_as_titles_have_it(day, span, said):
    assert said in say_span(span_of(day, span)).replace(" ", "")


def test_a_period_that_is_still_to_come_is_refused(reports):
    with pytest.raises(NotBegun) as refusal:
        reports.read("month", DECEMBER)
    assert "2026年12月" in refusal.value.message


# What a value and its change look like


@pytest.mark.parametrize(
    ("value", "unit", "shown", "name"),
    [
        (5, Unit.PEOPLE, "5", "人"),
        (Fraction(3, 5), Unit.SHARE, "60.0", "%"),
        (123456, Unit.MONEY, "1,234.56", "元"),
        (Fraction(13, 2), Unit.RATIO, "1∶6.5", ""),
    ],
)
def test_a_value_stands_beside_its_unit(value, unit, shown, name):
    assert (bare(value, unit).replace(" ", ""), beside(unit)) == (shown, name)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0, Unit.PEOPLE, "持平"),
        (2, Unit.PEOPLE, "+2"),
        (-2, Unit.PEOPLE, "−2"),
        (Fraction(-1, 20), Unit.SHARE, "−5.0个百分点"),
        (-123456, Unit.MONEY, "−1,234.56"),
    ],
)
def test_a_change_bears_its_sign(value, unit, said):
    assert say_change(value, unit) == said


# What stands in a report


def test_a_report_tells_each_line_of_its_set_in_order(home, reports):
    report = reports.read("month", OCTOBER)
    assert [line.key for line in report.lines] == sets()["month"].figures
    beds = line_of(report, "beds.total")
    assert (beds.shown, beds.unit, beds.part) == ("5", "张", "床位")
    assert beds.words
    assert beds.source


def test_a_share_says_what_is_counted_of_what(home, reports):
    line = line_of(reports.read("month", OCTOBER), "beds.nursing_share")
    assert "分子：" in line.words
    assert "分母：" in line.words


def test_the_running_month_is_told_as_of_today(home, reports):
    report = reports.read("month", NOVEMBER)
    assert report.as_of == TODAY
    assert reports.read("month", OCTOBER).as_of == date(2026, 10, 31)


def test_what_is_unknown_says_why(home, reports):
    report = reports.read("upward", OCTOBER)
    line = line_of(report, "service.satisfaction")
    assert line.shown == ""
    assert "本程序未登记满意度调查" in line.unknown


def test_the_filing_form_says_what_is_missing_and_where_it_is_entered(home, reports):
    report = reports.read("filing", OCTOBER)
    assert told(report, "名称").shown == "福寿养老院"
    missing = told(report, "联系电话")
    assert missing.shown == ""
    assert "设置" in missing.unknown


def test_a_home_without_any_data_tells_nothing_made_up(reports):
    report = reports.read(ALL, OCTOBER)
    assert len(report.lines) == len(definitions())
    assert line_of(report, "residents.total").value == 0
    assert line_of(report, "beds.occupancy").value is None
    assert line_of(report, "beds.occupancy").unknown


def test_before_the_first_month_of_the_home_nobody_lives_there(db, reports):
    beds = house.build(db)
    house.settle(db, "王秀英", beds["301-1"], date(2026, 9, 30))
    report = reports.read("month", SEPTEMBER)
    assert line_of(report, "residents.total").value == 1
    assert line_of(report, "residents.total").change == "+1"
    before = reports.read("month", stepped(SEPTEMBER, Span.MONTH, -1))
    assert line_of(before, "residents.total").value == 0


def test_a_year_holds_what_its_months_hold(home, reports):
    year = span_of(TODAY, Span.YEAR)
    total = line_of(reports.read("year", year), "residents.deaths").value
    months = [span_of(date(2026, each, 1), Span.MONTH) for each in range(1, 12)]
    each = [line_of(reports.read(ALL, m), "residents.deaths").value for m in months]
    assert total == sum(each) == 1


def test_without_a_kept_report_changes_are_against_the_period_before(home, reports):
    report = reports.read("month", OCTOBER)
    assert "2026年9月" in report.compared
    assert line_of(report, "residents.total").change == "持平"


# Keeping


def test_a_kept_report_is_stored_to_the_last_digit(home, reports):
    number = reports.keep("month", OCTOBER, "区民政局", "十月")
    live, kept = reports.read("month", OCTOBER), reports.opened(number)
    same = ("label", "value", "shown", "unit", "change", "words", "source", "unknown")
    for mine, other in zip(live.lines, kept.lines, strict=True):
        assert [getattr(mine, x) for x in same] == [getattr(other, x) for x in same]
    assert line_of(kept, "beds.occupancy").value == Fraction(98, 165)
    assert kept.kept.office == "区民政局"
    assert kept.as_of == date(2026, 10, 31)


def test_a_kept_report_says_nothing_of_differences_where_there_are_none(home, reports):
    number = reports.keep(ALL, OCTOBER, "区民政局")
    assert [line for line in reports.opened(number).lines if line.otherwise] == []


def test_what_was_changed_afterwards_is_listed_beside_what_was_kept(home, reports):
    number = reports.keep("month", OCTOBER, "区民政局")
    with home.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.get_one(ResidentRow, small_home.LI).sex = "male"
    kept, live = reports.opened(number), reports.read("month", OCTOBER)
    assert [x.key for x in kept.lines if x.otherwise] == ["residents.female"]
    assert line_of(kept, "residents.female").value == 2
    assert line_of(kept, "residents.female").otherwise == "1 人"
    assert line_of(live, "residents.female").value == 1
    assert line_of(live, "residents.female").otherwise == "2 人"


def test_changes_are_against_the_last_report_kept(home, reports):
    reports.keep("month", SEPTEMBER, "区民政局")
    with home.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.get_one(ResidentRow, small_home.CHEN).sex = "female"
    report = reports.read("month", OCTOBER)
    kept = reports.opened(1)
    assert "第 1 号" in report.compared
    moved = line_of(report, "residents.female").value
    moved -= line_of(kept, "residents.female").value
    shown = line_of(report, "residents.female").change
    assert shown == say_change(moved, Unit.PEOPLE)


def test_a_report_of_another_set_or_length_is_no_report_before(home, reports):
    reports.keep("upward", SEPTEMBER, "区民政局")
    reports.keep("upward", span_of(date(2026, 9, 1), Span.QUARTER), "区民政局")
    assert "第 " not in reports.read("month", OCTOBER).compared
    assert "第 1 号" in reports.read("upward", OCTOBER).compared


def test_a_report_is_handed_in_to_somebody(home, reports):
    with pytest.raises(NoReceiver):
        reports.keep("month", OCTOBER, "  ")


def test_the_database_refuses_to_change_what_was_handed_in(home, reports):
    reports.keep("month", OCTOBER, "区民政局")
    for deed in (
        "UPDATE figure_report SET office = 'x'",
        "DELETE FROM figure_report",
        "UPDATE figure_report_line SET shown = 'x'",
        "DELETE FROM figure_report_line",
    ):
        with (
            pytest.raises(IntegrityError, match="sealed"),
            home.writing(ROLES[Role.DIRECTOR], "test") as session,
        ):
            session.connection().execute(sa.text(deed))


def test_a_correction_names_the_old_report_which_stays(home, reports):
    old = reports.keep("month", OCTOBER, "区民政局")
    new = reports.keep("month", OCTOBER, "区民政局", "性别登错", corrects=old)
    first, second = reports.kept()[1], reports.kept()[0]
    assert (second.report_id, second.corrects) == (new, old)
    assert (first.corrected_by, first.holds) == (new, False)
    assert reports.read("month", OCTOBER).kept.report_id == new


def test_a_report_is_corrected_once_then_its_correction_is(home, reports):
    old = reports.keep("month", OCTOBER, "区民政局")
    reports.keep("month", OCTOBER, "区民政局", corrects=old)
    with pytest.raises(CorrectedAlready):
        reports.keep("month", OCTOBER, "区民政局", corrects=old)


def test_a_correction_is_of_the_same_set_and_days(home, reports):
    old = reports.keep("month", OCTOBER, "区民政局")
    with pytest.raises(OtherReport):
        reports.keep("month", SEPTEMBER, "区民政局", corrects=old)


def test_a_corrected_report_is_not_what_later_ones_are_compared_with(home, reports):
    old = reports.keep("month", SEPTEMBER, "区民政局")
    reports.keep("month", SEPTEMBER, "区民政局", corrects=old)
    assert "第 2 号" in reports.read("month", OCTOBER).compared


def test_what_is_kept_speaks_chinese_whatever_the_screen_speaks(home, reports):
    with speaking("en"):
        number = reports.keep("month", OCTOBER, "区民政局")
    assert line_of(reports.opened(number), "beds.total").part == "床位"


# Who may


def test_only_who_sees_the_overview_reads_reports(as_role):
    with pytest.raises(NotAllowed):
        as_role(FigureReports, Role.FRONT_DESK).read("month", OCTOBER)


def test_kept_figures_of_money_are_hidden_from_who_may_not_see_them(home, reports):
    number = reports.keep("month", OCTOBER, "区民政局")
    with home.reading() as session:
        lines = lines_in(session, number, ROLES[Role.HEAD_NURSE])
    hidden = [line for line in lines if line.key.startswith("fees.")]
    assert hidden
    assert {line.shown for line in hidden} == {""}
    assert {line.value for line in hidden} == {None}


def test_a_kept_report_is_in_the_log_once_not_line_by_line(home, reports):
    reports.keep("month", OCTOBER, "区民政局")
    with home.reading() as session:
        rows = session.scalars(
            sa.select(ChangeRow).where(ChangeRow.deed == "FigureReports.keep")
        ).all()
        assert [row.record for row in rows] == [FigureReportRow.__tablename__]
