"""A scanner for tests: reads a small QR code from a drawn page."""

from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument

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


def sample(is_dark, left, top, side):
    """Return a code as rows of ones and zeros, taken at the centres of its modules."""
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
