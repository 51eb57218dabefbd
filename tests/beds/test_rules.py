from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carehome.rules import beds as rules
from carehome.rules.beds import BedState, Place, Sleeper, Use
from carehome.rules.periods import Period

DAY = date(2026, 11, 21)
BEFORE, AFTER = date(2026, 11, 1), date(2026, 12, 1)
LIVES = Use(1, "王秀英", Period(BEFORE))
LEFT = Use(1, "王秀英", Period(BEFORE, DAY))
PROMISED = Use(2, "李桂兰", Period(AFTER, None), is_reserved=True)


def test_a_bed_is_free_from_the_day_the_last_one_left():
    rules.check_free("302-1", Period(DAY), [LEFT])


def test_a_taken_bed_is_refused_with_the_name():
    with pytest.raises(rules.BedTaken) as refusal:
        rules.check_free("302-1", Period(DAY), [LIVES])
    assert "王秀英" in refusal.value.message
    assert "302-1" in refusal.value.message


def test_a_promised_bed_is_refused_with_the_name():
    with pytest.raises(rules.BedReserved) as refusal:
        rules.check_free("302-1", Period(DAY), [PROMISED])
    assert "李桂兰" in refusal.value.message


def test_a_promised_bed_is_free_until_then():
    rules.check_free("302-1", Period(DAY, AFTER), [PROMISED])


@pytest.mark.parametrize(
    ("own", "uses", "away", "state"),
    [
        ("ready", [], [], BedState.FREE),
        ("ready", [LEFT], [], BedState.FREE),
        ("ready", [LIVES], [], BedState.OCCUPIED),
        ("ready", [LIVES], [1], BedState.KEPT),
        ("ready", [LIVES], [9], BedState.OCCUPIED),
        ("ready", [PROMISED], [], BedState.RESERVED),
        ("ready", [PROMISED, LIVES], [], BedState.OCCUPIED),
        ("cleaning", [], [], BedState.CLEANING),
        ("cleaning", [PROMISED], [], BedState.CLEANING),
        ("out_of_service", [], [], BedState.OUT_OF_SERVICE),
        ("cleaning", [LIVES], [], BedState.OCCUPIED),
    ],
)
def test_state_of_a_bed(own, uses, away, state):
    assert rules.state_on(DAY, own, uses, away)[0] is state


def test_a_reservation_that_has_run_out_counts_no_more():
    gone = Use(2, "李桂兰", Period(BEFORE, DAY), is_reserved=True)
    assert rules.state_on(DAY, "ready", [gone]) == (BedState.FREE, None)


@pytest.mark.parametrize(
    ("rule", "sex", "fits"),
    [
        ("any", "male", True),
        ("male", "male", True),
        ("male", "female", False),
        ("female", "male", False),
    ],
)
def test_gender_rule_of_a_room(rule, sex, fits):
    if fits:
        rules.check_gender("302", rule, "孙大成", sex)
    else:
        with pytest.raises(rules.WrongGender):
            rules.check_gender("302", rule, "孙大成", sex)


def test_a_rule_that_shuts_somebody_out_is_refused():
    with pytest.raises(rules.RoomMixed) as refusal:
        rules.check_mixed("302", "male", [("孙大成", "male"), ("王秀英", "female")])
    assert "王秀英" in refusal.value.message
    assert "孙大成" not in refusal.value.message


@pytest.mark.parametrize("level", [0, -1])
def test_nobody_lives_below_ground(level):
    with pytest.raises(rules.BelowGround):
        rules.check_level(level)


WOMAN = Sleeper("王秀英", "female", 2, False)
BED = Place(is_nursing_bed=False, is_clean=True, unit="", home_has_dementia_unit=True)


def concerned(sleeper=WOMAN, place=BED, mates=()):
    return [concern.text for concern in rules.concerns(sleeper, place, mates)]


def test_a_fitting_bed_raises_no_concern():
    assert concerned() == []


