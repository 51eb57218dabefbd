"""Papers: how long they hold, what is due, who bears the premium."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from carehome.db.approvals import SafetyPaperRow
from carehome.rules.certificates import Urgency, Warnings
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety import approvals as rules
from carehome.rules.safety.approvals import Matter, Paper, PaperRules
from carehome.rules.safety.hazards import Severity
from carehome.rules.today import Urgency as Told
from carehome.services.safety.approvals import (
    NoTest,
    PaperFound,
    SafetyPapers,
    papers_in,
)
from carehome.services.staff.lists import WarningsUnordered
from tests.conftest import ROLES, TODAY

YEAR = timedelta(days=365)
RULES = PaperRules()
ACCEPTED = Paper("acceptance", date(2019, 5, 6), outcome="passed", paper_id=1)
TESTED = Paper("facility_test", date(2026, 3, 10), outcome="passed", paper_id=2)
INSURED = Paper(
    *("liability", date(2026, 1, 1), date(2026, 12, 31)),
    **{"party": "平安财险", "fen": 12_000_00, "percent": 70, "paper_id": 3},
)
RECEIVED = replace(INSURED, received_fen=8_400_00, received_on=date(2026, 5, 1))
WHOLE = [ACCEPTED, TESTED, replace(RECEIVED, last_day=date(2027, 6, 30))]


def matters(papers, today=TODAY):
    return [due.matter for due in rules.dues(papers, RULES, today)]


@pytest.fixture
def papers(db, clock):
    return SafetyPapers(db, ROLES[Role.SAFETY_OFFICER], clock)


# ---- who bears the premium


def test_seventy_of_a_hundred_are_the_governments():
    assert INSURED.share == rules.Share(8_400_00, 3_600_00)


@pytest.mark.parametrize(
    ("fen", "percent", "government"),
    [(10_01, 70, 7_01), (15, 70, 11), (5, 70, 4), (1, 50, 1), (1, 49, 0), (99, 0, 0)],
)
def test_half_a_fen_is_the_governments(fen, percent, government):
    assert rules.share(fen, percent) == rules.Share(government, fen - government)


@given(st.integers(0, 10**9), st.integers(0, 100))
def test_no_fen_of_a_premium_is_lost(fen, percent):
    split = rules.share(fen, percent)
    assert split.government + split.home == fen
    assert split.government >= 0
    assert split.home >= 0


def test_without_a_share_nothing_is_split():
    assert replace(INSURED, percent=None).share is None


def test_a_share_not_received_is_told():
    assert Matter.SHARE_OPEN in matters([INSURED])


def test_a_share_received_is_told_no_more():
    assert Matter.SHARE_OPEN not in matters([RECEIVED])


def test_where_the_government_bears_nothing_nothing_is_open():
    assert Matter.SHARE_OPEN not in matters([replace(INSURED, percent=0)])


# ---- how long papers hold


def test_a_full_test_holds_for_a_year_less_a_day():
    assert rules.good_until(TESTED, RULES) == date(2027, 3, 9)


@pytest.mark.parametrize("kind", ["land_transition", "food_licence"])
def test_what_is_granted_for_five_years_ends_without_being_told(kind):
    granted = Paper(kind, date(2024, 2, 29), outcome="passed")
    assert rules.good_until(granted, RULES) == date(2029, 2, 28)


def test_the_home_says_how_long_a_licence_without_a_last_day_holds():
    granted = Paper("food_licence", date(2024, 2, 29), outcome="passed")
    shorter = PaperRules(untold_months=36)
    assert rules.good_until(granted, shorter) == date(2027, 2, 28)


@pytest.mark.parametrize("months", [0, 121])
def test_a_licence_that_holds_for_no_time_or_too_long_is_refused(papers, months):
    with pytest.raises(rules.UntoldMonthsOutOfRange):
        papers.set_rules(PaperRules(untold_months=months))


def test_the_home_may_test_more_often():
    assert rules.good_until(TESTED, PaperRules(test_months=6)) == date(2026, 9, 9)


def test_a_day_printed_on_the_report_goes_before_the_rule():
    printed = replace(TESTED, last_day=date(2026, 12, 1))
    assert rules.good_until(printed, RULES) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("left", "urgency"),
    [
        (-1, Urgency.LAPSED),
        (0, Urgency.NEAR),
        (7, Urgency.NEAR),
        (8, Urgency.MIDDLE),
        (30, Urgency.MIDDLE),
        (31, Urgency.FAR),
        (60, Urgency.FAR),
    ],
)
def test_an_end_is_told_60_30_and_7_days_before(left, urgency):
    served = Paper("fire_service", TODAY - YEAR, TODAY + timedelta(days=left))
    found = rules.dues([*WHOLE, served], RULES, TODAY)
    assert [due.urgency for due in found] == [urgency]


def test_an_end_far_away_is_not_told():
    served = Paper("fire_service", TODAY - YEAR, TODAY + timedelta(days=61))
    assert matters([*WHOLE, served]) == []


def test_a_contract_that_goes_on_replaces_the_former():
    old = Paper("fire_service", TODAY - YEAR, TODAY, paper_id=4)
    new = Paper("fire_service", TODAY, TODAY + YEAR, paper_id=5)
    assert matters([*WHOLE, old, new]) == []


def test_a_contract_on_the_other_lift_replaces_nothing():
    old = Paper("lift_service", TODAY - YEAR, TODAY, "一号电梯", paper_id=4)
    new = Paper("lift_service", TODAY, TODAY + YEAR, "二号电梯", paper_id=5)
    assert matters([*WHOLE, old, new]) == [Matter.ENDS]


def test_an_approval_under_way_does_not_hide_that_the_former_ends():
    old = Paper("food_licence", TODAY - YEAR, TODAY, outcome="passed", paper_id=4)
    new = Paper("food_licence", TODAY, outcome="pending", paper_id=5)
    assert matters([*WHOLE, old, new]) == [Matter.ENDS]


def test_a_failed_test_is_told_until_one_is_passed():
    failed = replace(TESTED, outcome="failed")
    assert matters([ACCEPTED, failed, WHOLE[2]]) == [Matter.FAILED]
    again = replace(TESTED, starts=date(2026, 4, 1), paper_id=9)
    assert matters([ACCEPTED, failed, again, WHOLE[2]]) == []


def test_a_test_that_fails_later_is_told_although_one_was_passed():
    failed = replace(TESTED, outcome="failed", starts=date(2026, 9, 1), paper_id=9)
    assert matters([*WHOLE, failed]) == [Matter.FAILED]


def test_a_home_with_nothing_on_file_hears_what_is_missing():
    missing = [Matter.NO_FIRE_APPROVAL, Matter.NO_TEST, Matter.NO_LIABILITY]
    assert matters([]) == missing


@pytest.mark.parametrize("kind", sorted(rules.FIRE_APPROVALS))
@pytest.mark.parametrize("outcome", sorted(rules.WENT_WELL))
def test_any_way_to_a_fire_approval_will_do(kind, outcome):
    found = matters([Paper(kind, TODAY, outcome=outcome)])
    assert Matter.NO_FIRE_APPROVAL not in found


def test_an_insurance_that_is_over_covers_nobody():
    over = replace(INSURED, last_day=TODAY - timedelta(days=1))
    assert Matter.NO_LIABILITY in matters([over])


# ---- what cannot be


@pytest.mark.parametrize(
    ("paper", "refusal"),
    [
        (Paper("fire_service", TODAY, TODAY - timedelta(days=1)), rules.LastDayFirst),
        (Paper("acceptance", TODAY), rules.OutcomeMissing),
        (
            Paper("operation", date(2020, 1, 1), date(2030, 1, 1)),
            rules.OperationTooLong,
        ),
        (replace(INSURED, received_fen=1), rules.ReceivedHalf),
        (replace(RECEIVED, received_fen=12_000_01), rules.ReceivedTooMuch),
        (replace(INSURED, percent=101), rules.PercentOutOfRange),
    ],
)
def test_what_cannot_be_is_refused(paper, refusal):
    with pytest.raises(refusal):
        rules.check(paper)


def test_ten_years_of_entrusted_operation_are_allowed():
    rules.check(Paper("operation", date(2020, 1, 1), date(2029, 12, 31)))


def test_every_kind_belongs_to_one_group():
    kinds = [kind for group in rules.KINDS.values() for kind in group]
    assert len(kinds) == len(set(kinds)) == len(rules.KIND_NAMES)


# ---- kept


def test_a_paper_is_read_as_it_was_filed(papers):
    number = papers.save(replace(RECEIVED, paper_id=0))
    (kept,) = papers.listed(TODAY).papers
    assert kept == replace(RECEIVED, paper_id=number)


def test_a_scan_is_kept_and_given_back(papers, tmp_path):
    scan = tmp_path / "保单.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    papers.save(INSURED, scan)
    (kept,) = papers.listed(TODAY).papers
    assert papers.scan(kept.scan_id) == scan.read_bytes()


def test_correcting_without_a_scan_keeps_the_former_one(papers, tmp_path):
    scan = tmp_path / "保单.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    papers.save(INSURED, scan)
    (kept,) = papers.listed(TODAY).papers
    papers.save(replace(kept, number="P-2026"))
    (corrected,) = papers.listed(TODAY).papers
    assert corrected.scan_id == kept.scan_id


def test_what_a_test_found_is_a_hazard(papers):
    number = papers.save(replace(TESTED, paper_id=0, party="安信检测"))
    papers.add_finding(number, "烟感三只失效", "三楼走廊", Severity.HIGH)
    (finding,) = papers.listed(TODAY).found[number]
    assert (finding.item, finding.severity) == ("烟感三只失效", Severity.HIGH)


def test_only_a_test_finds(papers):
    number = papers.save(replace(ACCEPTED, paper_id=0))
    with pytest.raises(NoTest):
        papers.add_finding(number, "烟感失效", "三楼", Severity.HIGH)


def test_a_test_that_found_something_is_not_removed(papers):
    number = papers.save(replace(TESTED, paper_id=0))
    papers.add_finding(number, "烟感失效", "三楼", Severity.HIGH)
    with pytest.raises(PaperFound):
        papers.remove(number)


def test_the_database_itself_keeps_a_test_that_found_something(papers, db):
    number = papers.save(replace(TESTED, paper_id=0))
    papers.add_finding(number, "烟感失效", "三楼", Severity.HIGH)
    with (
        pytest.raises(IntegrityError, match="found a hazard"),
        db.writing(ROLES[Role.DIRECTOR], "SafetyPapers.remove") as session,
    ):
        session.delete(session.get_one(SafetyPaperRow, number))


def test_a_paper_filed_by_mistake_is_removed(papers, db):
    papers.remove(papers.save(replace(ACCEPTED, paper_id=0)))
    with db.reading() as session:
        assert papers_in(session) == []


def test_the_home_sets_its_own_numbers(papers):
    own = PaperRules(Warnings(90, 45, 10), 6, 50, 36)
    papers.set_rules(own)
    assert papers.listed(TODAY).rules == own


def test_warnings_come_one_after_another(papers):
    with pytest.raises(WarningsUnordered):
        papers.set_rules(PaperRules(Warnings(10, 45, 90)))


def test_who_only_looks_files_nothing(db, clock):
    nurse = SafetyPapers(db, ROLES[Role.HEAD_NURSE], clock)
    with pytest.raises(NotAllowed):
        nurse.save(ACCEPTED)


# ---- told on the first page


def test_what_ends_together_is_one_line(papers):
    for kind in ("fire_service", "lift_service"):
        papers.save(Paper(kind, TODAY - YEAR, TODAY + timedelta(days=3)))
    late = [line for line in papers.today(TODAY) if line.urgency is Told.LATE]
    assert [line.count for line in late] == [2]
    assert "电梯维护保养" in str(late[0].text)


def test_the_first_warning_of_a_paper_reaches_the_day_quietly(papers):
    served = Paper("fire_service", TODAY - YEAR, TODAY + timedelta(days=60))
    for paper in (*WHOLE, served):
        papers.save(replace(paper, paper_id=0))

    [line] = papers.today(TODAY)

    assert (line.urgency, line.due) == (Told.NOTE, served.last_day)


def test_a_whole_file_tells_nothing(papers):
    for paper in WHOLE:
        papers.save(replace(paper, paper_id=0))
    assert papers.today(TODAY) == []


def test_what_presses_most_comes_first():
    far = Paper("gas_service", TODAY - YEAR, TODAY + timedelta(days=50), paper_id=7)
    over = Paper("fire_service", TODAY - YEAR, TODAY - timedelta(days=1), paper_id=8)
    found = rules.dues([*WHOLE, far, over], RULES, TODAY)
    assert [due.paper_id for due in found] == [8, 7]
