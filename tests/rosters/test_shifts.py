"""Kinds of shift and their cover on the real database."""
# ruff: noqa: F811 - fixtures are imported and named again where they are used

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import event

from carehome.db.beds import BedRow, BedUseRow, BuildingRow, FloorRow, RoomRow
from carehome.db.residents import AbsenceRow, ResidentRow
from carehome.db.staff import PostRow
from carehome.db.units import UnitRow
from carehome.rules.consequences import Change
from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.rosters import kinds as kind_rules
from carehome.rules.rosters import presets
from carehome.rules.rosters.cover import Need
from carehome.rules.rosters.kinds import Kind
from carehome.services.shifts import PostLacks, Shifts, demands_of
from carehome.services.shifts.changing import cover_lines
from carehome.ui.kit.dialogs import ConfirmDialog
from carehome.ui.rosters.shifts import ShiftsView
from tests.conftest import ROLES
from tests.kit.conftest import _dressed, jobs, shown  # noqa: F401 - fixtures

DIRECTOR = ROLES[Role.DIRECTOR]
TODAY = date(2026, 11, 21)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
EARLY = Kind("E", "早", "早班", 420, 480)


@pytest.fixture
def shifts(db, clock):
    return Shifts(db, DIRECTOR, clock)


@pytest.fixture
def ward(db, shifts):
    """A unit with one floor on which nine severely disabled people live."""
    with db.writing(DIRECTOR, "test") as session:
        building = BuildingRow(name="主楼")
        unit = UnitRow(name="三楼")
        session.add_all([building, unit])
        session.flush()
        floor = FloorRow(building_id=building.id, name="三楼", level=3)
        session.add(floor)
        session.flush()
        room = RoomRow(floor_id=floor.id, name="301")
        session.add(room)
        session.flush()
        ids = (unit.id, floor.id, room.id)
    shifts.set_floors(ids[0], {ids[1]})
    for number in range(9):
        live(db, ids[2], str(number))
    return ids


def live(db, room, label, level=3):
    with db.writing(DIRECTOR, "test") as session:
        bed = BedRow(room_id=room, label=label, bed_class="A")
        one = ResidentRow(name=f"老人{label}", sex="female", ability_level=level)
        session.add_all([bed, one])
        session.flush()
        starts = date(2026, 1, 1)
        session.add(BedUseRow(bed_id=bed.id, resident_id=one.id, starts=starts))
        return one.id


def demands(db, period=NOVEMBER):
    with db.reading() as session:
        return demands_of(session, period)


def compute(shifts, unit, each=3, **more):
    number = shifts.save_kind(EARLY)
    shifts.set_need(Need(number, unit, 0, is_computed=True, **more))
    shifts.set_ratios(number, {3: each}, NOVEMBER.start)
    return number


def test_nine_severely_disabled_at_one_to_three_need_three(db, shifts, ward):
    compute(shifts, ward[0])
    assert {demand.need for demand in demands(db)} == {3}


def test_the_reason_is_told_in_words(db, shifts, ward):
    compute(shifts, ward[0])
    assert "9" in demands(db)[0].basis
    assert "1:3" in demands(db)[0].basis


def test_who_is_in_hospital_does_not_count_on_those_nights(db, shifts, ward):
    compute(shifts, ward[0], each=8)
    with db.writing(DIRECTOR, "test") as session:
        row = AbsenceRow(resident_id=1, kind="hospital", left_on=date(2026, 11, 10))
        row.returned_on = date(2026, 11, 12)
        session.add(row)
    needs = [demand.need for demand in demands(db)]
    assert needs[8:12] == [2, 1, 1, 2]


def test_who_is_on_leave_counts_again_from_the_expected_return(db, shifts, ward):
    compute(shifts, ward[0], each=8)
    with db.writing(DIRECTOR, "test") as session:
        row = AbsenceRow(resident_id=1, kind="leave", left_on=date(2026, 11, 10))
        row.expected_on = date(2026, 11, 15)
        session.add(row)
    assert [d.need for d in demands(db)][13:15] == [1, 2]


