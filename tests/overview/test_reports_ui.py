"""The tab of reports: what is shown, how one steps, keeps, opens and corrects."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from carehome.db.residents import ResidentRow
from carehome.rules.figure_reports import Span
from carehome.rules.figures import definitions
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.overview.reports import FigureReports
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.overview.reports import BESIDE, KEPT, ReportsTab
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.figure_rows import FigureRows
from carehome.ui.parts.hand import Hand
from tests.conftest import ROLES
from tests.figures import small_home

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def pages():
    return []


@pytest.fixture
def opened(qtbot, qapp, db, clock, pages):
    """Return a function that shows the tab on the home as it is."""
    theme.use(qapp)
    jobs = Jobs()
    user = ROLES[Role.DIRECTOR]
    db.on_change = jobs.announce

    def show():
        make = lambda kind: kind(db, user, clock)  # noqa: E731
        tab = ReportsTab(Hand(make, jobs, user, clock, open_page=pages.append))
        qtbot.addWidget(tab)
        tab.resize(1146, 620)
        tab.show()
        qtbot.waitUntil(lambda: tab.report is not None and not jobs.is_busy)
        return tab

    yield show
    jobs.close()


@pytest.fixture
def tab(opened, db):
    small_home.build(db)
    return opened()


def settled(qtbot, tab):
    qtbot.waitUntil(lambda: not tab.hand.jobs.is_busy)


def labels(tab):
    return [line.label for line in tab.view.table.rows]


def test_the_last_month_that_is_over_is_shown_first(tab):
    assert tab.report.period == OCTOBER
    assert tab.report.code == "month"
    assert "截至" not in tab.days.text()


def test_keys_step_back_and_forward_up_to_the_running_month(tab, qtbot):
    tab.activateWindow()
    tab.view.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(tab.view, Qt.Key.Key_PageDown, alt)
    settled(qtbot, tab)
    assert "截至2026年11月21日" in tab.days.text()
    qtbot.keyClick(tab.view, Qt.Key.Key_PageDown, alt)
    settled(qtbot, tab)
    assert tab.report.period.start == date(2026, 11, 1)
    assert not tab.span.later.isEnabled()
    for _time in range(2):
        qtbot.keyClick(tab.view, Qt.Key.Key_PageUp, alt)
    settled(qtbot, tab)
    assert tab.report.period == SEPTEMBER


def test_each_set_is_shown_for_the_spans_it_is_asked_for(tab, qtbot):
    assert tab.span.spans.isHidden()
    tab.set.set_code("quarter")
    settled(qtbot, tab)
    assert tab.report.period == Period(date(2026, 10, 1), date(2027, 1, 1))
    tab.set.set_code("upward")
    assert not tab.span.spans.isHidden()
    tab.span.spans.set_code(Span.YEAR)
    settled(qtbot, tab)
    assert tab.report.period == Period(date(2026, 1, 1), date(2027, 1, 1))


def test_a_line_tells_its_definition_and_source_when_it_is_chosen(tab):
    tab.view.select("beds.total")
    assert tab.file.isVisible()
    facts = dict(zip(*[iter(_texts(tab.file.facts))] * 2, strict=True))
    assert "期末实际设置的床位数" in facts["定义"]
    assert "民政统计" in facts["依据"]
    assert [c.title for c in tab.view.table.columns][BESIDE:] == [
        "Part of the report",
        "To know about it",
    ]


def _texts(facts):
    return [label.text() for label in facts.findChildren(QLabel)]


def test_enter_opens_the_list_behind_a_figure(tab, qtbot):
    tab.view.select("residents.total")
    qtbot.keyClick(tab.view, Qt.Key.Key_Return)
    (window,) = tab.findChildren(FigureRows)
    names = {line[0] for line in window.view.table.rows}
    assert names == {"王秀英", "李桂兰", "陈德"}


def test_what_is_unknown_says_why_and_leads_to_where_it_is_entered(tab, pages, qtbot):
    tab.set.set_code("filing")
    settled(qtbot, tab)
    tab.view.select("联系电话")
    assert "未登记" in tab.file.why.text()
    tab.file.go.click()
    assert pages == ["Settings"]


def test_what_the_program_does_not_hold_leads_nowhere(tab, qtbot):
    tab.open_key("all")
    settled(qtbot, tab)
    tab.view.select("service.satisfaction")
    assert tab.file.why.isVisible()
    assert not tab.file.go.isEnabled()


def test_figures_are_found_by_part_of_their_name(tab, qtbot):
    tab.open_key("all")
    settled(qtbot, tab)
    assert len(labels(tab)) == len(definitions())
    tab.search.setText("入住率")
    assert {"期末入住率", "平均入住率"} <= set(labels(tab))
    tab.search.setText("没有这个")
    assert labels(tab) == []


def test_keeping_asks_to_whom_and_says_the_number(tab, qtbot):
    tab.keep.click()
    dialog = tab.findChildren(DeedDialog)[-1]
    assert not dialog.primary.isEnabled()
    dialog.form.set_values({"office": "区民政局", "note": "十月"})
    with qtbot.waitSignal(tab.told) as told:
        dialog.primary.click()
    assert "第 1 号" in told.args[0]
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: "区民政局" in tab.days.text())
    assert [kept.office for kept in tab.kept.view.table.rows] == ["区民政局"]


def test_an_old_report_opens_with_what_is_different_by_now(tab, qtbot, db, clock):
    reports = FigureReports(db, ROLES[Role.DIRECTOR], clock)
    number = reports.keep("month", OCTOBER, "区民政局")
    _correct_sex(db)
    tab.open_key(number)
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: tab.kept.file.report is not None)
    tab.kept.file.only.setChecked(True)
    lines = tab.kept.file.view.table.rows
    assert [(line.label, line.otherwise) for line in lines] == [("女性老人数", "1 人")]
    assert "有 1 项与当时不同" in tab.kept.file.story.text()


def test_a_correction_is_a_new_report_that_names_the_old_one(tab, qtbot, db, clock):
    reports = FigureReports(db, ROLES[Role.DIRECTOR], clock)
    old = reports.keep("month", OCTOBER, "区民政局")
    tab.open_key(old)
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: tab.kept.file.report is not None)
    tab.kept.file.correct.click()
    dialog = tab.findChildren(DeedDialog)[-1]
    assert dialog.form.values()["office"] == "区民政局"
    assert not dialog.primary.isEnabled()
    dialog.form.set_values({"note": "性别登错"})
    with qtbot.waitSignal(dialog.accepted):
        dialog.primary.click()
    qtbot.waitUntil(lambda: len(tab.kept.view.table.rows) == 2)
    first, second = tab.kept.view.table.rows
    assert (first.corrects, second.corrected_by) == (old, first.report_id)


def test_a_corrected_report_offers_no_second_correction(tab, qtbot, db, clock):
    reports = FigureReports(db, ROLES[Role.DIRECTOR], clock)
    old = reports.keep("month", OCTOBER, "区民政局")
    reports.keep("month", OCTOBER, "区民政局", "更正", corrects=old)
    tab.open_key(old)
    settled(qtbot, tab)
    qtbot.waitUntil(lambda: tab.kept.file.report is not None)
    assert not tab.kept.file.correct.isEnabled()


def test_printing_opens_the_paper(tab, qtbot):
    tab.print.click()
    qtbot.waitUntil(lambda: bool(tab.findChildren(QDialog)))
    settled(qtbot, tab)


def test_an_empty_home_says_what_is_unknown_and_that_nothing_was_kept(opened):
    tab = opened()
    assert tab.view.table.rows
    tab.which.set_code(KEPT)
    assert tab.kept.view.empty.isVisible()
    assert tab.kept.view.table.rows == []


def _correct_sex(db):
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        session.get_one(ResidentRow, small_home.LI).sex = "male"
