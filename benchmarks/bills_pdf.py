"""1,000 bills into one PDF, against bare ReportLab drawing of the same strings.

The floor writes the very strings of the bills at the very places, with the same two
embedded fonts, by `Canvas.drawString` and nothing else: no layout, no rules, no fills,
no bookmarks. Both are timed in turns in one process; what is printed is the median of
the ratios of neighbouring runs. Goal: at most 3, hoped for 1.5.

    python benchmarks/bills_pdf.py [BILLS] [ROUNDS]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from carehome import i18n
from carehome.reports import fonts
from carehome.reports.billing import BillLineText, BillSheet, write_bills
from carehome.reports.sheet import A5_WIDE, MM, Letterhead
from carehome.rules.periods import month_of

GOAL = 3.0
Word = tuple[str, float, float, float, str]  # font, size, x, y, text

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "秀英桂兰玉珍德福淑华国强美玲建军志明凤霞永昌春生文彬素琴䶮㛃"
HOME = Letterhead(
    "颐和苑养老院",
    "江城市青山区松柏路 18 号",
    "027-5550 1234",
    "银行转账：江城银行青山支行，账号 6200 1234 5678 9012。\n现金：请到前台办理。",
)


def bill(number: int) -> BillSheet:
    """Make one resident's bill; no two are alike."""
    given = GIVEN[number * 7 % len(GIVEN)] + GIVEN[number * 11 % len(GIVEN)]
    name = FAMILY[number % len(FAMILY)] + given
    leave = f"请假 6月3日–6月{9 + number % 9}日，退 {5 + number % 9} 天伙食费"
    lines = (
        BillLineText("床位费", "30/30 天", 180000, 180000, "月", "双人间（朝南）"),
        BillLineText("护理费", "14/30 天", 120000, 56000 + number, "月", "自理"),
        BillLineText("护理费", "16/30 天", 200000, 106667, "月", "部分护理一级"),
        BillLineText("伙食费", "30/30 天", 90000, 90000, "月", "普通餐"),
        BillLineText("伙食费退费", "5/30 天", 90000, -15000 - number, "月", leave),
        BillLineText("理发", f"{number % 3} 次", 1500, 1500 * (number % 3), "次"),
    )
    return BillSheet(
        number=f"2026-{number:06d}",
        month=date(2026, 6, 1),
        resident=name,
        place=f"{number // 400 + 1}号楼 {number // 4 % 100 + 101}-{number % 4 + 1}",
        grade="部分护理一级",
        period=month_of(date(2026, 6, 1)),
        lines=lines,
        issued=date(2026, 7, 1),
        due=date(2026, 7, 10),
        previous=number * 100 % 7000,
        prepaid=number * 300 % 9000,
    )


def words_of(path: Path, bills: list[BillSheet]) -> list[list[Word]]:
    """Draw the bills once and note down every string and its place, page by page."""
    pages: list[list[Word]] = []
    place = [0.0, 0.0]
    origin, line = PDFTextObject.setTextOrigin, PDFTextObject.textLine
    page_end = Canvas.showPage

    def note_origin(self: Any, x: float, y: float) -> None:
        place[:] = x, y
        origin(self, x, y)

    def note_line(self: Any, text: str = "") -> None:
        pages[-1].append((self._fontname, self._fontsize, *place, text))
        line(self, text)

    def note_page(self: Any) -> None:
        pages.append([])
        page_end(self)

    PDFTextObject.setTextOrigin, PDFTextObject.textLine = note_origin, note_line
    Canvas.showPage = note_page
    pages.append([])
    try:
        write_bills(path, bills, HOME)
    finally:
        PDFTextObject.setTextOrigin, PDFTextObject.textLine = origin, line
        Canvas.showPage = page_end
    return [page for page in pages if page]


def draw_bare(path: Path, pages: list[list[Word]]) -> None:
    """Draw the strings and nothing else: the floor."""
    canvas = Canvas(str(path), pagesize=(A5_WIDE[0] * MM, A5_WIDE[1] * MM), invariant=1)
    for page in pages:
        for font, size, x, y, text in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()


def draw_ours(path: Path, bills: list[BillSheet]) -> None:
    """Write the bills as on the first day: nothing measured or broken before."""
    for remembered in (fonts.drawable, fonts.width, fonts.wrap):
        remembered.cache_clear()
    write_bills(path, bills, HOME)


def timed(call: Callable[..., None], *values: object) -> float:
    """Return how many seconds a call takes."""
    start = time.perf_counter()
    call(*values)
    return time.perf_counter() - start


def main(count: int = 1000, rounds: int = 7) -> int:
    """Print the times and the ratio; fail when the goal is missed."""
    i18n.use("zh_CN")
    bills = [bill(number) for number in range(1, count + 1)]
    with tempfile.TemporaryDirectory() as folder:
        ours, floor = Path(folder, "ours.pdf"), Path(folder, "floor.pdf")
        pages = words_of(ours, bills)
        draw_bare(floor, pages)
        strings = sum(map(len, pages))
        print(f"{count} bills, {len(pages)} pages, {strings} strings")
        print(f"ours {ours.stat().st_size:,} bytes, floor {floor.stat().st_size:,}")
        runs = [
            (timed(draw_ours, ours, bills), timed(draw_bare, floor, pages))
            for _round in range(rounds)
        ]
    for mine, bare in runs:
        print(f"ours {mine:.3f} s   floor {bare:.3f} s   ratio {mine / bare:.2f}")
    ratio = statistics.median(mine / bare for mine, bare in runs)
    print(f"median ratio {ratio:.2f} (goal {GOAL})")
    return ratio > GOAL


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