def test_who_is_late_is_not_here_tonight(db, shifts, ward):
    compute(shifts, ward[0], each=8)
    with db.writing(DIRECTOR, "test") as session:
        row = AbsenceRow(resident_id=1, kind="leave", left_on=date(2026, 11, 10))
        row.expected_on = date(2026, 11, 15)
        session.add(row)
    line = next(line for line in shifts.cover_now(TODAY) if line.cover)
    assert (line.residents, line.cover.need) == (8, 1)


def test_a_ratio_that_changes_leaves_the_days_before_as_they_were(db, shifts, ward):
    number = compute(shifts, ward[0])
    shifts.set_ratios(number, {3: 9}, date(2026, 11, 16))
    assert [d.need for d in demands(db)][14:16] == [3, 1]


def test_weekends_can_need_fewer(db, shifts, ward):
    number = shifts.save_kind(EARLY)
    shifts.set_need(Need(number, ward[0], 3))
    shifts.set_need(Need(number, ward[0], 2, days="holiday"))
    needs = [demand.need for demand in demands(db)]
    assert needs[19:22] == [3, 2, 2]  # Friday 20 to Sunday 22


def test_a_shift_can_ask_for_a_senior_as_well(db, shifts, ward):
    number = shifts.save_kind(EARLY)
    shifts.set_need(Need(number, ward[0], 3, skill=3))
    plain, senior = demands(db)[:2]
    assert (plain.need, plain.counts, senior.need, senior.counts) == (
        3,
        None,
        1,
        frozenset(),
    )


def test_a_retired_kind_asks_for_nobody(db, shifts, ward):
    number = compute(shifts, ward[0])
    shifts.set_active(number, is_active=False)
    assert demands(db) == []


def test_a_floor_belongs_to_one_unit_at_most(db, shifts, ward):
    with db.writing(DIRECTOR, "test") as session:
        session.add(other := UnitRow(name="四楼"))
        session.flush()
        number = other.id
    shifts.set_floors(number, {ward[1]})
    floors = {unit.name: unit.floors for unit in shifts.board(TODAY).units}
    assert floors == {"三楼": frozenset(), "四楼": frozenset({ward[1]})}


def test_a_letter_means_one_kind(shifts):
    shifts.save_kind(EARLY)
    with pytest.raises(kind_rules.LetterTaken):
        shifts.save_kind(replace(EARLY, name="早二班"))


def test_the_control_room_is_two_people_three_times_eight_hours(db, shifts):
    with db.writing(DIRECTOR, "test") as session:
        if not session.query(PostRow).filter_by(name="消防控制室值班员").count():
            session.add(PostRow(name="消防控制室值班员"))
    shifts.switch_on("control-room")
    found = demands(db, Period(TODAY, date(2026, 11, 22)))
    assert [demand.need for demand in found] == [2, 2, 2]
    kinds = [line.kind for line in shifts.board(TODAY).kinds]
    assert sum(kind.span for kind in kinds) == 24 * 60
    assert all(kind.post_id for kind in kinds)


def test_a_duty_is_taken_over_whole_or_not_at_all(db, shifts):
    with db.writing(DIRECTOR, "test") as session:
        for row in session.query(PostRow).filter_by(name="消防控制室值班员"):
            row.name = "别的岗位"
    with pytest.raises(PostLacks):
        shifts.switch_on("control-room")
    assert shifts.board(TODAY).kinds == ()


def test_a_duty_is_asked_for_from_today_on(db, shifts):
    shifts.switch_on("on-call")
    assert {demand.day for demand in demands(db)} == set(range(TODAY.day - 1, 30))


def test_a_duty_takes_another_letter_where_its_own_is_taken(shifts):
    shifts.save_kind(replace(EARLY, code="K"))
    shifts.switch_on("on-call")
    assert [line.kind.code for line in shifts.board(TODAY).kinds] == ["K", "A"]


def test_a_duty_is_switched_on_once(shifts):
    shifts.switch_on("on-call")
    with pytest.raises(kind_rules.NameTaken):
        shifts.switch_on("on-call")