@pytest.mark.parametrize(
    ("sleeper", "place", "word"),
    [
        (Sleeper("王", "female", 3, False), BED, "nursing bed"),
        (Sleeper("王", "female", 0, False), Place(True, True, "", False), "nursing"),
        (Sleeper("王", "female", None, False), BED, "assessed"),
        (Sleeper("王", "female", 2, True), BED, "dementia"),
        (WOMAN, Place(False, True, "dementia", True), "dementia"),
        (WOMAN, Place(False, False, "", False), "cleaned"),
    ],
)
def test_concerns_about_a_bed(sleeper, place, word):
    [text] = concerned(sleeper, place)
    assert word in text


def test_dementia_is_no_concern_where_there_is_no_unit_for_it():
    place = Place(False, True, "", home_has_dementia_unit=False)
    assert concerned(Sleeper("王", "female", 2, True), place) == []


def test_somebody_of_the_other_sex_in_the_room_is_named():
    man = Sleeper("孙大成", "male", 1, False)
    [concern] = rules.concerns(WOMAN, BED, [man, WOMAN])
    assert "孙大成" in concern.message
    assert "王秀英" not in concern.message


def test_beds_are_sorted_as_people_count():
    labels = ["101-10", "A2", "101-2", "1001-1", "A10", "101-1"]
    assert sorted(labels, key=rules.label_key) == [
        "101-1",
        "101-2",
        "101-10",
        "1001-1",
        "A2",
        "A10",
    ]


@example(["²", "1"])
@given(st.lists(st.text(max_size=6)))
def test_any_labels_can_be_sorted(labels):
    assert sorted(sorted(labels, key=rules.label_key)) == sorted(labels)


@pytest.mark.parametrize(
    ("typed", "rooms"),
    [
        ("301", ["301"]),
        ("301-303", ["301", "302", "303"]),
        ("301-302, 305", ["301", "302", "305"]),
        ("３０１－３０２，３０５", ["301", "302", "305"]),
        ("301、303", ["301", "303"]),
        ("08~10", ["08", "09", "10"]),
        ("A01-A02", ["A01", "A02"]),
        ("A01—03", ["A01", "A02", "A03"]),
        ("东1", ["东1"]),
        ("301,301", ["301"]),
    ],
)
def test_rooms_typed_as_a_range(typed, rooms):
    assert rules.rooms_of(typed) == rooms


@pytest.mark.parametrize("typed", ["", " , ", "305-301", "A1-B3", "-", "301A-303B"])
def test_a_range_that_makes_no_sense_is_refused(typed):
    with pytest.raises(rules.BadRange):
        rules.rooms_of(typed)


def test_a_range_typed_backwards_is_turned_round_in_the_message():
    with pytest.raises(rules.Backwards) as refusal:
        rules.rooms_of("A312-301")
    assert "A301-312" in refusal.value.message


@pytest.mark.parametrize(
    ("typed", "others", "told"),
    [("301, 302, 301", [], "301"), ("301-303", ["302"], "302")],
)
def test_a_room_is_typed_once(typed, others, told):
    with pytest.raises(rules.RoomTwice) as refusal:
        rules.check_rooms(typed, others=others)
    assert refusal.value.facts["rooms"] == told


def test_rooms_that_are_there_are_named():
    with pytest.raises(rules.RoomThere) as refusal:
        rules.check_rooms("301-304", there={"302", "304", "999"})
    assert [name in refusal.value.message for name in ("302", "304", "301")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(("count", "refusal"), [(0, "NoBeds"), (2000, "TooManyBeds")])
def test_a_room_has_as_many_beds_as_a_room_can_have(count, refusal):
    with pytest.raises(getattr(rules, refusal)):
        rules.check_beds_each(count)


def test_a_slip_of_the_finger_does_not_make_thousands_of_rooms():
    with pytest.raises(rules.TooMany):
        rules.rooms_of("301-3012")


@pytest.mark.parametrize(
    ("room", "level"), [("302", 3), ("1204", 12), ("12", 1), ("A203", 2), ("东", 1)]
)
def test_floor_guessed_from_the_room(room, level):
    assert rules.level_of(room) == level
