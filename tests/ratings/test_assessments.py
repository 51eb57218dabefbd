"""Self-assessments: begun, judged, shared out, carried forward, sealed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from carehome.db.ratings import RatingScoreRow
from carehome.db.staff import StaffMemberRow
from carehome.rules.periods import Period
from carehome.rules.ratings.judging import (
    Lack,
    PointsBeyond,
    PointsUnread,
    progress,
    read_points,
)
from carehome.rules.rights import NotAllowed, Role
from carehome.services.ratings import assessments as service
from carehome.services.ratings.assessed import Sealed
from carehome.services.ratings.assessments import (
    Judgement,
    NewSelf,
    SelfAssessments,
)
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.tables import RatingTables
from carehome.services.ratings.verdicts import RatingVerdicts, Unjustified
from tests.conftest import ROLES, TODAY
from tests.ratings.judged import judge_all

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def held(as_role):
    return as_role(SelfAssessments, Role.DIRECTOR)


@pytest.fixture
def nurse(as_role):
    return as_role(SelfAssessments, Role.FRONT_DESK)


@pytest.fixture
def table(as_role):
    tables = as_role(RatingTables, Role.DIRECTOR)
    tables.take_practice()
    return tables.listed()[0]


@pytest.fixture
def begin(held, table):
    def make(name="2026年自评", carried_from=None):
        return held.begin(NewSelf(name, table.table_id, YEAR, 4, carried_from))

    return make


@pytest.fixture
def member(db):
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    with db.writing(ROLES[Role.DIRECTOR], "Staff.add", made_at) as session:
        row = StaffMemberRow(name="周敏", hired_on=date(2024, 1, 1))
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def begun(begin):
    return begin()


@pytest.fixture
def judge(held, begun):
    """Return a function that judges the first item and returns its line."""

    def do(hundredths, at=0, **more):
        item_id = held.sheet(begun).lines[at].item.item_id
        held.judge(begun, item_id, Judgement(hundredths, **more))
        return held.sheet(begun).lines[at]

    return do


def test_at_first_nothing_is_judged(held, begun):
    found = progress(held.sheet(begun).lines, TODAY)
    assert (found.items, found.judged, found.got, found.full) == (124, 0, 0, 100_000)


def test_a_table_is_judged_once_at_a_time(begin, begun):
    with pytest.raises(service.OpenAlready) as refused:
        begin("又一次")
    assert "2026年自评" in refused.value.message


def test_a_table_out_of_use_is_not_begun(begin, table, as_role):
    as_role(RatingTables, Role.DIRECTOR).set_active(table.table_id, False)
    with pytest.raises(service.TableUnused):
        begin()


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewSelf(" ", 1, YEAR, 3), service.SelfNameless),
        (
            NewSelf("自评", 1, Period(YEAR.start, YEAR.start), 3),
            service.PeriodBackwards,
        ),
    ],
)
def test_what_is_said_wrong_of_a_beginning_is_refused(held, new, refusal):
    with pytest.raises(refusal):
        held.begin(new)


def test_a_judgement_keeps_points_reason_and_who_gave_it(judge):
    line = judge(200, reason="缺一项记录", method="查看记录")
    assert line.score.hundredths == 200
    assert (line.score.reason, line.score.method) == ("缺一项记录", "查看记录")
    assert line.score.judged_by == "director"
    assert line.score.judged_at.date() == TODAY


def test_a_reason_alone_is_kept_and_judges_nothing(judge):
    line = judge(None, reason="等消防检测报告")
    assert line.score.reason == "等消防检测报告"
    assert not line.is_judged
    assert line.score.judged_at is None


def test_a_judgement_is_taken_back_by_none(judge):
    judge(200, reason="缺记录")
    line = judge(None, reason="缺记录")
    assert (line.is_judged, line.score.judged_by) == (False, "")


def test_more_points_than_the_item_has_are_refused(judge, table):
    with pytest.raises(PointsBeyond):
        judge(table.items[0].hundredths + 1)


def test_a_word_more_does_not_change_who_judged(held, begun, judge, nurse):
    judge(200, reason="缺记录")
    item_id = held.sheet(begun).lines[0].item.item_id
    nurse.judge(begun, item_id, Judgement(200, "缺两份记录"))
    assert held.sheet(begun).lines[0].score.judged_by == "director"


def test_only_who_leads_the_rating_begins_and_submits(nurse, table, begun):
    with pytest.raises(NotAllowed):
        nurse.submit(begun)


def test_full_points_with_words_lack_nothing(judge, table):
    at = first(table, figure=False)
    full = table.items[at].hundredths
    assert judge(full, at=at, evidence="现场查看").lacks == ()


def test_a_deduction_lacks_its_reason_until_it_is_given(judge, table):
    at = first(table, figure=False)
    assert judge(100, at=at, evidence="现场查看").lacks == (Lack.REASON,)
    assert judge(100, at=at, evidence="现场查看", reason="缺记录").lacks == ()


def test_what_nothing_tells_needs_a_file_or_words(judge, table):
    at = first(table, figure=False)
    assert judge(table.items[at].hundredths, at=at).lacks == (Lack.EVIDENCE,)


def test_no_points_need_no_evidence(judge, table):
    assert judge(0, at=first(table, figure=False), reason="没有").lacks == ()


def test_what_the_program_counts_is_kept_with_the_points(judge, table):
    at = tied(table, "safety.drills")
    line = judge(table.items[at].hundredths, at=at)
    assert line.score.counted.endswith("：0 次")
    assert line.lacks == ()


def test_a_figure_never_gives_points(held, begun, table):
    assert held.figures(begun)["safety.drills"].value == 0
    assert not held.sheet(begun).lines[tied(table, "safety.drills")].is_judged


def test_a_figure_shows_the_list_behind_it(held, begun, member):
    figure = held.figures(begun)["training.covered_share"]
    assert "周敏" in str(figure.rows.lines)


def test_many_items_are_shared_out_at_once(held, begun, member):
    ids = [line.item.item_id for line in held.sheet(begun).lines[:40]]
    held.share_out(begun, ids, member, date(2026, 12, 1))
    mine = [line for line in held.sheet(begun).lines if line.is_of("周敏")]
    assert len(mine) == 40
    assert {line.score.due_on for line in mine} == {date(2026, 12, 1)}


@pytest.mark.parametrize(("days", "is_overdue"), [(-1, True), (0, False)])
def test_what_is_not_there_the_day_after_it_was_due_is_overdue(
    held, begun, days, is_overdue
):
    item_id = held.sheet(begun).lines[0].item.item_id
    held.share_out(begun, [item_id], None, TODAY + timedelta(days))
    assert held.sheet(begun).lines[0].is_overdue(TODAY) is is_overdue


def test_an_earlier_one_is_shown_beside_and_never_counts(held, begun, begin, judge):
    judge(200, reason="缺记录")
    judge_rest(held, begun)
    held.submit(begun)
    lines = held.sheet(begin("2027年自评", begun)).lines
    assert (lines[0].earlier.hundredths, lines[0].earlier.reason) == (200, "缺记录")
    assert not any(line.is_judged for line in lines)


def test_who_was_responsible_stays_so_without_the_old_day(held, begun, begin, member):
    judge_all(held, begun)
    item_id = held.sheet(begun).lines[0].item.item_id
    held.share_out(begun, [item_id], member, TODAY)
    held.submit(begun)
    score = held.sheet(begin("2027年自评", begun)).lines[0].score
    assert (score.staff_name, score.due_on) == ("周敏", None)


def test_what_is_not_judged_whole_is_not_submitted(held, begun, judge):
    judge_all(held, begun)
    line = judge(100)
    with pytest.raises(service.NotJudged) as refused:
        held.submit(begun)
    assert line.item.code in refused.value.message


def test_what_is_submitted_is_sealed(held, begun, judge):
    judge_all(held, begun)
    held.submit(begun)
    with pytest.raises(Sealed):
        judge(0)
    head = held.sheet(begun).head
    assert (head.is_open, head.submitted_by) == (False, "director")


def test_the_database_itself_keeps_what_was_submitted(held, begun, db, as_role):
    judge_all(held, begun)
    held.submit(begun)
    with pytest.raises(DatabaseError, match="sealed"), db._engine.begin() as raw:
        raw.execute(update(RatingScoreRow).values(hundredths=0))


def test_what_was_thrown_away_is_gone_and_another_may_begin(held, begun, begin, judge):
    judge(200, reason="缺记录")
    held.discard(begun)
    assert held.listed() == []
    assert begin("重新开始")


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        *(("3", 300), ("2.5", 250), ("２．５", 250), ("=", 500), ("0", 0)),
        *(("5", 500), ("-1", 400), ("-0.5", 450), ("-5", 0)),
    ],
)
def test_points_are_read_as_they_are_typed(typed, points):
    assert read_points(typed, 500) == points


@pytest.mark.parametrize("typed", ["", "abc", "1.234", "--1", "3分"])
def test_what_is_no_number_of_points_is_refused(typed):
    with pytest.raises(PointsUnread):
        read_points(typed, 500)


@pytest.mark.parametrize("typed", ["5.01", "-6", "50"])
def test_points_beyond_the_full_mark_are_refused(typed):
    with pytest.raises(PointsBeyond):
        read_points(typed, 500)


def test_a_condition_is_judged_by_hand_with_a_reason(as_role, begun):
    conditions = as_role(RatingConditions, Role.DIRECTOR)
    conditions.take_region("shanghai")
    by_hand = next(c for c in conditions.listed() if not c.figure)
    verdicts = as_role(RatingVerdicts, Role.HEAD_NURSE)
    with pytest.raises(Unjustified):
        verdicts.say(begun, by_hand.condition_id, True, " ")
    verdicts.say(begun, by_hand.condition_id, True, "备案回执2026-12")
    found = {v.condition.condition_id: v for v in verdicts.listed(begun)}
    kept = found[by_hand.condition_id]
    assert (kept.holds, kept.reason) == (True, "备案回执2026-12")
    assert not kept.is_counted


def test_submission_keeps_every_condition_as_it_was(as_role, held, begun):
    conditions = as_role(RatingConditions, Role.DIRECTOR)
    conditions.take_region("shanghai")
    verdicts = as_role(RatingVerdicts, Role.DIRECTOR)
    before = verdicts.listed(begun)
    judge_all(held, begun)
    held.submit(begun)
    conditions.set_active(before[0].condition.condition_id, False)
    after = verdicts.listed(begun)
    assert [(v.condition.text, v.holds) for v in after] == [
        (v.condition.text, v.holds) for v in before
    ]


def first(table, figure):
    """Return the place of the first item that is, or is not, tied to a figure."""
    return next(at for at, i in enumerate(table.items) if bool(i.figure) is figure)


def tied(table, key):
    return next(at for at, item in enumerate(table.items) if item.figure == key)


def judge_rest(held, self_id):
    for line in held.sheet(self_id).lines:
        if not line.is_judged:
            said = Judgement(line.item.hundredths, evidence="现场查看")
            held.judge(self_id, line.item.item_id, said)
