"""Rounds from the opening of their sheet to the signature, and those never made."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from carehome.db.checklists import (
    FormItemRow,
    FormRow,
    FormVersionRow,
    RoundPlanRow,
    SafetyPlaceRow,
)
from carehome.db.rounds import SafetyAnswerRow, SafetyRoundRow
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.rules.safety.rounds import ClockBehind, CodeWrong, Mark, Standing, code
from carehome.services.safety.hazards import Hazards
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.plan import RoundPlans
from carehome.services.safety.rounds import Answer, Rounds, RoundState, Verdict
from carehome.services.safety.rounds.service import (
    AlreadyMade,
    NotInPlan,
    NotToSign,
    OwnRound,
)
from carehome.services.safety.rounds.sheets import (
    NoPatroller,
    NotComplete,
    RoundClosed,
    RoundUnknown,
)
from tests.conftest import ROLES

OK, FAILED = Answer(Verdict.OK), Answer(Verdict.FAILED, note="门被锁住")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
ITEMS = 6


class Clock:
    """A clock on the wall that a test sets."""

    def __init__(self, text):
        self.set(text)

    def set(self, text):
        self.now = datetime.fromisoformat(text).replace(tzinfo=UTC)

    def __call__(self):
        return self.now


def at(text):
    return datetime.fromisoformat(f"2026-{text}")


class World:
    """A home whose day patrol and night patrol are planned since the 1st of November."""

    def __init__(self, db):
        self.db, self.clock = db, Clock("2026-11-21 09:30")
        self.rounds = Rounds(db, ROLES[Role.SAFETY_OFFICER], self.clock)
        self.director = Rounds(db, ROLES[Role.DIRECTOR], self.clock)
        with db.writing(ROLES[Role.DIRECTOR], "test") as session:
            self.place_id = self.added(session, SafetyPlaceRow(name="三楼走廊"))
            self.form_id = self.added(session, FormRow(kind="other", name="自定巡查"))
            version = FormVersionRow(
                form_id=self.form_id,
                number=1,
                size=ITEMS,
                edition="2026",
                source="",
                standing="ours",
                note="",
                made_at=at("11-01 08:00"),
                made_by="test",
            )
            version_id = self.added(session, version)
            self.items = [
                self.added(
                    session,
                    FormItemRow(
                        version_id=version_id,
                        position=number,
                        code=str(number),
                        text=f"检查项 {number}",
                        needs_picture=number == ITEMS,
                    ),
                )
                for number in range(1, ITEMS + 1)
            ]
            self.day_plan = self.planned(
                session, rhythm="daily", times="08:00 14:00", window=120
            )
            self.other_place = self.added(session, SafetyPlaceRow(name="一楼大厅"))
            self.night_plan = self.planned(
                session,
                place_id=self.other_place,
                rhythm="night",
                night_from=1200,
                night_to=360,
                every=120,
            )

    @staticmethod
    def added(session, row):
        session.add(row)
        session.flush()
        return row.id

    def planned(self, session, **how):
        plan = {
            "form_id": self.form_id,
            "place_id": self.place_id,
            "starts": date(2026, 11, 1),
            "made_at": at("11-01 08:00"),
            "made_by": "test",
        }
        return self.added(session, RoundPlanRow(**plan | how))

    def start(self, opens="11-21 08:00"):
        return self.rounds.start(self.day_plan, at(opens))

    def answer(self, round_id, **others):
        answers = dict.fromkeys(self.items, OK)
        answers |= {self.items[int(key[1:])]: value for key, value in others.items()}
        self.rounds.keep(round_id, answers)

    def made(self, opens="11-21 08:00", patroller="赵敏", **others):
        round_id = self.start(opens)
        self.answer(round_id, **others)
        self.rounds.finish(round_id, patroller)
        return round_id

    def from_paper(self, patroller, opens="11-21 08:00"):
        round_id = self.start(opens)
        self.answer(round_id)
        times = at(opens), at(opens) + timedelta(minutes=20)
        self.rounds.finish_late(round_id, patroller, *times)
        return round_id

    def marks(self, round_id):
        lines = self.rounds.listed(NOVEMBER).rounds
        return next(line for line in lines if line.round_id == round_id).marks


@pytest.fixture
def world(db):
    return World(db)


def test_what_is_due_now_stands_on_the_board(world):
    board = world.rounds.board()
    assert [(line.form, line.place, line.due.closes) for line in board.due] == [
        ("自定巡查", "三楼走廊", at("11-21 10:00"))
    ]


def test_a_round_that_is_made_is_due_no_more(world):
    world.made()
    assert world.rounds.board().due == ()


def test_an_open_sheet_is_still_due(world):
    round_id = world.start()
    (line,) = world.rounds.board().due
    assert (line.round_id, line.is_under_way) == (round_id, True)


def test_three_days_without_the_program_are_missed_by_themselves(world):
    world.clock.set("2026-11-21 07:00")
    line = world.rounds.listed(Period(date(2026, 11, 18), date(2026, 11, 21)))
    of_day = [each for each in line.missed if each.due.plan_id == world.day_plan]
    assert [each.due.opens for each in of_day] == [
        at(f"11-{day} {hour}:00") for day in (18, 19, 20) for hour in ("08", "14")
    ]
    assert line.due == len(line.missed) == 3 * (2 + 5)


def test_nothing_is_stored_for_what_was_missed(world):
    world.rounds.board()
    with world.db.reading() as session:
        assert session.scalars(select(SafetyRoundRow)).all() == []


def test_a_new_plan_leaves_what_was_missed_before(world):
    before = world.rounds.listed(Period(date(2026, 11, 1), date(2026, 11, 21))).missed
    plans = RoundPlans(world.db, ROLES[Role.DIRECTOR], world.clock)
    plans.change(
        world.day_plan,
        Planned(
            world.form_id,
            world.place_id,
            Rhythm.DAILY,
            date(2026, 11, 22),
            times=(900,),
            window=60,
        ),
    )
    after = world.rounds.listed(Period(date(2026, 11, 1), date(2026, 11, 21))).missed
    assert after == before


def test_an_old_round_keeps_the_version_of_its_form(world):
    round_id = world.made()
    with world.db.writing(ROLES[Role.DIRECTOR], "test") as session:
        version = FormVersionRow(
            form_id=world.form_id,
            number=2,
            size=1,
            edition="2027",
            source="",
            standing="ours",
            note="",
            made_at=at("11-21 09:00"),
            made_by="test",
        )
        newer = FormItemRow(
            version_id=world.added(session, version),
            position=1,
            code="1",
            text="新的检查项",
        )
        world.added(session, newer)
    texts = [item.text for item in world.rounds.sheet(round_id).items]
    assert texts == [f"检查项 {number}" for number in range(1, ITEMS + 1)]
    new = world.start("11-21 14:00")
    assert [item.text for item in world.rounds.sheet(new).items] == ["新的检查项"]


def test_a_month_tells_each_missed_round_once(world):
    world.clock.set("2026-12-02 09:00")
    months = [NOVEMBER, Period(date(2026, 12, 1), date(2027, 1, 1))]
    missed = [
        (line.due.plan_id, line.due.opens)
        for month in months
        for line in world.rounds.listed(month).missed
    ]
    both = world.rounds.listed(Period(date(2026, 11, 1), date(2027, 1, 1))).missed
    assert sorted(missed) == sorted((each.due.plan_id, each.due.opens) for each in both)
    assert len(set(missed)) == len(missed)


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_closes(world):
    world.clock.set("2026-11-22 00:30")
    night = world.rounds.listed(Period(date(2026, 11, 21), date(2026, 11, 22))).missed
    assert at("11-21 22:00") in [line.due.opens for line in night]


def monthly(world, **how):
    """Plan a monthly inspection of a place of its own since the 1st; return its id."""
    with world.db.writing(ROLES[Role.DIRECTOR], "test") as session:
        place_id = world.added(session, SafetyPlaceRow(name="配电间"))
        return world.planned(session, place_id=place_id, rhythm="monthly", **how), (
            place_id
        )


def changed(world, plan_id, place_id, **how):
    """Change a plan today; return the new one."""
    plans = RoundPlans(world.db, ROLES[Role.DIRECTOR], world.clock)
    today = world.clock().date()
    new = Planned(world.form_id, place_id, Rhythm.MONTHLY, today, **how)
    return plans.change(plan_id, new)


def asked(world, *plan_ids):
    lines = world.rounds.listed(NOVEMBER)
    board = world.rounds.board()
    return [
        (line.standing, line.due.plan_id)
        for line in (*board.due, *lines.missed)
        if line.due.plan_id in plan_ids
    ]


def test_a_plan_that_is_changed_on_the_way_does_not_ask_twice(world):
    plan_id, place_id = monthly(world)
    round_id = world.rounds.start(plan_id, at("11-01 00:00"))
    world.answer(round_id)
    world.rounds.finish(round_id, "赵敏")
    new = changed(world, plan_id, place_id, first_day=1)
    world.clock.set("2026-11-25 09:30")
    assert asked(world, plan_id, new) == []
    world.clock.set("2026-12-02 09:30")
    assert asked(world, plan_id, new) == [(Standing.DUE, new)]


def test_a_plan_that_is_changed_before_its_round_was_made_still_asks_for_it(world):
    plan_id, place_id = monthly(world)
    new = changed(world, plan_id, place_id)
    world.clock.set("2026-12-02 09:30")
    assert (Standing.MISSED, new) in asked(world, plan_id, new)


def test_what_was_made_at_another_place_does_not_count(world):
    world.made("11-21 08:00")
    plan_id, place_id = monthly(world)
    new = changed(world, plan_id, place_id)
    world.clock.set("2026-11-25 09:30")
    assert asked(world, plan_id, new) == [(Standing.DUE, new)]


def test_the_last_night_of_a_plan_can_be_gone_after_midnight(world):
    RoundPlans(world.db, ROLES[Role.DIRECTOR], world.clock).end(world.night_plan)
    world.clock.set("2026-11-22 00:30")
    due = [line.due for line in world.rounds.board().due]
    assert at("11-22 00:00") in [each.opens for each in due]
    assert world.rounds.start(world.night_plan, at("11-22 00:00"))


def test_a_clock_set_back_hides_nothing_for_long(world):
    before = world.rounds.listed(NOVEMBER).missed
    world.clock.set("2026-11-10 09:30")
    assert len(world.rounds.listed(NOVEMBER).missed) < len(before)
    world.clock.set("2026-11-21 09:30")
    assert world.rounds.listed(NOVEMBER).missed == before


def test_a_round_after_the_clock_was_set_back_is_marked(world):
    world.made("11-21 08:00")
    world.clock.set("2026-11-20 14:30")
    assert Mark.CLOCK in world.marks(world.made("11-20 14:00"))


def test_a_sheet_is_opened_once_for_a_window(world):
    assert world.start() == world.start()


def test_a_round_is_made_once_for_a_window(world):
    world.made()
    with pytest.raises(AlreadyMade):
        world.start()


def test_only_what_the_plan_asks_for_is_started_by_the_plan(world):
    with pytest.raises(NotInPlan):
        world.start("11-21 08:01")


def test_an_extra_round_answers_to_no_window(world):
    round_id = world.rounds.start_extra(world.form_id, world.place_id)
    world.answer(round_id)
    world.rounds.finish(round_id, "赵敏")
    assert len(world.rounds.board().due) == 1


def test_answers_are_kept_from_one_sitting_to_the_next(world):
    round_id = world.start()
    world.rounds.keep(round_id, {world.items[0]: OK})
    world.rounds.keep(round_id, {world.items[1]: FAILED, world.items[0]: None})
    answers = [item.answer for item in world.rounds.sheet(round_id).items]
    assert answers == [None, FAILED, *[None] * (ITEMS - 2)]


def test_a_round_is_finished_when_everything_is_answered(world):
    round_id = world.start()
    world.answer(round_id)
    world.rounds.keep(round_id, {world.items[2]: None})
    with pytest.raises(NotComplete) as refused:
        world.rounds.finish(round_id, "赵敏")
    assert "3" in refused.value.message


@pytest.mark.parametrize(
    "others",
    [{"i0": Answer(Verdict.FAILED)}, {"i5": FAILED}],
    ids=["without words", "without a picture"],
)
def test_what_failed_is_told(world, others):
    round_id = world.start()
    world.answer(round_id, **others)
    with pytest.raises(NotComplete):
        world.rounds.finish(round_id, "赵敏")


def test_a_picture_is_put_to_an_item(world):
    picture = NewPicture("门.jpg", 4, 3, b"jpeg", "digest", None)
    round_id = world.start()
    world.answer(round_id, i5=FAILED)
    world.rounds.attach(round_id, world.items[5], picture)
    assert world.rounds.sheet(round_id).obstacles == ()


def test_somebody_went_round(world):
    round_id = world.start()
    world.answer(round_id)
    with pytest.raises(NoPatroller):
        world.rounds.finish(round_id, "  ")


def test_what_failed_is_in_the_register_of_hazards(world):
    round_id = world.start()
    world.answer(round_id, i1=FAILED)
    (number,) = world.rounds.finish(round_id, "赵敏")
    hazard = Hazards(world.db, ROLES[Role.DIRECTOR], world.clock).file(number)
    assert "检查项 2" in str(hazard)
    assert "门被锁住" in str(hazard)


def test_a_finished_round_takes_no_more_answers(world):
    round_id = world.made()
    with pytest.raises(RoundClosed):
        world.rounds.keep(round_id, {world.items[0]: FAILED})


def test_the_database_itself_keeps_the_answers_of_a_finished_round(world):
    world.made()
    with (
        pytest.raises(IntegrityError),
        world.db.writing(ROLES[Role.DIRECTOR], "t") as s,
    ):
        s.scalars(select(SafetyAnswerRow)).first().verdict = "failed"


@pytest.mark.parametrize(
    ("column", "value"),
    [("patroller", "别人"), ("note", "别人"), ("started_at", at("11-20 08:00"))],
)
def test_the_database_itself_keeps_a_finished_round(world, column, value):
    round_id = world.made()
    with (
        pytest.raises(IntegrityError),
        world.db.writing(ROLES[Role.DIRECTOR], "t") as s,
    ):
        setattr(s.get_one(SafetyRoundRow, round_id), column, value)


def test_a_finished_round_is_never_deleted(world):
    round_id = world.made()
    with (
        pytest.raises(IntegrityError),
        world.db.writing(ROLES[Role.DIRECTOR], "t") as s,
    ):
        s.delete(s.get_one(SafetyRoundRow, round_id))


def test_a_late_entry_shows_both_times(world):
    world.clock.set("2026-11-21 17:00")
    round_id = world.start()
    world.answer(round_id)
    world.rounds.finish_late(round_id, "赵敏", at("11-21 08:10"), at("11-21 08:40"))
    line = world.rounds.sheet(round_id).line
    assert (line.ended_at, line.entered_at) == (at("11-21 08:40"), at("11-21 17:00"))
    assert line.marks == (Mark.AFTERWARDS,)


def test_a_late_entry_of_a_round_made_in_time_is_not_missed(world):
    world.clock.set("2026-11-21 17:00")
    round_id = world.start()
    world.answer(round_id)
    world.rounds.finish_late(round_id, "赵敏", at("11-21 08:10"), at("11-21 08:40"))
    missed = world.rounds.listed(Period(date(2026, 11, 21), date(2026, 11, 22))).missed
    assert at("11-21 08:00") not in [line.due.opens for line in missed]


def test_a_round_is_not_made_in_the_future(world):
    round_id = world.start()
    world.answer(round_id)
    with pytest.raises(ClockBehind):
        world.rounds.finish_late(round_id, "赵敏", at("11-21 09:00"), at("11-21 09:31"))


def test_a_round_after_its_window_is_made_late(world):
    world.clock.set("2026-11-21 11:00")
    round_id = world.made()
    found = world.rounds.listed(Period(date(2026, 11, 21), date(2026, 11, 22)))
    assert found.made_late == 1
    assert Mark.LATE in world.marks(round_id)


def test_a_round_before_its_window_is_suspicious(world):
    round_id = world.made("11-21 14:00")
    assert Mark.AHEAD in world.marks(round_id)
    assert [line.round_id for line in world.rounds.board().suspicious] == [round_id]


def test_all_answers_in_one_minute_are_suspicious(world):
    assert Mark.HASTE in world.marks(world.made())


def test_answers_over_some_minutes_are_not(world):
    round_id = world.start()
    for item in world.items:
        world.rounds.keep(round_id, {item: OK})
        world.clock.now += timedelta(minutes=1)
    world.rounds.finish(round_id, "赵敏")
    assert world.marks(round_id) == ()


def test_an_answer_that_is_only_saved_again_keeps_its_moment(world):
    round_id = world.start()
    world.answer(round_id)
    world.clock.now += timedelta(minutes=20)
    world.answer(round_id)
    world.rounds.finish(round_id, "赵敏")
    assert Mark.HASTE in world.marks(round_id)


def test_another_person_signs(world):
    round_id = world.made(patroller=ROLES[Role.SAFETY_OFFICER].name)
    with pytest.raises(OwnRound):
        world.rounds.sign([round_id])
    world.director.sign([round_id])
    assert world.rounds.board().unsigned == ()


def test_a_round_is_signed_once(world):
    round_id = world.made()
    world.director.sign([round_id])
    with pytest.raises(NotToSign):
        world.director.sign([round_id])


def test_a_void_round_stays_and_its_window_is_missed(world):
    round_id = world.made()
    world.rounds.void(round_id, "填错了日期")
    world.clock.set("2026-11-21 10:30")
    found = world.rounds.listed(Period(date(2026, 11, 21), date(2026, 11, 22)))
    assert [line.state for line in found.rounds] == [RoundState.VOID]
    assert at("11-21 08:00") in [line.due.opens for line in found.missed]


def test_after_a_void_round_the_window_can_be_made_again(world):
    world.rounds.void(world.made(), "填错了日期")
    assert world.made()


def test_a_code_brings_back_the_very_sheet(world):
    round_id = world.start()
    assert world.rounds.by_code(world.rounds.sheet(round_id).line.code) == round_id


def test_the_code_of_a_sheet_thrown_away_brings_back_no_other(world):
    thrown = world.start()
    world.rounds.discard(thrown)
    world.start()
    with pytest.raises(RoundUnknown):
        world.rounds.by_code(code(thrown))


def test_a_slip_in_a_code_is_noticed(world):
    good = code(world.start())
    with pytest.raises(CodeWrong):
        world.rounds.by_code(good[:-1] + ("1" if good[-1] != "1" else "2"))


def test_a_standing_is_told_for_every_window(world):
    world.made()
    lines = world.rounds.board()
    assert {line.standing for line in lines.missed} == {Standing.MISSED}
    assert {line.standing for line in lines.coming} == {Standing.COMING}


def test_a_year_of_rounds_takes_as_many_queries_as_a_day(world):
    def asked(period):
        told = []

        def count(_connection, _cursor, statement, *_more):
            told.append(statement)

        event.listen(world.db._engine, "before_cursor_execute", count)
        world.rounds.listed(period)
        event.remove(world.db._engine, "before_cursor_execute", count)
        return len(told)

    for day in range(1, 11):
        world.clock.set(f"2026-11-{day:02d} 09:30")
        world.made(f"11-{day:02d} 08:00")
    day = Period(date(2026, 11, 10), date(2026, 11, 11))
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert asked(year) == asked(day)
