"""The submission folder as a whole: made, stopped, compared with the last one."""

from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from carehome.errors import CareHomeError
from carehome.reports.rating_evidence import EvidenceUnreadable
from carehome.rules.periods import Period
from carehome.rules.ratings import submission as rules
from carehome.rules.ratings.submission import ChangeKind, GapKind
from carehome.rules.rights import NotAllowed, Role
from carehome.services.ratings.assessments import (
    Judgement,
    NewSelf,
    SelfAssessments,
)
from carehome.services.ratings.evidence import NewFile, RatingEvidence
from carehome.services.ratings.export import RatingExports
from carehome.services.ratings.tables import Heading, RatingTables
from tests.ratings.pieces import pdf, picture
from tests.ratings.sheets import rows_of, write

STAMP = "示例分值 非官方"
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def go_on(_done, _total, _text):
    """Let the folder be made."""


class Begun:
    """A self-assessment with the services that fill it."""

    def __init__(self, as_role, table_id):
        tables = as_role(RatingTables)
        self.held = as_role(SelfAssessments)
        self.evidence = as_role(RatingEvidence)
        self.exports = as_role(RatingExports)
        self.items = tables.listed()[0].items
        self.self_id = self.held.begin(NewSelf("2026年自评", table_id, YEAR, 3))

    def judge(self, place, points=None, reason=""):
        item = self.items[place]
        full = item.hundredths if points is None else points
        self.held.judge(self.self_id, item.item_id, Judgement(full, reason))
        return item

    def attach(self, place, content, name="制度.pdf", title="制度汇编"):
        item_id = None if place is None else self.items[place].item_id
        file = NewFile(name, title, content, 1)
        return self.evidence.attach(self.self_id, item_id, [file])

    def look(self):
        return self.exports.look(self.self_id)

    def write(self, folder, step=go_on):
        return self.exports.write(self.self_id, folder, step)


@pytest.fixture
def begun(as_role, tmp_path):
    """One by an official table of a hundred items, none of which the program counts."""
    tables = as_role(RatingTables)
    preview = tables.preview(write(tmp_path / "table.xlsx", rows_of()))
    return Begun(as_role, tables.take_over(preview, Heading("2026版")))


@pytest.fixture
def practising(as_role):
    """One by the practice table."""
    return Begun(as_role, as_role(RatingTables).take_practice())


def pages_of(path):
    return [page.extract_text() for page in PdfReader(path).pages]


def file_of(made, sort):
    return next(each for each in made.folder.iterdir() if sort in each.name)


def test_the_folder_holds_four_files_and_nothing_else(begun, tmp_path):
    begun.judge(0)
    begun.attach(0, pdf())
    made = begun.write(tmp_path)
    assert sorted(each.name for each in made.folder.iterdir()) == [
        "1 申报书.pdf",
        "2 佐证材料.pdf",
        "3 佐证材料（按项目）.zip",
        "4 自评得分表.xlsx",
    ]


def test_the_contents_name_the_page_on_which_each_part_begins(begun, tmp_path):
    begun.judge(0)
    path = file_of(begun.write(tmp_path), "申报书")
    reader = PdfReader(path)
    found = {
        each.title: reader.get_destination_page_number(each) + 1
        for each in reader.outline
        if not isinstance(each, list)
    }
    contents = pages_of(path)[1]
    assert next(iter(found)) == "1. 机构基本情况"
    for title, page in found.items():
        assert title in pages_of(path)[page - 1]
        after = contents[contents.index(title) + len(title) :].split()[0]
        assert after == str(page)


def test_official_points_bear_no_stamp(begun, tmp_path):
    path = file_of(begun.write(tmp_path), "申报书")
    assert not any(STAMP in page for page in pages_of(path))


def test_practice_points_are_confessed_on_every_page(practising, tmp_path):
    practising.judge(0)
    practising.attach(0, pdf(pages=2))
    made = practising.write(tmp_path)
    for sort in ("申报书", "材料.pdf"):
        assert all(STAMP in page for page in pages_of(file_of(made, sort)))


def test_points_reasons_and_evidence_numbers_are_on_paper(begun, tmp_path):
    item = begun.judge(0, 100, "扶手松动")
    begun.attach(0, pdf())
    text = "".join(pages_of(file_of(begun.write(tmp_path), "申报书")))
    assert item.name[:6] in text
    assert "扶手松动" in text
    assert "附件 1" in text


def test_what_was_written_about_evidence_is_on_paper_and_in_the_workbook(
    begun, tmp_path
):
    item = begun.items[0]
    judged = Judgement(item.hundredths, evidence="现场查看扶手")
    begun.held.judge(begun.self_id, item.item_id, judged)
    begun.attach(0, pdf())
    made = begun.write(tmp_path)
    text = "".join("".join(pages_of(file_of(made, "申报书"))).split())
    assert "附件1；现场查看扶手" in text
    sheet = load_workbook(file_of(made, "xlsx")).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "附件 1；现场查看扶手" in cells


def test_the_cover_names_home_grade_and_day(begun, tmp_path):
    cover = pages_of(file_of(begun.write(tmp_path), "申报书"))[0]
    for words in ("福寿养老院", "三级", "2026-11-21"):
        assert words in cover


def test_what_the_profile_lacks_is_named(begun, tmp_path):
    text = pages_of(file_of(begun.write(tmp_path), "申报书"))[2]
    assert "统一社会信用代码：请在“设置”里填写。" in text


