from functools import partial
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from carehome.errors import Refusal
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.progress import Cancelled, Progress


class Taken(Refusal):
    text = "taken"


def _refuse():
    raise Taken


def _work(step, go_on):
    step(1, 3, "one")
    assert go_on.wait(5)
    step(2, 3, "two")
    return "done"


def test_answers_come_later_even_when_the_job_is_quick(qtbot, jobs):
    answers = []
    jobs.run(jobs, answers.append, max, 1, 2)
    assert answers == []
    qtbot.waitUntil(lambda: answers == [2])


def test_answers_come_in_the_order_of_the_asking(qtbot, jobs):
    answers = []
    for number in range(20):
        jobs.run(jobs, answers.append, abs, -number)
    qtbot.waitUntil(lambda: answers == list(range(20)))


def test_a_job_runs_off_the_screens_thread(qtbot, jobs):
    answers = []
    jobs.run(jobs, answers.append, current_thread)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert answers[0] is not main_thread()


def _captures(label):
    return lambda: label.text()  # noqa: PLW0108 - what it holds is the point


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda label: (_captures(label),), id="closure"),
        pytest.param(lambda label: (label.text,), id="bound method"),
        pytest.param(lambda label: (partial(print, label),), id="partial"),
        pytest.param(lambda label: (partial(label.text),), id="partial of bound"),
        pytest.param(lambda label: (print, label), id="value"),
        pytest.param(lambda label: (print, [{"a": (label,)}]), id="nested value"),
        pytest.param(lambda label: (print, _captures(label)), id="callable value"),
        pytest.param(lambda label: (label.destroyed.emit,), id="bound signal"),
        pytest.param(lambda label: (lambda each=label: each,), id="default"),
    ],
)
def test_a_job_may_hold_no_part_of_the_screen(qtbot, jobs, ask):
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(AssertionError, match="plain values"):
        jobs.run(label, label.setText, *ask(label))


def test_a_recursive_function_can_be_a_job(qtbot, jobs):
    def count(number):
        return number and 1 + count(number - 1)

    answers = []
    jobs.run(jobs, answers.append, count, 3)
    qtbot.waitUntil(lambda: answers == [3])


def test_no_answer_to_a_screen_that_is_gone(qtbot, jobs):
    asker, answers, done = QLabel(), [], []
    jobs.run(asker, answers.append, max, 1, 2)
    delete(asker)
    jobs.run(jobs, done.append, max, 3, 4)
    qtbot.waitUntil(lambda: done == [4])
    assert answers == []


def test_what_nobody_handles_goes_to_the_signal(qtbot, jobs):
    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.run(jobs, print, _refuse)
    assert isinstance(failed.args[0], Taken)


def test_a_handler_of_its_own_keeps_a_failure_from_the_signal(qtbot, jobs):
    errors = []
    with qtbot.assertNotEmitted(jobs.failed):
        jobs.run(jobs, print, _refuse, failed=errors.append)
        qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], Taken)


def test_no_answer_after_the_close(qtbot):
    jobs, answers = Jobs(), []
    jobs.run(jobs, answers.append, max, 1, 2)
    jobs.close()
    jobs.run(jobs, answers.append, max, 3, 4)
    other, done = Jobs(), []
    other.run(other, done.append, max, 5, 6)
    qtbot.waitUntil(lambda: done == [6])
    other.close()
    assert answers == []


def test_what_was_asked_before_the_close_is_still_done():
    jobs, go_on, done = Jobs(), Event(), []
    jobs.run(jobs, print, go_on.wait)
    jobs.run(jobs, print, done.append, "kept")
    go_on.set()
    jobs.close()
    assert done == ["kept"]


def test_the_close_stops_a_job_that_tells_its_progress(qtbot):
    jobs, go_on, progress = Jobs(), Event(), Progress("Posting")
    jobs.run(jobs, print, _work, progress.step, go_on)
    qtbot.waitUntil(lambda: progress.standing.done == 1)
    progress.cancel()
    go_on.set()
    jobs.close()
    assert progress.standing.done == 1


def test_busy_says_when_work_begins_and_when_all_is_done(qtbot, jobs):
    said = []
    jobs.busy.connect(said.append)
    jobs.run(jobs, print, max, 1, 2)
    jobs.run(jobs, print, max, 1, 2)
    qtbot.waitUntil(lambda: said == [True, False])


def test_a_cancelled_job_stops_at_its_next_step(qtbot, jobs):
    errors, go_on, progress = [], Event(), Progress("Posting")
    jobs.run(jobs, print, _work, progress.step, go_on, failed=errors.append)
    qtbot.waitUntil(lambda: progress.standing.text == "one")
    assert jobs.progress is progress
    progress.cancel()
    with qtbot.waitSignal(jobs.stopped):
        go_on.set()
    assert isinstance(errors[0], Cancelled)


def test_a_cancelled_job_is_no_failure_when_nobody_handles_it(qtbot, jobs):
    go_on, progress = Event(), Progress("Posting")
    progress.cancel()
    with qtbot.assertNotEmitted(jobs.failed), qtbot.waitSignal(jobs.stopped):
        jobs.run(jobs, print, _work, progress.step, go_on)


def test_only_the_last_of_several_questions_is_answered(qtbot, jobs):
    asker, answers, go_on = QObject(), [], Event()
    jobs.run(jobs, print, go_on.wait, 5)
    for number in range(5):
        jobs.run_last(asker, answers.append, abs, -number)
    go_on.set()
    with qtbot.waitSignal(jobs.busy, check_params_cb=lambda busy: not busy):
        pass
    assert answers == [4]
