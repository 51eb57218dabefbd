"""The tab of papers and inspections: filed, found, answered from the keyboard."""

# ruff: noqa: F811 - fixtures are imported and named again where they are used
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from carehome.rules.rights import Role
from carehome.rules.safety.approvals import Group, Paper, PaperRules
from carehome.rules.safety.hazards import Severity
from carehome.rules.safety.inspections import Inspection
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.inspections import Inspections
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.safety.paper_forms import InspectionForm
from carehome.ui.safety.paper_words import facts_of_paper
from carehome.ui.safety.papers import OUTSIDE, PapersTab
from tests import house
from tests.conftest import ROLES, TODAY
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

DAY = timedelta(days=1)
SERVED = Paper("fire_service", TODAY - 300 * DAY, TODAY + 3 * DAY, party="安信消防")
TESTED = Paper("facility_test", TODAY - 30 * DAY, outcome="passed", party="安信检测")
VISIT = Inspection(TODAY - 5 * DAY, "fire", "random", answer_due=TODAY + DAY)


@pytest.fixture
def tab(db, as_role, clock, jobs, shown, qtbot):
    """Return a function that shows the tab as a role has it."""
    house.build(db)

    def show(role=Role.SAFETY_OFFICER):
        def make(kind):
            return kind(db, ROLES[role], clock)

        tab = shown(PapersTab(Hand(make, jobs, ROLES[role], clock, lambda _id: None)))
        qtbot.waitUntil(lambda: not jobs.is_busy)
        return tab

    return show


@pytest.fixture
def press(qtbot, jobs):
    def click(button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not jobs.is_busy)

    return click


def listed(tab):
    return [paper.kind for paper in tab.papers.view.table.rows]


def test_an_empty_home_hears_what_is_missing(tab):
    shown = tab()
    assert listed(shown) == []
    assert "没有登记消防验收" in shown.papers.missing.text()


def test_each_group_lists_its_own(tab, as_role):
    for paper in (SERVED, TESTED):
        as_role(SafetyPapers).save(paper)
    shown = tab()
    shown.which.set_code(Group.TEST)
    assert listed(shown) == ["facility_test"]


def test_a_policy_is_filed_with_the_share_of_the_government(tab, as_role, press):
    shown = tab()
    press(shown.papers.add[Group.INSURANCE])
    dialog = shown.papers.findChild(DeedDialog)
    dialog.form.set_values(
        {
            "party": "平安财险",
            "starts": TODAY,
            "last_day": TODAY + 364 * DAY,
            "fen": 12_000_00,
        }
    )
    press(dialog.primary)
    (kept,) = as_role(SafetyPapers).listed(TODAY).papers
    assert (kept.kind, kept.share.government) == ("liability", 8_400_00)


def test_the_share_is_shown_to_the_fen_and_called_an_estimate():
    insured = Paper("liability", TODAY, fen=10_01, percent=70)
    told = {fact.name: fact.value for fact in facts_of_paper(insured, PaperRules())}
    assert told["政府承担70%（测算）"].endswith("7.01")
    assert told["本院承担（测算）"].endswith("3.00")


def test_other_insurance_is_shared_by_nobody(tab, as_role, press):
    shown = tab()
    press(shown.papers.add[Group.INSURANCE])
    dialog = shown.papers.findChild(DeedDialog)
    dialog.form.set_values(
        {
            "kind": "employer",
            "party": "平安财险",
            "starts": TODAY,
            "last_day": TODAY + 364 * DAY,
            "fen": 3_000_00,
        }
    )
    assert dialog.form.fields["percent"].isHidden()
    press(dialog.primary)
    (kept,) = as_role(SafetyPapers).listed(TODAY).papers
    assert kept.share is None


def test_a_day_that_cannot_be_is_told_beside_its_field(tab, press):
    shown = tab()
    press(shown.papers.add[Group.CONTRACT])
    dialog = shown.papers.findChild(DeedDialog)
    days = {"starts": TODAY, "last_day": TODAY - DAY}
    dialog.form.set_values({"kind": "fire_service", "party": "安信消防", **days})
    press(dialog.primary)
    assert dialog.form.fields["last_day"].error


def test_an_opened_paper_shows_its_days(tab, as_role):
    number = as_role(SafetyPapers).save(SERVED)
    shown = tab()
    shown.open_key(("safety_paper", number))
    assert shown.papers.file.isVisible()
    assert shown.papers.file.title.text() == "消防设施维护保养"


def test_what_a_test_found_leads_to_its_hazard(tab, as_role, qtbot):
    number = as_role(SafetyPapers).save(TESTED)
    found = "烟感失效", "三楼", Severity.HIGH
    hazard_id = as_role(SafetyPapers).add_finding(number, *found)
    shown = tab()
    shown.open_key(("safety_paper", number))
    findings = shown.papers.file.findings.view
    findings.selectRow(0)
    with qtbot.waitSignal(shown.wanted) as wanted:
        qtbot.keyClick(findings, Qt.Key.Key_Return)
    assert wanted.args == ["Hazards", hazard_id]


