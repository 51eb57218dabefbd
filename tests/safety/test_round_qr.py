"""The QR code of a printed sheet, read from the drawn page as a scanner would."""

from datetime import timedelta

import pytest

from carehome.rules.rights import Role
from carehome.rules.safety.rounds import code
from carehome.services.safety.round_papers import RoundPapers
from carehome.services.safety.rounds import Rounds
from tests.conftest import TODAY
from tests.safety.qr_reader import SIDE, WIDE, page, read, sample
from tests.safety.round_house import MORNING, furnish

FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def place_of(is_dark):
    """Find the square of the code in the top right corner of the page."""
    step = 0.1
    rows = [n * step for n in range(50, 450)]
    columns = [n * step for n in range(int((WIDE - 50) / step), int(WIDE / step))]
    for y in rows:
        dark = [x for x in columns if is_dark(x, y)]
        if dark:
            left, right = dark[0], dark[-1] + step
            return left, y, right - left
    raise AssertionError("there is no code in the corner")


def modules(is_dark):
    """Return the code in the corner of the page."""
    return sample(is_dark, *place_of(is_dark))


@pytest.fixture
def sheets(as_role, db, tmp_path):
    """Print the sheets of three days, and return each round with its drawn page."""
    rounds = as_role(Rounds, Role.SAFETY_OFFICER)
    plan_id = furnish(db, TODAY - timedelta(days=2))
    days = [MORNING - timedelta(days=ago) for ago in range(3)]
    found = []
    for round_id in rounds.print_out([(plan_id, day) for day in days]):
        path = tmp_path / f"{round_id}.pdf"
        as_role(RoundPapers).write_sheets([round_id], path)
        found.append((round_id, page(path)))
    return found


def test_a_scanner_reads_the_very_code_from_the_printed_page(sheets):
    assert [read(modules(drawn)) for _id, drawn in sheets] == [
        code(round_id) for round_id, _drawn in sheets
    ]


def test_the_code_has_its_three_corners(sheets):
    rows = modules(sheets[0][1])
    corners = ((0, 0), (0, SIDE - 7), (SIDE - 7, 0))
    for top, left in corners:
        seen = ["".join(map(str, row[left : left + 7])) for row in rows[top : top + 7]]
        assert tuple(seen) == FINDER


def test_the_paper_around_the_code_is_empty(sheets):
    is_dark = sheets[0][1]
    left, top, side = place_of(is_dark)
    air = side / SIDE * 3
    around = [n * 0.25 for n in range(int((side + 2 * air) / 0.25))]
    for along in around:
        x, y = left - air + along, top - air + along
        assert not is_dark(x, top - air / 2)
        assert not is_dark(left - air / 2, y)
        assert not is_dark(min(left + side + air / 2, WIDE - 1), y)
    assert not any(is_dark(left + each, top + side + air / 4) for each in around[:50])


def test_a_code_whose_modules_moved_is_read_as_another(sheets):
    rows = modules(sheets[0][1])
    rows[20][20] ^= 1
    with pytest.raises(AssertionError):
        read(rows)
