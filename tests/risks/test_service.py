"""Assessing risks from the first draft to the signed notice, and the lists of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from carehome.db.risks import RiskAssessmentRow
from carehome.rules.assessments import GBT_42195
from carehome.rules.home import NameMissing
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.risks import Answer, Ground, Level, Need, Risk
from carehome.rules.risks.judging import (
    AssessorMissing,
    EndedTooEarly,
    NotFinished,
    NotJudged,
    NotTold,
    ReasonMissing,
    SignedTooEarly,
    ToldTooEarly,
)
from carehome.rules.today import Urgency
from carehome.services.admissions import Admissions
from carehome.services.assessments import Assessments
from carehome.services.assessments import Head as AssessmentHead
from carehome.services.residents import Person, Residents
from carehome.services.risks import Head, Risks, at_risk_in, levels_in
from carehome.services.risks.records import AlreadyFinished, LaterAssessment
from tests import house
from tests.assessments.answering import GBT, all_best
from tests.conftest import TODAY
from tests.house import DIRECTOR
from tests.risks.conftest import LAST_YEAR, SHAKY, all_none

DAY = timedelta(days=1)
HEAD = Head(TODAY, "李护士", "陈社工")


def demented(as_role, resident_id):
    person = Person("王秀英", "female", has_dementia=True)
    as_role(Residents).change_person(resident_id, person)


def test_an_assessment_begins_today_with_who_begins_it(risks, wang):
    state = risks.state(risks.begin(wang))
    assert (state.head.day, state.head.assessor) == (TODAY, "director")
    assert not state.is_finished
    assert all(answer.level is None for answer in state.answers.values())


def test_what_is_under_way_is_gone_on_with(risks, wang):
    assert risks.begin(wang) == risks.begin(wang)


def test_what_the_records_know_opens_its_risks(risks, wang, as_role):
    demented(as_role, wang)
    state = risks.state(risks.begin(wang))
    lost = state.answers[Risk.GETTING_LOST]
    assert lost.level is Level.LOW
    assert lost.signs == ("dementia",)
    assert lost.measures == state.suggested[Risk.GETTING_LOST][:2]
    assert state.openings[Risk.GETTING_LOST].grounds == (Ground.DEMENTIA,)
    assert state.answers[Risk.HARM].level is None


def test_a_draft_is_kept_as_it_is_written_and_resumed(risks, wang):
    number = risks.begin(wang)
    answers = {**all_none(), Risk.SCALD: Answer(), Risk.FALL: SHAKY}
    risks.keep(number, HEAD, answers)
    state = risks.state(risks.begin(wang))
    assert state.assessment_id == number
    assert state.answers == answers
    assert state.head == HEAD


def test_an_assessment_is_finished_whole_or_not_at_all(risks, wang):
    number = risks.begin(wang)
    answers = {**all_none(), Risk.SCALD: Answer()}
    with pytest.raises(NotJudged):
        risks.finish(number, HEAD, answers)
    assert not risks.state(number).is_finished
    assert risks.of_resident(wang).measures == ()


def test_an_opened_risk_is_judged_none_only_with_a_reason(risks, wang, as_role):
    demented(as_role, wang)
    number = risks.begin(wang)
    with pytest.raises(ReasonMissing):
        risks.finish(number, HEAD, all_none())
    why = {
        risk: Answer(Level.NONE, (), "轻度，能自理")
        for risk in risks.state(number).openings
    }
    risks.finish(number, HEAD, {**all_none(), **why})
    assert risks.state(number).is_finished


def test_somebody_stands_for_the_judgement(risks, wang):
    number = risks.begin(wang)
    with pytest.raises(AssessorMissing):
        risks.finish(number, Head(TODAY, " "), all_none())


def test_nothing_is_assessed_in_the_future(risks, wang):
    with pytest.raises(NotComeYet):
        risks.finish(risks.begin(wang), Head(TODAY + DAY, "李"), all_none())


def test_a_finished_assessment_is_never_edited(risks, wang, judge):
    number = judge(wang)
    with pytest.raises(AlreadyFinished):
        risks.keep(number, HEAD, all_none(fall=SHAKY))
    with pytest.raises(AlreadyFinished):
        risks.discard(number)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE risk_assessment SET answers = '{}'",
        "UPDATE risk_assessment SET state = 'draft', finished_at = NULL",
        "DELETE FROM risk_assessment",
        "UPDATE risk_judgement SET level = 0",
        "DELETE FROM risk_judgement",
        "UPDATE risk_measure SET text = 'x'",
        "DELETE FROM risk_measure",
    ],
)
def test_the_file_itself_refuses_to_change_what_is_finished(db, wang, judge, deed):
    judge(wang, fall=SHAKY)
    with (
        pytest.raises(IntegrityError),
        db.writing(DIRECTOR, "spoil") as session,
    ):
        session.connection().execute(text(deed))


def test_the_file_itself_refuses_a_second_draft(db, risks, wang):
    risks.begin(wang)
    with (
        pytest.raises(IntegrityError),
        db.writing(DIRECTOR, "spoil") as session,
    ):
        session.add(
            RiskAssessmentRow(
                resident_id=wang, day=TODAY, edition="x", finished_at=None, answers={}
            )
        )


def test_a_draft_is_thrown_away(risks, wang):
    risks.discard(risks.begin(wang))
    assert risks.of_resident(wang).lines == ()


def test_a_new_assessment_comes_filled_with_the_last_one(risks, wang, judge):
    judge(wang, LAST_YEAR, fall=SHAKY)
    state = risks.state(risks.begin(wang))
    assert state.answers == all_none(fall=SHAKY)
    assert state.before[Risk.FALL] is Level.MEDIUM
    assert state.before_on == LAST_YEAR


def test_signs_that_no_longer_hold_are_not_taken_over(risks, wang, judge):
    fell = Answer(Level.HIGH, ("fell", "dizzy", "night"), "", ("夜间留灯",))
    judge(wang, LAST_YEAR, fall=fell)
    state = risks.state(risks.begin(wang))
    assert state.answers[Risk.FALL].signs == ("dizzy", "night")


def test_signs_of_grounds_that_are_gone_are_not_taken_over(risks, wang, judge, as_role):
    demented(as_role, wang)
    lost = Answer(Level.HIGH, ("dementia", "wander"), "", ("腕带",))
    others = {
        risk: Answer(Level.NONE, (), "轻度")
        for risk in risks.state(risks.begin(wang)).openings
    }
    judge(wang, **{**others, "getting_lost": lost})
    as_role(Residents).change_person(wang, Person("王秀英", "female"))
    state = risks.state(risks.begin(wang))
    assert state.answers[Risk.GETTING_LOST].signs == ("wander",)


def test_the_past_is_not_assessed_behind_a_newer_assessment(risks, wang, judge):
    judge(wang)
    with pytest.raises(LaterAssessment):
        judge(wang, TODAY - DAY)


def test_measures_hold_from_the_day_of_the_assessment(risks, wang, judge):
    judge(wang, fall=SHAKY)
    lines = risks.of_resident(wang).measures
    assert [(line.risk, line.text, line.responsible) for line in lines] == [
        (Risk.FALL, "穿防滑鞋", "当班护理员"),
        (Risk.FALL, "起床有人搀扶", "当班护理员"),
    ]
    assert {line.starts for line in lines} == {TODAY}


def test_a_measure_that_goes_on_keeps_its_first_day(risks, wang, judge):
    judge(wang, LAST_YEAR, fall=SHAKY)
    other = Answer(Level.LOW, ("before",), "", ("穿防滑鞋", "夜间留灯"))
    judge(wang, fall=other)
    lines = risks.of_resident(wang).measures
    assert [(line.text, line.starts) for line in lines] == [
        ("穿防滑鞋", LAST_YEAR),
        ("夜间留灯", TODAY),
    ]


def test_a_risk_that_has_gone_takes_its_measures_along(risks, wang, judge):
    judge(wang, LAST_YEAR, fall=SHAKY)
    judge(wang)
    assert risks.of_resident(wang).measures == ()


def test_a_measure_ends_on_a_day(risks, wang, judge):
    judge(wang, fall=SHAKY)
    first, second = risks.of_resident(wang).measures
    risks.end_measure(first.measure_id, TODAY)
    assert risks.of_resident(wang).measures == (second,)


def test_a_measure_cannot_end_before_it_began(risks, wang, judge):
    judge(wang, fall=SHAKY)
    line = risks.of_resident(wang).measures[0]
    with pytest.raises(EndedTooEarly):
        risks.end_measure(line.measure_id, TODAY - DAY)


def test_the_family_is_told_and_signs(risks, wang, judge, tmp_path):
    number = judge(wang, fall=SHAKY)
    risks.note_told(number, "王强", "李护士", TODAY)
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    risks.note_signed(number, "王强", TODAY, scan)
    telling = risks.state(number).telling
    assert (telling.told_to, telling.told_by, telling.told_on) == (
        "王强",
        "李护士",
        TODAY,
    )
    assert (telling.signer, telling.signed_on) == ("王强", TODAY)
    assert telling.paper_id


def test_removing_the_scan_leaves_the_signature(risks, wang, judge, tmp_path, as_role):
    number = judge(wang)
    risks.note_told(number, "王强", "李护士", TODAY)
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    risks.note_signed(number, "王强", TODAY, scan)
    as_role(Residents).remove_paper(risks.state(number).telling.paper_id)
    telling = risks.state(number).telling
    assert (telling.signer, telling.paper_id) == ("王强", None)


def test_a_draft_is_not_told(risks, wang):
    with pytest.raises(NotFinished):
        risks.note_told(risks.begin(wang), "王强", "李护士", TODAY)


def test_nobody_is_told_before_the_assessment(risks, wang, judge):
    with pytest.raises(ToldTooEarly):
        risks.note_told(judge(wang), "王强", "李护士", TODAY - DAY)


def test_somebody_is_told(risks, wang, judge):
    with pytest.raises(NameMissing):
        risks.note_told(judge(wang), " ", "李护士", TODAY)


def test_nobody_signs_untold(risks, wang, judge):
    with pytest.raises(NotTold):
        risks.note_signed(judge(wang), "王强", TODAY)


def test_nobody_signs_before_being_told(risks, wang, judge):
    number = judge(wang, TODAY - 3 * DAY)
    risks.note_told(number, "王强", "李护士", TODAY - DAY)
    with pytest.raises(SignedTooEarly):
        risks.note_signed(number, "王强", TODAY - 2 * DAY)


def test_the_telling_cannot_move_behind_the_signature(risks, wang, judge):
    number = judge(wang, TODAY - 3 * DAY)
    risks.note_told(number, "王强", "李护士", TODAY - 2 * DAY)
    risks.note_signed(number, "王强", TODAY - DAY)
    with pytest.raises(SignedTooEarly):
        risks.note_told(number, "王强", "李护士", TODAY)


def test_the_home_suggests_measures_of_its_own(risks, wang):
    risks.change_suggestions(Risk.FALL, ["本院：走廊慢行", " ", "本院：走廊慢行"])
    assert risks.suggestions()[Risk.FALL] == ("本院：走廊慢行",)
    assert len(risks.suggestions()[Risk.SCALD]) >= 5
    risks.change_suggestions(Risk.FALL, [])
    assert len(risks.suggestions()[Risk.FALL]) >= 5


def test_who_is_at_risk_is_told_with_what_is_done(risks, wang, judge):
    judge(wang, fall=SHAKY)
    (line,) = risks.at_risk(TODAY)
    assert (line.resident, line.bed, line.risk, line.level) == (
        "王秀英",
        "301-1",
        Risk.FALL,
        Level.MEDIUM,
    )
    assert line.measures == ("穿防滑鞋", "起床有人搀扶")


def test_who_has_left_is_at_no_risk_here(risks, wang, judge, as_role):
    judge(wang, fall=SHAKY)
    as_role(Residents).discharge(wang, TODAY, "回家")
    assert risks.at_risk(TODAY) == []


def test_the_levels_are_those_of_the_last_assessment_by_that_day(db, wang, judge):
    judge(wang, LAST_YEAR, fall=SHAKY)
    judge(wang, scald=Answer(Level.LOW, ("warmer",), "", ("试水温",)))
    with db.reading() as session:
        assert at_risk_in(session, TODAY) == {wang: frozenset({Risk.SCALD})}
        assert at_risk_in(session, TODAY, Level.MEDIUM) == {}
        assert at_risk_in(session, LAST_YEAR) == {wang: frozenset({Risk.FALL})}
        assert levels_in(session, LAST_YEAR - DAY) == {}
        assert levels_in(session, TODAY)[wang][Risk.SCALD] is Level.LOW


def test_who_was_never_assessed_is_due(risks, wang):
    (line,) = risks.due(TODAY)
    assert (line.due.need, line.due.day) == (Need.FIRST, house.MARCH)


def test_who_was_assessed_is_due_in_a_year(risks, wang, judge):
    judge(wang)
    (line,) = risks.due(TODAY)
    assert (line.due.need, line.due.day) == (Need.YEARLY, date(2027, 11, 21))


def test_new_grounds_make_somebody_due_at_once(risks, wang, judge, as_role):
    judge(wang)
    demented(as_role, wang)
    (line,) = risks.due(TODAY)
    assert line.due.need is Need.NEW_GROUNDS
    assert line.due.grounds == (Ground.DEMENTIA,)


def test_grounds_that_were_judged_make_nobody_due(risks, wang, judge, as_role):
    demented(as_role, wang)
    number = risks.begin(wang)
    state = risks.state(number)
    judged = {r: a for r, a in state.answers.items() if a.level is not None}
    risks.finish(number, HEAD, {**all_none(), **judged})
    assert risks.due(TODAY)[0].due.need is Need.YEARLY


def test_an_assessment_of_an_earlier_stay_does_not_count(
    risks, wang, judge, as_role, db, beds
):
    judge(wang, TODAY - 5 * DAY)
    as_role(Residents).discharge(wang, TODAY - DAY, "回家")
    number = as_role(Admissions).begin_again(wang)
    as_role(Admissions).choose_bed(number, beds["301-1"], TODAY + DAY)
    (line,) = risks.due(TODAY)
    assert (line.due.need, line.due.day) == (Need.ARRIVAL, TODAY + DAY)
    assert not line.is_here


def test_who_comes_is_assessed_before(risks, as_role, beds):
    admissions = as_role(Admissions)
    number = admissions.begin()
    admissions.enter_person(number, Person("黄䶮", "male"), "", [])
    admissions.choose_bed(number, beds["302-1"], TODAY + 2 * DAY)
    (line,) = risks.due(TODAY)
    assert (line.resident, line.due.need) == ("黄䶮", Need.ARRIVAL)
    assert line.due.day == TODAY + 2 * DAY


def test_today_tells_who_is_due_until_it_is_done(risks, wang, judge):
    (line,) = risks.today(TODAY)
    assert str(line.text) == "王秀英 还没有做过风险评估"
    assert line.target.key == wang
    judge(wang)
    assert [str(line.text) for line in risks.today(TODAY)] == [
        "王秀英 的风险评估结果还没有告知家属"
    ]


def test_today_is_silent_when_all_is_told(risks, wang, judge):
    risks.note_told(judge(wang), "王强", "李护士", TODAY)
    assert risks.today(TODAY) == []


@pytest.mark.parametrize(
    ("day", "urgency"),
    [
        (date(2027, 10, 22), Urgency.SOON),
        (date(2027, 11, 21), Urgency.SOON),
        (date(2027, 11, 22), Urgency.LATE),
    ],
)
def test_the_yearly_assessment_is_told_in_time(risks, wang, judge, day, urgency):
    risks.note_told(judge(wang), "王强", "李护士", TODAY)
    (line,) = risks.today(day)
    assert line.urgency is urgency


def test_nothing_is_told_a_day_before_that(risks, wang, judge):
    risks.note_told(judge(wang), "王强", "李护士", TODAY)
    assert risks.today(date(2027, 10, 21)) == []


def test_several_are_told_in_one_line(risks, wang, db, beds):
    house.settle(db, "李桂兰", beds["301-2"])
    (line,) = risks.today(TODAY)
    assert line.count == 2
    assert line.target.key == "due"


def test_the_front_desk_sees_and_does_not_assess(as_role, wang, judge):
    number = judge(wang)
    desk = as_role(Risks, Role.FRONT_DESK)
    assert desk.state(number).is_finished
    for deed in (
        lambda: desk.begin(wang),
        lambda: desk.note_told(number, "王强", "前台", TODAY),
        lambda: desk.change_suggestions(Risk.FALL, []),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_the_paper_is_written_from_what_is_stored(risks, wang, judge, tmp_path):
    path = tmp_path / "notice.pdf"
    risks.write_sheet(judge(wang, fall=SHAKY), path)
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("days", "ticked"), [(30, ("fell",)), (31, ())])
def test_a_fall_long_ago_opens_the_risk_but_is_not_signed_as_recent(
    as_role, risks, wang, days, ticked
):
    assessments = as_role(Assessments)
    day = TODAY - days * DAY
    number = assessments.begin(wang, GBT_42195, base_on=day)
    answers = {**all_best(GBT), "A.2.14.1": "1"}
    head = AssessmentHead(
        day, "first", "", "孙护士长", True, "周晓", False, "王强", "3"
    )
    assessments.keep(number, answers, head)
    assessments.finish(number)
    fall = risks.state(risks.begin(wang)).answers[Risk.FALL]
    assert fall.level is Level.LOW
    assert fall.measures
    assert fall.signs == ticked