def test_what_an_office_wrote_scrolls_in_a_low_window(tab, as_role, qtbot):
    fine = replace(VISIT, number="77", penalty="fine", penalty_fen=5_000_00)
    told = replace(fine, told="三楼疏散指示标志不亮", penalty_number="7", note="已公示")
    number = as_role(Inspections).save(told)
    shown = tab()
    shown.which.set_code(OUTSIDE)
    shown.inspections.open_inspection(number)
    facts = shown.inspections.file.facts
    qtbot.waitUntil(lambda: facts.height() >= facts.sizeHint().height() > 200)
    assert shown.minimumSizeHint().height() < 480


def test_a_finding_is_entered_beside_its_inspection(tab, as_role, press):
    number = as_role(Inspections).save(VISIT)
    shown = tab()
    shown.open_key(("outside_inspection", number))
    press(shown.inspections.file.findings.add)
    dialog = shown.inspections.findChild(DeedDialog)
    dialog.form.set_values({"item": "指示灯不亮", "place": "二楼"})
    press(dialog.primary)
    (known,) = as_role(Inspections).listed()
    assert [each.item for each in known.findings] == ["指示灯不亮"]


def test_an_answer_given_needs_no_answer_any_more(tab, as_role, press, jobs, qtbot):
    number = as_role(Inspections).save(VISIT)
    shown = tab()
    shown.open_key(("outside_inspection", number))
    press(shown.inspections.file.answer)
    dialog = shown.inspections.findChild(DeedDialog)
    dialog.form.set_values({"answer": "已更换"})
    press(dialog.primary)
    (known,) = as_role(Inspections).listed()
    assert known.answered_on == TODAY
    jobs.changed.emit(frozenset({"outside_inspection"}))
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert shown.inspections.file.answer.text() == "更正答复"


def test_an_answer_keeps_its_scan(tab, as_role, press, tmp_path):
    number = as_role(Inspections).save(VISIT)
    path = tmp_path / "回复.pdf"
    path.write_bytes(b"%PDF-1.4 answer")
    shown = tab()
    shown.open_key(("outside_inspection", number))
    press(shown.inspections.file.answer)
    dialog = shown.inspections.findChild(DeedDialog)
    dialog.form.set_values({"answer": "已更换", "scan": str(path)})
    press(dialog.primary)
    (known,) = as_role(Inspections).listed()
    assert as_role(SafetyPapers).scan(known.answer_scan_id) == path.read_bytes()


def test_an_empty_scan_of_an_answer_is_told_beside_its_field(
    tab, as_role, press, tmp_path
):
    path = tmp_path / "回复.pdf"
    path.touch()
    number = as_role(Inspections).save(VISIT)
    shown = tab()
    shown.open_key(("outside_inspection", number))
    press(shown.inspections.file.answer)
    dialog = shown.inspections.findChild(DeedDialog)
    dialog.form.set_values({"answer": "已更换", "scan": str(path)})
    press(dialog.primary)
    assert dialog.form.fields["scan"].error


@pytest.mark.parametrize(
    ("penalty", "asked"),
    [
        ("", []),
        ("warning", ["penalty_number"]),
        ("fine", ["penalty_number", "penalty_fen"]),
    ],
)
def test_a_fine_alone_is_asked_for_its_amount(shown, penalty, asked):
    form = shown(InspectionForm(TODAY))
    form.set_values({"penalty": penalty})
    names = ("penalty_number", "penalty_fen")
    assert [name for name in names if not form.fields[name].isHidden()] == asked


def test_a_fine_that_became_a_warning_keeps_no_amount(tab, as_role, press):
    fined = replace(VISIT, penalty="fine", penalty_fen=5_000_00, penalty_number="7")
    number = as_role(Inspections).save(fined)
    shown = tab()
    shown.open_key(("outside_inspection", number))
    press(shown.inspections.file.change)
    dialog = shown.inspections.findChild(DeedDialog)
    dialog.form.set_values({"penalty": "warning"})
    press(dialog.primary)
    (known,) = as_role(Inspections).listed()
    assert (known.penalty, known.penalty_fen) == ("warning", None)
    assert known.penalty_number == "7"


def test_what_is_published_needs_its_day(tab, press):
    shown = tab()
    shown.which.set_code(OUTSIDE)
    press(shown.inspections.add)
    form = shown.inspections.findChild(DeedDialog).form
    form.set_values({"day": TODAY, "office": "fire", "basis": "routine"})
    assert form.reason() == ""
    form.set_values({"channel": "credit_platform"})
    assert form.reason()


def test_an_inspection_is_written_down(tab, as_role, press):
    shown = tab()
    shown.which.set_code(OUTSIDE)
    press(shown.inspections.add)
    dialog = shown.inspections.findChild(DeedDialog)
    visit = {"day": date(2026, 11, 20), "office": "fire", "basis": "routine"}
    dialog.form.set_values(visit)
    press(dialog.primary)
    (known,) = as_role(Inspections).listed()
    assert (known.day, known.office, known.penalty) == (visit["day"], "fire", "")


def test_who_only_looks_is_offered_no_deed(tab, as_role):
    number = as_role(SafetyPapers).save(TESTED)
    shown = tab(Role.HEAD_NURSE)
    shown.open_key(("safety_paper", number))
    file = shown.papers.file
    deeds = [*shown.papers.add.values(), file.change, file.remove, file.findings.add]
    assert not any(deed.isVisible() for deed in deeds)
