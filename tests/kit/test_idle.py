"""Noticing that hands rest: after seconds there is time to tidy up, after minutes to lock."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from carehome.ui.kit.idle import Idle


class HandClock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def idle(clock, qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    watched = Idle(clock, room, every_ms=5)
    watched.watch(10)
    yield watched
    watched.rest()


def test_there_is_time_when_hands_rest_for_seconds(idle, clock, qtbot):
    with qtbot.waitSignal(idle.rested):
        clock.now += timedelta(seconds=5)


def test_there_is_no_time_under_the_hands(idle, clock, qtbot):
    told = []
    idle.rested.connect(lambda: told.append("rested"))
    for _ in range(3):
        clock.now += timedelta(seconds=3)
        idle.touch()
        with qtbot.waitSignal(idle._timer.timeout):
            pass
    assert told == []


def test_after_minutes_it_is_locked_instead(idle, clock, qtbot):
    idle.rested.connect(lambda: pytest.fail("nobody is there any more"))
    with qtbot.waitSignal(idle.passed):
        clock.now += timedelta(minutes=10)
