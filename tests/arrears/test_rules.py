"""When a bill is due, how old a debt is, which reminder is next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.rules.arrears import Age, BadDueDays, DueKind, DueRule, OpenBill, by_age
from carehome.rules.reminders import (
    BadDays,
    LastBeforeSecond,
    Reminder,
    ReminderRules,
    Step,
    TextMissing,
    UnknownWord,
    Way,
    broken_promise,
    check_text,
    fill,
    next_step,
    open_promise,
    waits_until,
    wording,
)

OCTOBER = date(2026, 10, 1)
POSTED = date(2026, 11, 3)
DAY = date(2026, 11, 21)


def reminder(day=DAY, way=Way.LETTER, step=Step.FIRST, promised_on=None):
    return Reminder(1, 1, day, way, step, 100, promised_on=promised_on)


@pytest.mark.parametrize(
    ("rule", "due_on"),
    [
        (DueRule(), date(2026, 11, 1)),
        (DueRule(DueKind.POSTED, 10), date(2026, 11, 13)),
        (DueRule(DueKind.DAY, 10), date(2026, 11, 10)),
        (DueRule(DueKind.DAY, 28), date(2026, 11, 28)),
    ],
)
def test_a_bill_is_due_as_the_home_says(rule, due_on):
    assert rule.due_on(OCTOBER, POSTED) == due_on


@pytest.mark.parametrize(
    "rule",
    [
        DueRule(DueKind.POSTED, -1),
        DueRule(DueKind.POSTED, 91),
        DueRule(DueKind.DAY, 0),
        DueRule(DueKind.DAY, 29),
    ],
)
def test_no_bill_is_due_on_a_day_that_not_every_month_has(rule):
    with pytest.raises(BadDueDays):
        rule.check()


@pytest.mark.parametrize(
    ("days", "age"),
    [
        *((-5, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.TO_30), (30, Age.TO_30)),
        *((31, Age.TO_60), (60, Age.TO_60), (61, Age.TO_90), (90, Age.TO_90)),
        *((91, Age.TO_180), (180, Age.TO_180), (181, Age.OLDER), (900, Age.OLDER)),
    ],
)
def test_each_day_belongs_to_one_class(days, age):
    bill = OpenBill(1, "", OCTOBER, DAY - timedelta(days=days), 100)
    assert [each for each, fen in by_age([bill], DAY).items() if fen] == [age]


@given(st.lists(st.tuples(st.integers(-400, 900), st.integers(1, 10**7))))
def test_the_classes_add_up_to_what_is_owed(debts):
    bills = [
        OpenBill(n, "", OCTOBER, DAY - timedelta(days=days), fen)
        for n, (days, fen) in enumerate(debts)
    ]
    assert sum(by_age(bills, DAY).values()) == sum(fen for _, fen in debts)


@pytest.mark.parametrize(
    ("late", "made", "step"),
    [
        (5, [], Step.FIRST),
        (40, [], Step.FIRST),  # nobody hears the second word first
        (40, [reminder()], Step.SECOND),
        (40, [reminder(way=Way.PHONE)], Step.FIRST),
        (200, [reminder()], Step.SECOND),
        (200, [reminder(), reminder(step=Step.SECOND)], Step.LAST),
        (5, [reminder()], Step.FIRST),
        (200, [reminder(step=Step.LAST)], Step.LAST),
    ],
)
def test_the_next_step_follows_the_age_and_leaves_none_out(late, made, step):
    assert next_step(late, made, ReminderRules()) is step


@pytest.mark.parametrize(
    ("made", "day"),
    [
        ([], None),
        ([reminder()], date(2026, 12, 5)),
        ([reminder(promised_on=date(2026, 11, 25))], date(2026, 11, 26)),
    ],
)
def test_nobody_is_reminded_again_before_the_days_are_over(made, day):
    assert waits_until(made, ReminderRules()) == day


def test_a_promise_stands_until_its_day_is_over():
    made = [reminder(promised_on=DAY)]
    assert (open_promise(made, DAY), broken_promise(made, DAY)) == (DAY, None)
    after = DAY + timedelta(days=1)
    assert (open_promise(made, after), broken_promise(made, after)) == (None, DAY)


def test_who_was_asked_again_after_a_promise_did_not_break_it_twice():
    made = [reminder(promised_on=DAY), reminder(DAY + timedelta(days=2))]
    assert broken_promise(made, DAY + timedelta(days=3)) is None


@pytest.mark.parametrize(
    ("rules", "refusal"),
    [
        (ReminderRules(again_days=0), BadDays),
        (ReminderRules(second_days=366), BadDays),
        (ReminderRules(last_days=31), LastBeforeSecond),
        (ReminderRules(DueRule(DueKind.DAY, 31)), BadDueDays),
    ],
)
def test_rules_that_make_no_sense_are_refused(rules, refusal):
    with pytest.raises(refusal):
        rules.check()


def test_a_text_asks_only_for_what_is_known():
    with pytest.raises(UnknownWord) as refused:
        check_text("{家属}：请还{欠款}。")
    assert "{欠款}" in refused.value.message
    assert "{金额}" in refused.value.message


def test_a_reminder_says_something():
    with pytest.raises(TextMissing):
        check_text("  \n ")


def test_the_usual_texts_are_fit_to_be_filled():
    facts = dict.fromkeys(wording().words, "某")
    for text in wording().texts.values():
        check_text(text)
        assert "{" not in fill(text, facts)
