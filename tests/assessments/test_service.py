"""Assessments in the home's file: made, kept, finished for good, void, due."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from carehome import paths
from carehome.db.assessments import AssessmentRow
from carehome.db.database import Database
from carehome.db.residents import ResidentRow
from carehome.rules.assessments import GBT_42195, MZT_039, all_forms, reading
from carehome.rules.assessments.answers import PointsNotOffered
from carehome.rules.assessments.due import Due
from carehome.rules.departures import Death, Departure
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.settings import OutOfRange
from carehome.services import assessments as subject
from carehome.services.assessments import AssessmentRules, Assessments, Head
from carehome.services.assessments.levels import latest_in, level_on_in, levels_in
from carehome.services.departures import Departures, Order
from carehome.services.residents import Residents, stays
from carehome.services.residents.people import LevelAssessed
from tests.assessments.answering import GBT, all_best, with_levels, with_total
from tests.conftest import KEY, ROLES, TODAY
from tests.house import DIRECTOR, MARCH, build, settle

MAY = date(2026, 5, 4)
HEAD = Head(
    TODAY,
    "first",
    assessor_1="孙护士长",
    is_medical_1=True,
    assessor_2="周晓",
    informant="王强",
    relation="3",
    consent_by="王强",
    consent_on=TODAY,
)


@pytest.fixture
def nurse(as_role):
    return as_role(Assessments, Role.HEAD_NURSE)


@pytest.fixture
def house(db):
    return build(db)


@pytest.fixture
def wang(db, house):
    return settle(db, "王秀英", house["301-1"])


@pytest.fixture
def assess(nurse):
    """Make a finished assessment: assess(resident_id, answers, day)."""

    def make(resident_id, answers, day=TODAY, form=GBT_42195, **head):
        number = nurse.begin(resident_id, form, base_on=day)
        told = replace(HEAD, base_on=day, **head)
        if form == MZT_039:
            told = replace(told, relation="2")
        nurse.keep(number, answers, told)
        nurse.finish(number)
        return number

    return make


def resident(db, resident_id):
    with db.reading() as session:
        return session.get_one(ResidentRow, resident_id)


def test_the_first_assessment_is_called_so(nurse, wang):
    state = nurse.state(nurse.begin(wang))
    assert (state.status, state.label, state.resident) == ("draft", "", "王秀英")
    assert (state.head.reason, state.head.base_on) == ("first", TODAY)
    assert (state.bed, state.form.code) == ("301-1", GBT_42195)


def test_a_draft_is_gone_on_with_instead_of_a_second_one(nurse, wang):
    assert nurse.begin(wang) == nurse.begin(wang)
    assert nurse.begin(wang, MZT_039) != nurse.begin(wang)


def test_a_draft_is_resumed_after_the_file_was_closed(nurse, db, clock, wang):
    number = nurse.begin(wang)
    nurse.keep(number, {"B.1.1": 4, "B.1.2": 3}, HEAD)
    nurse.keep(number, {"B.1.2": None, "B.1.3": 2})
    path = db.path
    db.close()
    again = Database(path, KEY)
    state = Assessments(again, ROLES[Role.DIRECTOR], clock).state(number)
    again.close()
    assert state.answers == {"B.1.1": 4, "B.1.3": 2}
    assert (state.head, state.kept_by) == (HEAD, "head_nurse")


def test_keeping_says_what_it_comes_to_so_far(nurse, wang):
    judged = nurse.keep(nurse.begin(wang), {"B.1.1": 3})
    assert (judged.total, len(judged.missing)) == (3, 25)


def test_what_the_form_does_not_offer_is_not_kept(nurse, wang):
    number = nurse.begin(wang)
    with pytest.raises(PointsNotOffered):
        nurse.keep(number, {"B.1.1": 9, "B.1.2": 3})
    assert nurse.state(number).answers == {}


def test_the_base_day_is_not_ahead(nurse, wang):
    with pytest.raises(subject.BaseDayAhead):
        nurse.begin(wang, base_on=TODAY + timedelta(days=1))
    number = nurse.begin(wang)
    with pytest.raises(subject.BaseDayAhead):
        nurse.keep(number, {}, replace(HEAD, base_on=TODAY + timedelta(days=1)))


def test_a_form_is_not_filled_in_before_it_was_in_force(nurse, wang):
    with pytest.raises(subject.NotYetInForce):
        nurse.begin(wang, GBT_42195, base_on=date(2020, 1, 1))


def test_nobody_is_assessed_after_death(db, as_role, nurse, wang):
    died_on = TODAY - timedelta(days=3)
    departures = as_role(Departures)
    number = departures.order(wang, Order(Departure.DEATH, died_on, "家属", "去世"))
    departures.leave(number, died_on, Death(died_on, "06:30"))
    with pytest.raises(subject.HasDied):
        nurse.begin(wang)
    assert nurse.begin(wang, base_on=died_on)


def test_nobody_has_agreed_tomorrow(nurse, wang):
    number = nurse.begin(wang)
    told = replace(HEAD, consent_on=TODAY + timedelta(days=1))
    nurse.keep(number, all_best(GBT), told)
    with pytest.raises(NotComeYet):
        nurse.finish(number)


def test_who_comes_back_to_live_here_is_due_again(db, as_role, nurse, assess, house):
    who = settle(db, "李桂兰", house["301-2"])
    assess(who, all_best(GBT), date(2026, 7, 1))
    as_role(Residents).discharge(who, date(2026, 8, 1), "回家")
    with db.writing(DIRECTOR, "back") as session:
        stays.open_stay_in(session, who, date(2026, 11, 1))
    line = due_of(nurse, who)
    assert (line.due, line.due_on) == (Due.OVERDUE, date(2026, 11, 1))


def test_finishing_gives_a_number_and_keeps_the_result(nurse, assess, wang):
    number = assess(wang, {**with_total(70), "A.4.1": ["21"]})
    state = nurse.state(number)
    assert (state.status, state.label) == ("finished", "2026-000001")
    assert (state.judgement.total, state.level, state.ability_level) == (70, 2, 2)
    assert state.level_name == "能力中度受损（中度失能）"
    assert state.head == HEAD
    (line,) = nurse.of_resident(wang)
    assert (line.total, line.preliminary, line.level) == (70, 1, 2)
    assert line.has_changes


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        ({"assessor_2": " "}, subject.AssessorsMissing),
        ({"assessor_2": "孙护士长"}, subject.SameAssessor),
        ({"is_medical_1": False}, subject.NobodyMedical),
        ({"consent_on": None}, subject.ConsentDayMissing),
        ({"decided_level": 2, "decided_why": "x"}, subject.NothingToDecide),
    ],
)
def test_an_assessment_needs_two_people_one_of_them_medical(nurse, wang, head, refusal):
    number = nurse.begin(wang)
    nurse.keep(number, all_best(GBT), replace(HEAD, **head))
    with pytest.raises(refusal) as raised:
        nurse.finish(number)
    assert raised.value.message in nurse.state(number).obstacles


def test_an_open_item_is_named(nurse, wang):
    answers = all_best(GBT)
    del answers["B.2.3"]
    number = nurse.begin(wang)
    nurse.keep(number, answers, HEAD)
    with pytest.raises(subject.ItemsMissing) as raised:
        nurse.finish(number)
    assert "B.2.3" in raised.value.message


def test_what_decides_the_level_is_asked_for(nurse, wang):
    answers = all_best(GBT)
    del answers["A.2.14.1"]
    number = nurse.begin(wang)
    nurse.keep(number, answers, HEAD)
    with pytest.raises(subject.FieldsMissing) as raised:
        nurse.finish(number)
    assert "跌倒" in raised.value.message


def test_a_whole_draft_has_no_obstacle(nurse, wang):
    number = nurse.begin(wang)
    assert nurse.state(number).obstacles
    nurse.keep(number, all_best(GBT), HEAD)
    assert nurse.state(number).obstacles == ()


def test_what_is_not_covered_is_decided_by_the_assessors(nurse, wang):
    number = nurse.begin(wang, MZT_039)
    head = replace(HEAD, relation="2")
    nurse.keep(number, with_levels(2, 0, 0, 0), head)
    with pytest.raises(subject.NotCovered):
        nurse.finish(number)
    decided = replace(head, decided_level=2, decided_why="照判定卡")
    nurse.keep(number, {}, decided)
    nurse.finish(number)
    state = nurse.state(number)
    assert (state.level, state.ability_level) == (2, 2)
    assert state.head.decided_why == "照判定卡"
    assert state.judgement.level is None


def test_numbers_have_no_gaps(nurse, assess, wang):
    assess(wang, all_best(GBT), MAY)
    nurse.discard(nurse.begin(wang))
    nurse.void(assess(wang, all_best(GBT)), "填错人")
    number = assess(wang, all_best(GBT))
    assert nurse.state(number).label == "2026-000003"


def test_a_finished_one_is_not_filled_in_any_more(nurse, assess, wang):
    number = assess(wang, all_best(GBT))
    for deed in (
        lambda: nurse.keep(number, {"B.1.1": 3}),
        lambda: nurse.finish(number),
        lambda: nurse.discard(number),
    ):
        with pytest.raises(subject.NotADraft):
            deed()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessment SET level = 3",
        "UPDATE assessment SET answers = '{}'",
        "UPDATE assessment SET state = 'draft', number = NULL, year = NULL",
        "DELETE FROM assessment",
        "UPDATE assessment SET state = 'void', level = 1, voided_at = '2026-01-01', "
        "void_reason = 'x'",
    ],
)
def test_the_file_itself_refuses_to_edit_a_finished_one(db, assess, wang, statement):
    assess(wang, all_best(GBT))
    with pytest.raises(IntegrityError), db.writing(DIRECTOR, "test") as session:
        session.connection().execute(text(statement))


def test_the_file_itself_refuses_what_begins_finished(db, wang):
    row = AssessmentRow(
        resident_id=wang,
        form=GBT_42195,
        edition="2022",
        state="finished",
        begun_at=TODAY,
        begun_by="x",
        base_on=TODAY,
        reason="first",
        year=2026,
        number=1,
        assessor_1="a",
        assessor_2="b",
        is_medical_1=True,
        finished_at=TODAY,
    )
    with pytest.raises(IntegrityError), db.writing(DIRECTOR, "test") as session:
        session.add(row)


def test_finishing_writes_the_level_and_dementia_into_the_file(db, assess, wang):
    assess(wang, {**with_total(40), "A.4.1": ["21"]})
    assert resident(db, wang).ability_level == 4
    assert resident(db, wang).has_dementia


def test_dementia_is_never_taken_away_silently(db, assess, wang):
    assess(wang, {**with_total(40), "A.4.1": ["21"]}, MAY)
    assess(wang, all_best(GBT))
    assert resident(db, wang).ability_level == 0
    assert resident(db, wang).has_dementia


def test_a_backdated_one_does_not_overwrite_a_newer_one(db, assess, wang):
    assess(wang, with_total(40))
    assess(wang, with_total(70), MAY)
    assert resident(db, wang).ability_level == 3


def test_the_level_of_mzt_goes_into_the_file_by_its_own_number(db, assess, wang):
    assess(wang, with_levels(3, 0, 0, 0), form=MZT_039)
    assert resident(db, wang).ability_level == 3


def test_a_void_one_gives_way_to_the_one_before(nurse, db, assess, wang):
    assess(wang, with_total(70), MAY)
    number = assess(wang, with_total(10))
    assert resident(db, wang).ability_level == 4
    nurse.void(number, "评错人")
    assert resident(db, wang).ability_level == 1
    state = nurse.state(number)
    assert (state.status, state.void_reason) == ("void", "评错人")


def test_a_void_needs_a_reason_and_happens_once(nurse, assess, wang):
    number = assess(wang, all_best(GBT))
    with pytest.raises(subject.VoidReasonMissing):
        nurse.void(number, " ")
    nurse.void(number, "评错人")
    with pytest.raises(subject.AlreadyVoid):
        nurse.void(number, "评错人")


def test_an_assessed_level_is_not_changed_by_hand(as_role, nurse, assess, wang):
    residents = as_role(Residents)
    person = residents.file(wang).person
    residents.change_person(wang, replace(person, ability_level=2))
    number = assess(wang, with_total(40))
    person = residents.file(wang).person
    residents.change_person(wang, replace(person, phone="13900000000"))
    with pytest.raises(LevelAssessed) as raised:
        residents.change_person(wang, replace(person, ability_level=1))
    assert "2026-000001" in raised.value.message
    nurse.void(number, "评错人")
    residents.change_person(wang, replace(person, ability_level=1))


def test_what_does_not_change_is_taken_over(nurse, assess, wang):
    told = {"A.2.6": "汉族", "A.4.1": ["3"], "A.5.9": "1", "A.2.14.1": "1"}
    assess(wang, {**all_best(GBT), **told}, MAY)
    state = nurse.state(nurse.begin(wang))
    assert state.answers == {"A.2.6": "汉族", "A.4.1": ["3"]}
    assert state.carried == {"A.2.6", "A.4.1"}
    assert state.last.head.base_on == MAY
    nurse.keep(state.assessment_id, {"A.4.1": ["3", "1"]})
    assert nurse.state(state.assessment_id).carried == {"A.2.6"}


def test_the_next_one_is_routine_and_after_a_flag_immediate(nurse, assess, wang):
    assess(wang, all_best(GBT), MAY)
    number = nurse.begin(wang)
    assert nurse.state(number).head.reason == "routine"
    nurse.discard(number)
    nurse.raise_flag(wang, TODAY, "出院后走路变差")
    assert nurse.state(nurse.begin(wang)).head.reason == "immediate"


def test_a_difference_puts_two_side_by_side(nurse, assess, wang):
    before = assess(wang, all_best(GBT), MAY)
    after = assess(wang, {**all_best(GBT), "B.1.1": 2})
    found = nurse.difference(before, after)
    assert found.is_same_form
    assert next((g.before, g.after) for g in found.groups) == (32, 30)
    assert [i.number for i in found.items if i.is_better is False] == ["B.1.1"]


def test_two_forms_are_compared_in_what_both_ask(nurse, assess, wang):
    before = assess(wang, with_levels(3, 0, 0, 0), MAY, MZT_039)
    found = nurse.difference(before, assess(wang, all_best(GBT)))
    assert not found.is_same_form
    assert (found.groups, found.fields) == ((), ())
    assert any(item.is_better for item in found.items)


def test_levels_are_told_oldest_first_without_void_ones(nurse, assess, wang):
    assess(wang, with_total(40))
    assess(wang, with_total(70), MAY)
    nurse.void(assess(wang, with_total(10)), "评错人")
    points = nurse.levels(wang)
    assert [(p.day, p.ability_level) for p in points] == [(MAY, 1), (TODAY, 3)]


def due_of(nurse, resident_id):
    return next(x for x in nurse.due(TODAY) if x.resident_id == resident_id)


def test_who_lives_here_is_due_and_the_most_urgent_come_first(
    nurse, db, assess, house, wang
):
    li = settle(db, "李桂兰", house["301-2"])
    assess(li, all_best(GBT), MARCH)
    zhao = settle(db, "赵德福", house["302-1"], sex="male")
    assess(zhao, all_best(GBT))
    nurse.raise_flag(zhao, TODAY - timedelta(days=1), "跌倒后")
    lines = nurse.due(TODAY)
    assert [(x.resident, x.due) for x in lines] == [
        ("王秀英", Due.NEVER),
        ("李桂兰", Due.OVERDUE),
        ("赵德福", Due.FINE),
    ]
    assert lines[1].due_on == date(2026, 9, 1)
    assert (lines[1].bed, lines[1].floor) == ("301-2", "三楼")


def test_a_flag_is_answered_by_an_assessment_or_dropped(nurse, assess, wang):
    assess(wang, all_best(GBT), MAY)
    flag = nurse.raise_flag(wang, TODAY, "出院后走路变差")
    line = due_of(nurse, wang)
    assert (line.due, line.why, line.flag_id) == (Due.FLAGGED, "出院后走路变差", flag)
    nurse.drop_flag(flag, "看错了")
    assert due_of(nurse, wang).due is Due.OVERDUE
    nurse.raise_flag(wang, TODAY, "又跌倒")
    assess(wang, all_best(GBT))
    assert due_of(nurse, wang).due is Due.FINE
    assert [f.is_open for f in nurse.flags(wang)] == [False, False]


def test_a_flag_says_what_has_changed(nurse, wang):
    with pytest.raises(subject.FlagReasonMissing):
        nurse.raise_flag(wang, TODAY, " ")
    flag = nurse.raise_flag(wang, TODAY, "摔倒")
    with pytest.raises(subject.DropReasonMissing):
        nurse.drop_flag(flag, "")


def test_the_front_desk_may_flag_and_look_but_not_assess(as_role, wang):
    desk = as_role(Assessments, Role.FRONT_DESK)
    desk.raise_flag(wang, TODAY, "出院后走路变差")
    assert desk.due(TODAY)
    with pytest.raises(NotAllowed):
        desk.begin(wang)


def test_the_home_says_how_often(nurse, as_role, assess, wang):
    assess(wang, all_best(GBT), MAY)
    assert due_of(nurse, wang).due is Due.OVERDUE
    director = as_role(Assessments)
    director.set_rules(AssessmentRules(MZT_039, 12, adds_up=True))
    assert due_of(nurse, wang).due is Due.FINE
    assert nurse.state(nurse.begin(wang)).form.code == MZT_039
    assert director.forms()[0].code == MZT_039
    with pytest.raises(OutOfRange):
        director.set_rules(AssessmentRules(MZT_039, 0, adds_up=True))


def test_reasons_add_up_only_for_those_judged_since(nurse, as_role, assess, wang):
    answers = {**with_total(70), "A.4.1": ["21"], "A.2.14.1": "2"}
    before = assess(wang, answers, MAY)
    as_role(Assessments).set_rules(AssessmentRules(GBT_42195, 6, adds_up=True))
    after = assess(wang, answers)
    assert nurse.state(before).judgement.level == nurse.state(before).level == 2
    assert nurse.state(after).judgement.level == nurse.state(after).level == 3


def test_other_subjects_ask_for_the_level_of_a_day(db, assess, house, wang):
    li = settle(db, "李桂兰", house["301-2"])
    assess(wang, with_total(70), MAY)
    assess(wang, {**with_total(40), "A.2.14.1": "1"})
    with db.reading() as session:
        assert latest_in(session, wang, MARCH) is None
        assert latest_in(session, wang, MAY).level == 1
        assert latest_in(session, wang, TODAY).signs.falls == 1
        assert level_on_in(session, wang, MAY) == 1
        assert level_on_in(session, li, TODAY) is None
        assert {key: x.level for key, x in levels_in(session, TODAY).items()} == {
            wang: 3
        }


@pytest.fixture
def older_edition(monkeypatch, tmp_path):
    """Let there be an edition of the form from before, with other bands."""
    folder = tmp_path / "forms"
    shutil.copytree(paths.resource("forms"), folder)
    source = folder / f"ability-{GBT_42195}.json"
    content = json.loads(source.read_text("utf-8"))
    content |= {"code": "gbt42195-draft", "edition": "draft"}
    content["effective_from"] = "2022-10-01"
    content["levels"][1]["least"] = 71
    content["levels"][2]["most"] = 70
    (folder / "ability-gbt42195-draft.json").write_text(json.dumps(content), "utf-8")
    resource = paths.resource
    monkeypatch.setattr(
        "carehome.paths.resource",
        lambda name: folder if name == "forms" else resource(name),
    )
    reading.all_forms.cache_clear()
    yield "gbt42195-draft"
    monkeypatch.undo()
    reading.all_forms.cache_clear()


def test_an_older_edition_is_recomputed_by_itself(nurse, assess, wang, older_edition):
    assert len(all_forms()) == 3
    old = assess(wang, with_total(70), MAY, older_edition)
    new = assess(wang, with_total(70))
    state = nurse.state(old)
    assert (state.form.edition, state.level) == ("draft", 2)
    assert state.judgement.level == 2
    assert nurse.state(new).judgement.level == 1


def test_a_draft_does_not_fill_the_change_log(nurse, db, wang):
    number = nurse.begin(wang)
    with db.reading() as session:
        before = session.scalar(text("SELECT count(*) FROM change"))
    for item in GBT.items:
        nurse.keep(number, {item.number: item.best})
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM change")) == before
        assert session.scalars(select(AssessmentRow)).one().answers == {}


def test_drafts_say_how_far_they_are(nurse, wang):
    nurse.keep(nurse.begin(wang), {"B.1.1": 4, "A.2.5": "60"})
    (draft,) = nurse.drafts()
    assert (draft.resident, draft.answered, draft.items) == ("王秀英", 1, 26)


def test_the_day_tells_who_is_due(nurse, wang):
    assert "从未评估" in str(nurse.today(TODAY)[0].text)
    nurse.raise_flag(wang, TODAY, "出院后走路变差")
    task = nurse.today(TODAY)[0]
    assert str(task.about) == "王秀英：出院后走路变差"
    nurse.keep(nurse.begin(wang), {"B.1.1": 4})
    assert "26" in str(nurse.today(TODAY)[-1].text)


def test_finished_ones_are_listed_over_everybody(nurse, assess, wang):
    assess(wang, with_total(70), MAY)
    nurse.void(assess(wang, with_total(10)), "评错人")
    lines = nurse.finished()
    assert [(x.resident, x.status, x.base_on) for x in lines] == [
        ("王秀英", "void", TODAY),
        ("王秀英", "finished", MAY),
    ]
