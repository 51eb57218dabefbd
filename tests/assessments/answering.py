"""Answers for tests: the deciding fields said, all items answered one way or another."""

from carehome.rules.assessments import GBT_42195, MZT_039, form_of

GBT, MZT = form_of(GBT_42195), form_of(MZT_039)
QUIET = {
    GBT_42195: {
        **{f"A.2.14.{number}": "0" for number in range(1, 6)},
        "A.4.1": ["0"],
        "A.5.11": "0",
    },
    MZT_039: {
        "A.2.13.1": "0",
        "A.2.13.2": "0",
        **{f"A.2.14.{number}": "0" for number in range(1, 5)},
    },
}


def all_best(form, **more):
    """Every item answered with its best option, and nothing happened."""
    return {**QUIET[form.code], **{i.number: i.best for i in form.items}, **more}


def all_worst(form):
    """Every item answered with its worst option, and nothing happened."""
    return {**QUIET[form.code], **{i.number: i.worst for i in form.items}}


def with_total(total):
    """Answers to GB/T 42195 that come to a total: points are lost item by item."""
    answers, lose = all_best(GBT), 90 - total
    for item in GBT.items:
        lost = min(lose, item.best)
        answers[item.number] = item.best - lost
        lose -= lost
    assert lose == 0
    return answers


SUMS = {
    "B.1": {0: 100, 1: 80, 2: 50, 3: 0},
    "B.4": {0: 0, 1: 3, 2: 8, 3: 20},
}
MINDS = {  # nobody diagnosed, since that would change the level
    0: {"B.2.1": 0, "B.2.2": 0, "B.2.3": 0},
    1: {"B.2.1": 1, "B.2.2": 0, "B.2.3": 0},
    2: {"B.2.1": 0, "B.2.2": 2, "B.2.3": 0},
    3: {"B.2.1": 0, "B.2.2": 2, "B.2.3": 2},
}
SENSES = {
    0: {"B.3.1": 0, "B.3.2": 0, "B.3.3": 0, "B.3.4": 0},
    1: {"B.3.1": 0, "B.3.2": 2, "B.3.3": 0, "B.3.4": 0},
    2: {"B.3.1": 0, "B.3.2": 3, "B.3.3": 0, "B.3.4": 0},
    3: {"B.3.1": 0, "B.3.2": 4, "B.3.3": 0, "B.3.4": 0},
}


def summing(group, total):
    """Answers to the items of a group of MZ/T 039 that come to a total."""
    found = {0: {}}
    for item in group.items:
        found = {
            done + option.points: {**answers, item.number: option.points}
            for done, answers in found.items()
            for option in item.options
        }
    return found[total]


def with_levels(a, b, c, d):
    """Answers to MZ/T 039 whose four groups have these levels, without a diagnosis."""
    groups = {group.number: group for group in MZT.groups}
    answers = {**QUIET[MZT_039], **MINDS[b], **SENSES[c]}
    for number, level in (("B.1", a), ("B.4", d)):
        answers |= summing(groups[number], SUMS[number][level])
    return answers