@pytest.mark.parametrize("code", ["control-room", "handover"])
def test_somebody_is_on_duty_all_around_the_clock(code):
    kinds = sorted(presets.duties()[code].kinds, key=lambda kind: kind.starts)
    ends = [(kind.starts + kind.span) % 1440 for kind in kinds]
    assert ends == [kind.starts for kind in (*kinds[1:], kinds[0])]
    assert not any(kind.is_long for kind in kinds)


def test_on_call_counts_no_working_time(shifts):
    shifts.switch_on("on-call")
    assert shifts.board(TODAY).kinds[0].kind.minutes == 0


def test_what_no_source_gives_stays_empty():
    for given in presets.ratios().values():
        assert set(given.residents) == {2, 3, 4}
        assert given.source.standing == "draft"


def test_a_month_takes_as_many_queries_as_a_day(db, shifts, ward):
    compute(shifts, ward[0], skill=3)
    asked = []
    note = lambda *_: asked.append(1)  # noqa: E731
    counts = []
    for period in (Period(TODAY, date(2026, 11, 22)), NOVEMBER):
        with db.reading() as session:
            event.listen(session.bind, "before_cursor_execute", note)
            demands_of(session, period)
            event.remove(session.bind, "before_cursor_execute", note)
        counts.append(len(asked))
        asked.clear()
    assert counts[0] == counts[1]


def test_the_front_desk_sets_no_cover(db, clock):
    with pytest.raises(NotAllowed):
        Shifts(db, ROLES[Role.FRONT_DESK], clock).save_kind(EARLY)


def test_a_move_tells_which_units_need_more_people_or_fewer(db, shifts, ward):
    compute(shifts, ward[0], each=8)
    with db.writing(DIRECTOR, "test") as session:
        floor = FloorRow(building_id=1, name="四楼", level=4)
        session.add(floor)
        session.flush()
        session.add(room := RoomRow(floor_id=floor.id, name="401"))
        session.flush()
        session.add(bed := BedRow(room_id=room.id, label="1", bed_class="A"))
        session.flush()
        number = bed.id
    with db.reading() as session:
        change = Change(1, TODAY, bed_id=number)
        (line,) = cover_lines(session, change, TODAY)
    assert (line.before.facts["count"], line.value.facts["count"]) == ("2", "1")


def test_a_move_within_a_unit_says_nothing_of_cover(db, shifts, ward):
    compute(shifts, ward[0], each=8)
    with db.writing(DIRECTOR, "test") as session:
        session.add(bed := BedRow(room_id=ward[2], label="free", bed_class="A"))
        session.flush()
        number = bed.id
    with db.reading() as session:
        change = Change(1, TODAY, bed_id=number)
        assert list(cover_lines(session, change, TODAY)) == []


def test_another_ability_tells_which_shifts_need_fewer_people(db, shifts, ward):
    compute(shifts, ward[0], each=8)
    (line,) = shifts.of_ability(1, was=3, now=0)
    assert (line.before.facts["count"], line.value.facts["count"]) == ("2", "1")
    assert "早班" in str(line.name)
    assert shifts.of_ability(1, was=3, now=3) == []


@pytest.fixture
def view(db, shifts, ward, jobs, shown, qtbot):
    """The tab of shifts and people, with a need that was raised in November."""
    number = compute(shifts, ward[0])
    shifts.set_need(Need(number, ward[0], 7, starts=NOVEMBER.start))
    db.on_change = jobs.announce
    view = shown(ShiftsView(shifts, jobs, DIRECTOR, lambda: TODAY))
    qtbot.waitUntil(lambda: bool(view.needs.table.rows))
    view.needs.select((number, ward[0]))
    return view


def test_a_need_is_taken_back_by_keyboard_and_the_one_before_holds(view, qtbot):
    view.drop.setFocus()
    QTest.keyClick(view.drop, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(view.findChildren(ConfirmDialog)))
    (asked,) = view.findChildren(ConfirmDialog)
    assert "早班" in asked.windowTitle()
    asked.primary.setFocus()
    QTest.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.needs.current_row().cover.need == 3)


def test_what_is_not_asked_for_cannot_be_taken_back(view):
    assert view.drop.isEnabled()
    view.needs.clearSelection()
    assert not view.drop.isEnabled()
