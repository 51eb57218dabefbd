"""Hazards: their deadlines, and their only way out of the register."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carehome.rules.periods import Period
from carehome.rules.rights import NotAllowed, Role
from carehome.rules.safety import hazards as rules
from carehome.rules.safety.hazards import (
    HazardRules,
    NewHazard,
    Origin,
    Plan,
    Severity,
    Stage,
    State,
    StepKind,
)
from carehome.rules.today import Target, shown
from carehome.services.safety.hazards import (
    Hazards,
    hazards_in,
    marks_of_in,
    open_hazard_in,
)
from carehome.services.safety.photos import NewPicture
from carehome.services.safety.plan import Place, RoundPlans
from tests.conftest import ROLES, TODAY
from tests.house import DIRECTOR

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
BLOCKED = NewHazard("疏散通道堆放纸箱", "二楼东侧楼梯间")
RULES = HazardRules()
PHOTO = NewPicture("IMG_0001.jpg", 4, 3, b"\xff\xd8photo", "digest", None)
OFFICER, NURSE = Role.SAFETY_OFFICER, Role.HEAD_NURSE


class Desk:
    """The register as people of several roles use it, with a clock that can go on."""

    def __init__(self, db):
        self.db, self.now = db, NOW

    def of(self, role=OFFICER):
        return Hazards(self.db, ROLES[role], lambda: self.now)

    def open(self, **more):
        new = NewHazard(**{"item": BLOCKED.item, "place": BLOCKED.place, **more})
        return self.of(NURSE).open(new)

    def rectify(self, hazard_id, role=OFFICER, who="张师傅"):
        self.now += HOUR
        self.of(role).rectify(hazard_id, "纸箱已清走", who, pictures=[PHOTO])

    def pass_check(self, hazard_id, role=NURSE):
        self.now += HOUR
        self.of(role).pass_check(hazard_id, "通道畅通")

    def close(self, hazard_id, role=Role.DIRECTOR):
        self.now += HOUR
        self.of(role).close(hazard_id)

    def hazard(self, hazard_id):
        return self.of().file(hazard_id).hazard

    def lines(self, role=OFFICER):
        return self.of(role).today(TODAY)


@pytest.fixture
def desk(db):
    return Desk(db)


@pytest.fixture
def known(desk):
    return desk.open()


@pytest.fixture
def rectified(desk, known):
    desk.rectify(known)
    return known


@pytest.fixture
def checked(desk, rectified):
    desk.pass_check(rectified)
    return rectified


@pytest.fixture
def closed(desk, checked):
    desk.close(checked)
    return checked


@pytest.mark.parametrize(
    ("severity", "needs_work", "due"),
    [
        (Severity.MAJOR, False, datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        (Severity.HIGH, False, datetime(2026, 11, 24, 23, 59, tzinfo=UTC)),
        (Severity.GENERAL, False, datetime(2026, 11, 28, 23, 59, tzinfo=UTC)),
        (Severity.GENERAL, True, datetime(2026, 12, 6, 23, 59, tzinfo=UTC)),
    ],
)
def test_the_severity_gives_the_deadline(severity, needs_work, due):
    assert rules.due(severity, NOW, RULES, needs_work=needs_work) == due


@pytest.mark.parametrize(
    "wrong",
    [
        HazardRules(major_hours=0),
        HazardRules(major_hours=73),
        HazardRules(high_days=8),
        HazardRules(general_days=16),
        HazardRules(work_days=91),
        HazardRules(warn_hours=-1),
    ],
)
def test_deadlines_keep_their_order(wrong):
    with pytest.raises(rules.BadLimit):
        rules.check_rules(wrong)


def test_the_home_sets_its_own_deadlines(desk):
    desk.of().set_rules(HazardRules(high_days=2))
    known = desk.open(severity=Severity.HIGH)
    assert desk.hazard(known).due_at.day == 23


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"item": " "}, rules.ItemMissing),
        ({"place": ""}, rules.PlaceMissing),
        ({"found_at": NOW + HOUR}, rules.FoundLater),
        ({"due_at": NOW}, rules.DueBeforeFound),
    ],
)
def test_what_says_too_little_is_not_entered(desk, wrong, refusal):
    with pytest.raises(refusal):
        desk.open(**wrong)


def test_numbers_run_within_the_year(desk):
    desk.open()
    desk.open()
    desk.now = datetime(2027, 1, 1, 0, 1, tzinfo=UTC)
    desk.open()
    numbers = {each.number for each in desk.of().listed()}
    assert numbers == {"2026-0001", "2026-0002", "2027-0001"}


def test_who_enters_it_found_it_unless_said_otherwise(desk, known):
    assert desk.hazard(known).found_by == NURSE.value


def test_places_of_the_home_are_offered(desk, db, known):
    RoundPlans(db, ROLES[OFFICER], lambda: desk.now).save_place(Place("厨房"))
    offered = desk.of().places()
    assert offered[:2] == ["厨房", BLOCKED.place]


def test_more_photos_than_anybody_looks_at_are_refused(desk, known):
    many = [PHOTO] * (rules.MOST_PICTURES + 1)
    with pytest.raises(rules.TooManyPictures):
        desk.of().rectify(known, "已清走", "张师傅", pictures=many)


def test_nothing_is_reported_without_a_picture_or_a_reason(desk, known):
    with pytest.raises(rules.PictureMissing):
        desk.of().rectify(known, "已清走", "张师傅")


def test_a_reason_stands_in_for_the_picture(desk, known):
    desk.of().rectify(known, "已清走", "张师傅", why_none="夜里停电")
    assert desk.hazard(known).state is State.RECTIFIED


@pytest.mark.parametrize("hours", [-1, 1])
def test_it_is_put_right_between_finding_and_now(desk, known, hours):
    at = NOW + hours * HOUR
    with pytest.raises(rules.RectifiedOutside):
        desk.of().rectify(known, "已清走", "张师傅", at, pictures=[PHOTO])


@pytest.mark.parametrize(
    ("what", "who", "refusal"),
    [("", "张师傅", rules.MeasureMissing), ("已清走", " ", rules.WhoMissing)],
)
def test_a_report_says_what_was_done_and_by_whom(desk, known, what, who, refusal):
    with pytest.raises(refusal):
        desk.of().rectify(known, what, who, pictures=[PHOTO])


def test_who_reported_it_does_not_re_check_it(desk, rectified):
    with pytest.raises(rules.SamePerson):
        desk.pass_check(rectified, OFFICER)


def test_who_put_it_right_does_not_re_check_it(desk, known):
    desk.rectify(known, OFFICER, who=NURSE.value)
    with pytest.raises(rules.SamePerson):
        desk.pass_check(known, NURSE)


def test_who_reported_it_does_not_close_it(desk, checked):
    with pytest.raises(rules.SelfClosed):
        desk.close(checked, OFFICER)


def test_only_who_may_closes(desk, checked):
    with pytest.raises(NotAllowed):
        desk.close(checked, NURSE)


def test_nothing_is_closed_before_it_is_re_checked(desk, rectified):
    with pytest.raises(rules.OutOfTurn):
        desk.close(rectified)


def test_a_whole_way_is_told_step_by_step(desk, closed):
    told = [step.kind for step in desk.of().file(closed).steps]
    assert told == [
        StepKind.OPENED,
        StepKind.RECTIFIED,
        StepKind.CHECKED,
        StepKind.CLOSED,
    ]


def test_pictures_stand_with_the_step_they_belong_to(desk):
    known = desk.of().open(BLOCKED, [PHOTO])
    desk.rectify(known)
    stages = [each.stage for each in desk.of().file(known).pictures]
    assert stages == [Stage.BEFORE, Stage.AFTER]


def test_what_is_sent_back_is_open_again_by_its_old_deadline(desk, rectified):
    before = desk.hazard(rectified).due_at
    desk.of(NURSE).send_back(rectified, "还有两箱")
    after = desk.hazard(rectified)
    assert (after.state, after.rectified, after.due_at) == (State.OPEN, None, before)


def test_what_is_sent_back_says_what_is_wrong(desk, rectified):
    with pytest.raises(rules.WhyNotMissing):
        desk.of(NURSE).send_back(rectified, " ")


def eased(hazard, **changed):
    values = {
        "severity": hazard.severity,
        "measure": "联系物业清理",
        "responsible_id": None,
        "responsible": "张师傅",
        "due_at": hazard.due_at,
    }
    return Plan(**(values | changed))


def test_a_plan_names_measure_and_person(desk, known):
    desk.of().plan(known, eased(desk.hazard(known)))
    plan = desk.hazard(known).plan
    assert (plan.measure, plan.responsible) == ("联系物业清理", "张师傅")


@pytest.mark.parametrize("changed", ["later", "lower"])
def test_to_ease_a_plan_needs_a_reason(desk, changed):
    hazard = desk.hazard(desk.open(severity=Severity.HIGH))
    change = {
        "later": {"due_at": hazard.due_at + HOUR},
        "lower": {"severity": Severity.GENERAL},
    }[changed]
    with pytest.raises(rules.ReasonMissing):
        desk.of().plan(hazard.hazard_id, eased(hazard, **change))


def test_the_first_deadline_stays_on_record(desk, known):
    hazard = desk.hazard(known)
    later = eased(hazard, due_at=hazard.due_at + 48 * HOUR)
    desk.of().plan(known, later, "配件三天后到货")
    assert desk.of().file(known).first_due_at == hazard.due_at


def test_what_is_past_its_deadline_is_late(desk):
    known = desk.open(severity=Severity.MAJOR)
    desk.now += 24 * HOUR + timedelta(minutes=1)
    assert desk.hazard(known).is_late


def test_what_is_put_right_is_late_no_more(desk):
    known = desk.open(severity=Severity.MAJOR)
    desk.rectify(known)
    desk.now += 48 * HOUR
    assert not desk.hazard(known).is_late


def test_what_is_overdue_reaches_the_director(desk):
    desk.open(severity=Severity.MAJOR)
    desk.now += 25 * HOUR
    (line,) = desk.lines(Role.DIRECTOR)
    assert (line.role, line.count) == (Role.DIRECTOR, 1)


def test_overdue_hazards_of_one_kind_are_one_line(desk):
    desk.open(), desk.open()
    desk.now += 24 * 9 * HOUR
    (line,) = desk.lines()
    assert line.count == 2
    assert line.target == Target("hazards", "late")


def test_what_is_overdue_presses_first_the_worst_then_the_longest(desk):
    longer = desk.open(severity=Severity.HIGH)
    desk.now += 5 * HOUR
    worst = desk.open(severity=Severity.MAJOR)
    shorter = desk.open(severity=Severity.HIGH, found_at=NOW + HOUR)
    coming = desk.open()
    desk.now += 24 * 5 * HOUR
    listed = [each.hazard_id for each in desk.of().listed()]
    assert listed == [worst, longer, shorter, coming]


def test_the_director_is_told_who_has_to_put_it_right(desk, known):
    desk.of().plan(known, eased(desk.hazard(known)))
    desk.now += 24 * 9 * HOUR
    (line,) = desk.lines(Role.DIRECTOR)
    assert "张师傅" in shown(line.text)


def test_of_several_overdue_ones_the_most_pressing_is_named(desk):
    desk.open(severity=Severity.HIGH, place="一楼")
    desk.now += HOUR
    desk.open(severity=Severity.HIGH, place="二楼")
    desk.now += 24 * 9 * HOUR
    (line,) = desk.lines(Role.DIRECTOR)
    said = shown(line.text)
    assert said.index("2026-0001") < said.index("二楼")


def test_a_re_check_is_asked_of_others_only(desk, rectified):
    asked = {role for role in (OFFICER, NURSE) if desk.lines(role)}
    assert asked == {NURSE}


def test_closing_is_asked_of_who_may(desk, checked):
    asked = {role for role in Role if desk.lines(role)}
    assert asked == {Role.DIRECTOR}


def test_a_closed_hazard_asks_for_nothing(desk, closed):
    assert not any(desk.lines(role) for role in Role)


def test_a_span_shows_what_stood_in_it(desk, db, closed):
    desk.now = NOW + 24 * 30 * HOUR
    still = desk.open()
    december = Period(date(2026, 12, 1), date(2027, 1, 1))
    with db.reading() as session:
        found = hazards_in(session, december, desk.now)
    assert [each.hazard_id for each in found] == [still]


def test_a_finding_knows_its_hazard(db):
    new = NewHazard("喷淋头被遮挡", "厨房", origin=Origin.ROUND, origin_id=7)
    with db.writing(DIRECTOR, "test") as session:
        known = open_hazard_in(session, new, NOW, DIRECTOR)
        marks = marks_of_in(session, Origin.ROUND, [7, 8], NOW)
    assert {key: [m.hazard_id for m in each] for key, each in marks.items()} == {
        7: [known]
    }
