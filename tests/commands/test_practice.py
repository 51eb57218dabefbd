"""Making the demonstration home from the first screen: whole, or not at all."""

from datetime import timedelta

import pytest

from carehome.commands import demo, desktop
from carehome.ui.kit.progress import Cancelled
from tests.commands.conftest import DAY


def test_a_home_whose_making_is_stopped_leaves_nothing_behind(tmp_path):
    def stop_when_furnished(done, _total, _text):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        desktop._make(tmp_path / "demo", stop_when_furnished)
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_try_left_is_cleared_away(tmp_path):
    (tmp_path / "demo-under-way").mkdir()
    (tmp_path / "demo-under-way" / "home.db").write_text("half")

    def stop(_done, _total, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        desktop._make(tmp_path / "demo", stop)
    assert list(tmp_path.iterdir()) == []


def test_the_making_tells_its_steps_in_order(tmp_path):
    told = []

    def note(done, total, text):
        told.append((done, total, text))
        if len(told) > 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        demo.make(tmp_path / "demo", 1, DAY - timedelta(days=90), note)
    assert [done for done, _total, _text in told] == sorted(n for n, _t, _x in told)
    assert len({total for _done, total, _text in told}) == 1
    assert len({text for _done, _total, text in told}) >= 3
