"""The QR code of a printed sheet, read from the drawn page as a scanner would."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument

from carehome.rules.rights import Role
from carehome.rules.safety.rounds import code
from carehome.services.safety.round_papers import RoundPapers
from carehome.services.safety.rounds import Rounds
from tests.conftest import TODAY
from tests.safety.round_house import MORNING, furnish

DOTS = 300 / 25.4  # a millimetre on an ordinary printer
WIDE, HIGH = 210, 297
SIDE = 21  # modules of the smallest code
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _x: y % 2 == 0,
    lambda _y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")


def page(path):
    """Return the first page as it is printed, dark or not at a place in millimetres."""
    document = QPdfDocument()
    document.load(str(path))
    size = QSize(round(WIDE * DOTS), round(HIGH * DOTS))
    image = document.render(0, size)
    document.close()

    def is_dark(x, y):
        colour = image.pixelColor(round(x * DOTS), round(y * DOTS))
        return colour.alpha() > 127 and colour.lightness() < 128

    return is_dark


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
    """Return the code as rows of ones and zeros, sampled at the module centres."""
    left, top, side = place_of(is_dark)
    wide = side / SIDE
    return [
        [
            int(is_dark(left + (x + 0.5) * wide, top + (y + 0.5) * wide))
            for x in range(SIDE)
        ]
        for y in range(SIDE)
    ]


def read(rows):
    """Decode a smallest QR code that holds letters and digits, as the standard says."""
    mask = (rows[8][2] << 2 | rows[8][3] << 1 | rows[8][4]) ^ 0b101
    bits = [rows[y][x] ^ MASKS[mask](y, x) for y, x in _way() if not _is_pattern(y, x)]
    text = "".join(map(str, map(int, bits)))
    assert text[:4] == "0010", "letters and digits"
    many, at, found = int(text[4:13], 2), 13, ""
    while len(found) < many - many % 2:
        pair = int(text[at : at + 11], 2)
        found += SIGNS[pair // 45] + SIGNS[pair % 45]
        at += 11
    if many % 2:
        found += SIGNS[int(text[at : at + 6], 2)]
    return found


def _way():
    """Walk the code as its bits lie: in pairs of columns, up and down in turn."""
    right = SIDE - 1
    upwards = True
    while right > 0:
        right -= right == 6
        for y in range(SIDE - 1, -1, -1) if upwards else range(SIDE):
            yield y, right
            yield y, right - 1
        right, upwards = right - 2, not upwards


def _is_pattern(y, x):
    in_corner = (x < 9 and y < 9) or (x >= SIDE - 8 and y < 9) or (x < 9 and y > 12)
    return in_corner or x == 6 or y == 6


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
