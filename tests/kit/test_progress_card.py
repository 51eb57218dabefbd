from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from carehome.ui.kit.progress import Cancelled, Progress
from carehome.ui.kit.progress_card import ProgressCard


def _work(step, go_on):
    step(30, 120, "王秀英")
    assert go_on.wait(5)
    step(31, 120, "")


@pytest.fixture
def go_on():
    event = Event()
    yield event
    event.set()


@pytest.fixture
def card(jobs, shown):
    room = shown(QWidget())
    return ProgressCard(jobs, room)


def test_a_quick_job_shows_no_card(qtbot, jobs, card):
    with qtbot.waitSignal(jobs.busy, check_params_cb=lambda busy: not busy):
        jobs.run(jobs, print, max, 1, 2)
    assert card.isHidden()
    assert not card._wait.isActive()


def test_where_only_named_jobs_count_another_brings_no_card(qtbot, jobs, shown, go_on):
    card = ProgressCard(jobs, shown(QWidget()), named=True)
    jobs.run(jobs, print, go_on.wait)
    with qtbot.waitSignal(card._wait.timeout):
        pass
    assert card.isHidden()


def test_a_long_job_shows_how_far_it_is(qtbot, jobs, card, go_on):
    jobs.run(jobs, print, _work, Progress("出账").step, go_on)
    qtbot.waitUntil(card.isVisible)
    assert card.title.text() == "出账"
    assert (card.bar.value(), card.bar.maximum()) == (30, 120)
    assert card.text.text() == "王秀英"
    go_on.set()
    qtbot.waitUntil(card.isHidden)


def test_a_long_job_without_progress_can_not_be_stopped(qtbot, jobs, card, go_on):
    jobs.run(jobs, print, go_on.wait, 5)
    qtbot.waitUntil(card.isVisible)
    assert card.cancel.isHidden()
    assert card.title.text() == "正在处理…"


def test_the_button_stops_the_job(qtbot, jobs, card, go_on):
    errors = []
    step = Progress("出账").step
    jobs.run(jobs, print, _work, step, go_on, failed=errors.append)
    qtbot.waitUntil(card.isVisible)
    qtbot.mouseClick(card.cancel, Qt.MouseButton.LeftButton)
    assert card.text.text() == "正在停止…"
    go_on.set()
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], Cancelled)
    assert card.isHidden()
