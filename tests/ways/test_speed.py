"""Ten thousand people are looked through while one types, without a stutter."""

import random
from datetime import date
from time import thread_time

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from carehome.rules.residents import Status
from carehome.services.pinyin import spell
from carehome.services.residents import ResidentIndex, ResidentLine
from carehome.services.residents.index import numbers_of, words_of
from carehome.ui.kit.finder import Finder
from carehome.ui.parts.find import People
from tests.kit.conftest import _dressed, shown  # noqa: F401 - fixtures

FAMILIES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林", "秀英桂兰芳敏静丽强磊军洋勇艳杰娟"
BLINK, PEOPLE = 0.05, 10_000


@pytest.fixture(scope="module")
def index():
    chance = random.Random(7)
    spellings = {}
    people = []
    for number in range(PEOPLE):
        name = chance.choice(FAMILIES) + "".join(chance.choices(GIVEN, k=2))
        spelling = spellings.setdefault(name, spell(name))
        bed = f"{100 + number // 4}-{number % 4 + 1}"
        line = ResidentLine(
            *(number, name, "female", 80, Status.IN, number, bed, 1, "full"),
            *("全护理", 2, False, (), (), date(2026, 3, 1), None, "13800001111"),
        )
        words = words_of(name, spelling.full, spelling.initials, bed)
        people.append((line, words, numbers_of(f"51010419450817{number:04}")))
    return ResidentIndex(people)


@pytest.mark.parametrize("typed", ["w", "l", "wx", "wxy", "王", "1", "10", "0817", "x"])
def test_a_key_is_answered_in_a_blink(index, shown, typed):  # noqa: F811 - a fixture
    finder = Finder("", shown(QWidget()))
    people = People(print, None, list)
    people.learn(index)
    finder.add(people)
    finder.open()
    times = []
    for _try in range(3):
        finder.line.clear()
        start = thread_time()
        finder.line.setText(typed)
        QApplication.processEvents()
        times.append(thread_time() - start)
    assert finder.found.rows
    assert min(times) < BLINK
