from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest

from carehome.reports import fonts
from carehome.reports.sheet import Letterhead

Box = tuple[float, float, float, float, str]  # left, low, right, high, text


@pytest.fixture
def home() -> Letterhead:
    return Letterhead(
        "福寿养老院",
        "江城市青山区松柏路 18 号",
        "027-5550 1234",
        "银行转账：江城银行青山支行，账号 6200 1234 5678。\n现金：请到前台办理。",
    )


@pytest.fixture
def pages() -> Callable[[Path], list[list[str]]]:
    """Return the strings of each page of a PDF."""

    def read(path: Path) -> list[list[str]]:
        reader = pypdf.PdfReader(path)
        return [page.extract_text().splitlines() for page in reader.pages]

    return read


@pytest.fixture
def sizes() -> Callable[[Path], set[tuple[int, int]]]:
    """Return the page sizes of a PDF in whole millimetres."""

    def read(path: Path) -> set[tuple[int, int]]:
        boxes = [page.mediabox for page in pypdf.PdfReader(path).pages]
        return {
            (round(float(b.width) / 72 * 25.4), round(float(b.height) / 72 * 25.4))
            for b in boxes
        }

    return read


@pytest.fixture
def clashes() -> Callable[[Path], list[str]]:
    """Return what in a PDF leaves its page or lies on other words."""

    def look(path: Path) -> list[str]:
        found = []
        for page in pypdf.PdfReader(path).pages:
            boxes = list(_boxes(page))
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            found += [
                f"off the page: {text}"
                for left, low, right, high, text in boxes
                if left < 10 or low < 5 or right > width - 10 or high > height - 10
            ]
            found += [
                f"{one[4]} | {other[4]}"
                for place, one in enumerate(boxes)
                for other in boxes[:place]
                if _meet(one, other)
            ]
        return found

    return look


def _boxes(page: pypdf.PageObject) -> Iterator[Box]:
    found: list[Box] = []

    def visit(
        text: str, cm: list[float], tm: list[float], font: dict, size: float
    ) -> None:
        words = text.strip()
        if words and cm[1] == 0:  # what lies aslant, lies behind
            bold = "Bold" in str(font["/BaseFont"])
            right = tm[4] + fonts.width(words, bold) * size
            found.append((tm[4], tm[5] - 0.1 * size, right, tm[5] + 0.7 * size, words))

    page.extract_text(visitor_text=visit)
    yield from found


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] - 0.2
        and other[0] < one[2] - 0.2
        and one[1] < other[3] - 0.2
        and other[1] < one[3] - 0.2
    )
