import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carehome.reports import fonts
from carehome.reports.grid import flow
from carehome.reports.sheet import A4, A4_WIDE, A5_WIDE, drawing


def test_the_font_draws_rare_characters_and_signs_of_money():
    text = "欧阳䶮㛃 阿不都·热依木 ¥−1,234.50 壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整零"
    assert fonts.drawable(text) == (text, frozenset())


def test_what_the_font_lacks_is_replaced_in_sight():
    assert fonts.drawable("𠮷田") == ("〓田", frozenset("𠮷"))


def test_signs_without_a_shape_go_unmarked():
    assert fonts.drawable("\ufeff王\u200b芳\ufe0f\u200f") == ("王芳", frozenset())


def test_tabs_and_wide_spaces_become_spaces():
    assert fonts.drawable(" 王\t芳\u3000 李 ") == ("王 芳 李", frozenset())


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 5, ("",)),
        ("床位费", 5, ("床位费",)),
        ("双人间朝南带阳台", 4, ("双人间朝", "南带阳台")),
        ("双人间，朝南", 3, ("双人", "间，朝", "南")),
        ("房间（朝南）", 3, ("房间", "（朝", "南）")),
        ("收费 1,234.50", 4, ("收费", "1,234.50")),
        ("自6月14日起", 3, ("自6月", "14日", "起")),
        ("请假\n住院", 9, ("请假", "住院")),
        ("620012345678", 3, ("62001", "23456", "78")),
    ],
)
def test_lines_break_where_a_reader_would(text, most, lines):
    assert fonts.wrap(text, most) == lines


@given(st.text("王芳，。（）¥·123,.-ab 月日〓𠮷", max_size=60), st.floats(1.2, 20))
def test_wrapping_loses_nothing_and_fits(text, most):
    lines = fonts.wrap(text, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line) <= most for line in lines)


HEIGHTS = st.lists(st.floats(4, 60), min_size=1, max_size=60)


@given(HEIGHTS, st.floats(60, 100), st.floats(100, 130), st.floats(0, 40))
def test_pages_hold_every_row_once_and_none_is_too_full(heights, first, later, closing):
    pages = flow(heights, first, later, closing)
    assert [row for page in pages for row in page] == list(range(len(heights)))
    for number, page in enumerate(pages):
        room = (later if number else first) - (closing if page is pages[-1] else 0)
        assert len(page) == 1 or sum(heights[row] for row in page) <= room + 1e-9
        assert len(page) > 0


def test_no_rows_still_make_a_page():
    assert flow([], 50, 100, 40) == [range(0)]


@pytest.mark.parametrize("size", [A4, A4_WIDE, A5_WIDE])
def test_a_paper_has_the_size_asked_for(tmp_path, home, sizes, size):
    with drawing(tmp_path / "x.pdf", "x", size, home) as sheet, sheet.page(1, 1):
        sheet.text(20, 20, "x")
    assert sizes(tmp_path / "x.pdf") == {size}


def test_reportlab_and_xlsxwriter_wait_until_they_are_needed():
    modules = ["billing", "receipts", "deposits", "arrears", "residents", "change_log"]
    code = "import sys\n" + "".join(f"import carehome.reports.{m}\n" for m in modules)
    code += "print(sorted({'reportlab', 'xlsxwriter'} & set(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