def test_evidence_lies_in_the_order_of_items_each_count_once(practising, tmp_path):
    practising.attach(3, pdf("late"), title="后")
    practising.attach(0, picture(), "照片.jpg", "先")
    practising.attach(None, pdf("whole"), title="全院")
    names = ZipFile(file_of(practising.write(tmp_path), "zip")).namelist()
    own = [name for name in names if "附件" in name]
    assert [name.rsplit(" ", 1)[1] for name in own] == ["全院.pdf", "先.jpg", "后.pdf"]
    counts = [name for name in names if "统计" in name.rsplit("/", 1)[1]]
    lines = practising.look().submission.lines
    known = {
        each.item.figure for each in lines if each.counted and each.counted.is_known
    }
    assert len(counts) == len(set(counts)) == len(known)


def test_what_cannot_be_told_has_neither_page_nor_number(practising, tmp_path):
    submission = practising.look().submission
    unknown = [
        each for each in submission.lines if each.counted and not each.counted.is_known
    ]
    assert unknown
    assert all(each.labels == [] for each in unknown)
    numbers = [each.number for each in submission.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    text = "".join(pages_of(file_of(practising.write(tmp_path), "材料.pdf")))
    assert "不能统计" not in text


def test_a_count_that_can_be_told_now_is_a_change(practising):
    known = practising.look().submission
    told = rules.told(known)
    (first, *_rest) = known.counted
    del told["counts"][first.figure.key]
    (change,) = rules.changes(known, told)
    assert (change.kind, change.before, change.after) == (
        *(ChangeKind.COUNT, "", first.shown),
    )


def test_a_second_folder_does_not_write_over_the_first(begun, tmp_path):
    first, second = begun.write(tmp_path), begun.write(tmp_path)
    assert first.folder != second.folder
    assert first.folder.exists()


class Stop(CareHomeError):
    text = "stopped"


@pytest.mark.parametrize("at", ["申报书和得分表", "附件 1 制度汇编", "在页边写编号"])
def test_stopping_anywhere_leaves_no_file_and_no_trace(begun, tmp_path, at):
    begun.attach(0, pdf())
    place = tmp_path / "out"
    place.mkdir()

    def step(_done, _total, text):
        if text == at:
            raise Stop

    with pytest.raises(Stop):
        begun.write(place, step)
    assert list(place.iterdir()) == []
    assert begun.look().earlier is None


def test_broken_evidence_is_refused_by_name_and_leaves_nothing(begun, tmp_path):
    begun.attach(0, pdf(password="secret"), "合同.pdf")
    place = tmp_path / "out"
    place.mkdir()
    with pytest.raises(EvidenceUnreadable) as refused:
        begun.write(place)
    assert "合同.pdf" in refused.value.message
    assert list(place.iterdir()) == []


def test_nothing_has_changed_right_after_an_export(begun, tmp_path):
    begun.judge(0)
    begun.attach(0, pdf())
    begun.write(tmp_path)
    outlook = begun.look()
    assert outlook.earlier is not None
    assert outlook.changes == ()


def test_changes_since_the_last_export_are_told_and_on_paper(begun, tmp_path):
    begun.judge(0)
    (gone,) = begun.attach(0, pdf("old"), title="旧制度")
    begun.write(tmp_path)
    begun.judge(0, 100, "缺台账")
    begun.evidence.remove(gone)
    begun.attach(1, pdf("new"), title="新制度")
    told = {(each.kind, each.before, each.after) for each in begun.look().changes}
    full = f"{begun.items[0].hundredths // 100}"
    assert told == {
        (ChangeKind.POINTS, full, "1"),
        (ChangeKind.REASON, "", "缺台账"),
        (ChangeKind.REMOVED, "附件 1", ""),
        (ChangeKind.ADDED, "", "附件 1"),
    }
    text = "".join(pages_of(file_of(begun.write(tmp_path), "申报书")))
    assert "与上次导出相比的变动" in text
    assert "新制度" in text


def test_files_are_numbered_as_they_are_bound(begun, tmp_path):
    for place, words in ((3, "甲"), (0, "乙"), (None, "全院")):
        begun.attach(place, pdf(words), title=words)
    begun.write(tmp_path)
    files = begun.look().submission.files
    assert [(each.number, each.title) for each in files] == [
        *((1, "全院"), (2, "乙"), (3, "甲"))
    ]


def test_another_number_is_no_change(begun, tmp_path):
    begun.attach(3, pdf("a"), title="甲")
    begun.write(tmp_path)
    begun.attach(0, pdf("b"), title="乙")
    begun.write(tmp_path)
    assert begun.look().changes == ()


def test_gaps_name_what_each_item_lacks(begun):
    item = begun.judge(0, 100)
    kinds = {
        gap.kind for gap in begun.look().gaps if gap.item and gap.item.code == item.code
    }
    assert kinds == {GapKind.REASON, GapKind.EVIDENCE}
    untouched = begun.items[1]
    kinds = {
        gap.kind
        for gap in begun.look().gaps
        if gap.item and gap.item.code == untouched.code
    }
    assert GapKind.POINTS in kinds


def test_the_folder_and_the_list_of_items_miss_the_same(practising):
    told = next(at for at, each in enumerate(practising.items) if each.figure)
    bare = next(at for at, each in enumerate(practising.items) if not each.figure)
    practising.judge(told)
    practising.judge(bare, 0, "没有")
    worded = practising.items[bare + 1]
    said = Judgement(worded.hundredths, evidence="现场查看")
    practising.held.judge(practising.self_id, worded.item_id, said)
    lines = practising.held.sheet(practising.self_id).lines
    lacking = {line.item.code for line in lines if line.lacks}
    gaps = {gap.item.code for gap in practising.look().gaps if gap.item}
    assert gaps == lacking
    assert practising.items[bare].code not in gaps


def test_only_who_changes_ratings_makes_a_folder(as_role, begun, tmp_path):
    with pytest.raises(NotAllowed):
        as_role(RatingExports, Role.FRONT_DESK).write(begun.self_id, tmp_path, go_on)
