"""The clock of the commands is that of the screens, wherever the computer stands."""

import time

import pytest

from carehome.commands import told
from carehome.i18n import show_moment


@pytest.fixture
def in_china(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_wall_clock_of_rounds_is_the_one_that_screens_show(in_china, monkeypatch):
    monkeypatch.setenv("CAREHOME_NOW", "2026-11-21T17:30:00")
    wall = told.now().replace(tzinfo=None)  # as rounds keep their moments
    assert f"{wall:%Y-%m-%d %H:%M}" == show_moment(told.now()) == "2026-11-22 01:30"


def test_day_is_that_of_the_computer(in_china, monkeypatch):
    monkeypatch.setenv("CAREHOME_NOW", "2026-11-21T17:30:00")
    assert told.today().isoformat() == "2026-11-22"
