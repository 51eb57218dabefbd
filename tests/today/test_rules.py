from datetime import date, time, timedelta
from fractions import Fraction

import pytest

from carehome.errors import Refusal
from carehome.i18n import N_
from carehome.rules.today import (
    Concern,
    Fen,
    Month,
    People,
    Target,
    Task,
    Urgency,
    about_people,
    gather,
    in_order,
    words,
)
from tests.conftest import TODAY
from tests.today.conftest import today_of

TARGET = Target("resident", 1)
DAY = timedelta(days=1)


def task(about, due=TODAY, at=None):
    return Task(due, "办", about, "去办", TARGET, at)


def concern(text, urgency=Urgency.SOON, due=None):
    return Concern("床位", text, urgency, TARGET, due=due)


def test_what_is_overdue_stands_before_what_is_due_today():
    found = today_of(
        task("today"), task("tomorrow", TODAY + DAY), task("late", TODAY - DAY)
    )
    assert [each.about for each in found.tasks] == ["late", "today", "tomorrow"]


def test_what_has_an_hour_stands_before_what_only_has_the_day():
    found = today_of(
        task("some time"), task("four", at=time(16)), task("ten", at=time(10))
    )
    assert [each.about for each in found.tasks] == ["ten", "four", "some time"]


def test_concerns_stand_by_urgency_and_within_it_by_day():
    found = today_of(
        concern("note", Urgency.NOTE, TODAY),
        concern("without a day"),
        concern("next week", due=TODAY + 7 * DAY),
        concern("tomorrow", due=TODAY + DAY),
        concern("wrong", Urgency.LATE),
    )
    order = ["wrong", "tomorrow", "next week", "without a day", "note"]
    assert [each.text for each in found.concerns] == order


def test_equals_stay_as_the_sources_came():
    assert [t.about for t in in_order([task("a"), task("b")], TODAY).tasks] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (date(2026, 11, 26), "11月26日"),
        (Month.of(date(2026, 9, 30)), "2026年9月"),
        (Fen(123450), "¥1,234.50"),
        (Fraction(7, 8), "87.5 %"),
        (("王秀英", "李桂兰"), "王秀英、李桂兰"),
        (words("{name}", name="王秀英"), "王秀英"),
        (3, "3"),
    ],
)
def test_a_fact_is_said_in_the_language_in_use(fact, said):
    assert str(words("{fact}", fact=fact)) == said


def test_a_text_may_ask_whether_it_is_one_or_many():
    text = "{count} {count:cat|cats}"
    assert [str(words(text, count=count)) for count in (1, 2)] == ["1 cat", "2 cats"]


class NoPrice(Refusal):
    text = N_("Only {fee} is missing.")


def refuse(_day):
    raise NoPrice(fee="床位费")


def test_what_a_rule_refuses_to_compute_is_told_as_a_concern():
    found = gather([refuse, lambda _day: [task("today")]], TODAY)
    assert [str(each.text) for each in found.concerns] == ["Only 床位费 is missing."]
    assert [each.about for each in found.tasks] == ["today"]


def test_the_same_refusal_of_several_sources_is_told_once():
    assert len(gather([refuse, refuse], TODAY).concerns) == 1


def about(**people):
    ids = {int(key[1:]): name for key, name in people.items()}
    return about_people(
        "协议",
        ids,
        "{name} {day}",
        "{count}: {names}",
        Urgency.SOON,
        title="T",
        due=TODAY,
    )


def test_one_resident_is_named_and_the_file_opens():
    line = about(r7="王秀英")
    assert str(line.text) == "王秀英 11月21日"
    assert line.target == Target("resident", 7)


def test_several_residents_are_counted_and_their_list_opens():
    line = about(r7="王秀英", r9="李桂兰")
    assert str(line.text) == "2: 王秀英、李桂兰"
    assert line.target == Target("residents", People(words("T"), (7, 9)))
    assert line.count == 2


def test_of_many_only_the_first_are_named():
    line = about(r1="王", r2="李", r3="张", r4="刘")
    assert str(line.text) == "4: 王、李、张等"
