import json
from collections import Counter

import pytest

from carehome import paths
from carehome.rules.roll import LABELS, Field
from carehome.rules.roll.words import fold, shipped

FORMS = paths.resource("forms")
DATA = json.loads((FORMS / "resident-roll.json").read_text("utf-8"))
CODES = json.loads((FORMS / "home-template.json").read_text("utf-8"))["codes"]


@pytest.mark.parametrize(
    "groups",
    [
        [[*one["exact"], *one.get("weak", [])] for one in DATA["fields"].values()],
        [one["words"] for one in DATA["grades"]],
        DATA["categories"].values(),
        DATA["sexes"].values(),
        DATA["abilities"],
    ],
    ids=["titles", "grades", "categories", "sexes", "abilities"],
)
def test_no_word_stands_for_two_things(groups):
    counted = Counter(fold(word) for words in groups for word in words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_words_stand_for_codes_that_a_new_home_has():
    grades = {grade.code for grade in shipped().grades.values()}
    assert grades == {code for code, _ in CODES["nursing_grade"]}
    assert set(shipped().categories.values()) == {code for code, _ in CODES["category"]}


def test_every_ability_level_has_words():
    assert set(shipped().abilities.values()) == {0, 1, 2, 3, 4}


def test_every_field_has_a_label():
    assert set(LABELS) == set(Field)


def test_words_say_where_they_come_from():
    assert DATA["standing"] == "ours"
    assert DATA["edition"]
    assert DATA["effective_from"]
    assert DATA["source"]
