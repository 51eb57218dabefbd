"""Evidence bound into one PDF and packed into folders."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

from carehome.reports.rating_evidence import EvidenceUnreadable, Piece, write_evidence
from carehome.reports.sheet import Letterhead
from tests.ratings.pieces import LYING, pdf, picture

HEAD = Letterhead("福寿养老院")
DAY = date(2026, 11, 21)
A4 = (595.276, 841.89)


@pytest.fixture
def write(tmp_path):
    def make(*pieces, remark="", step=lambda *_told: None, head=HEAD):
        book, archive = tmp_path / "book.pdf", tmp_path / "book.zip"
        write_evidence(book, archive, pieces, head, DAY, remark, step)
        return PdfReader(book), ZipFile(archive)

    return make


def piece(number, content, name="制度.pdf", code="1.1.1", title="制度汇编"):
    folders = (f"{code[0]} 环境", f"{code} 绿化")
    return Piece(f"附件 {number}", title, name, code, folders, lambda: content)


def size(page):
    """Return the size of a page as readers show it."""
    wide, high = float(page.mediabox.width), float(page.mediabox.height)
    return (high, wide) if page.rotation % 180 else (wide, high)


def test_each_page_bears_its_number_its_item_and_what_it_showed(write):
    book, _zip = write(piece(7, pdf("policy", 2), code="2.1.3"))
    _contents, first, second = (page.extract_text() for page in book.pages)
    assert "附件 7" in first
    assert "2.1.3" in first
    assert "policy 1" in first
    assert "policy 2" in second


def test_the_contents_lead_to_the_page_they_name(write):
    book, _zip = write(piece(1, pdf("a", 3)), piece(2, pdf("b", 2), title="合同"))
    links = book.pages[0]["/Annots"]
    pages = [
        book.get_page_number(each.get_object()["/Dest"][0].get_object())
        for each in links
    ]
    assert pages == [1, 4]


def test_bookmarks_go_by_part_item_and_piece(write):
    book, _zip = write(piece(1, pdf()), piece(2, pdf(), code="2.1.1", title="合同"))
    part, (item, (leaf,)), *_more = book.outline
    assert [part.title, item.title, leaf.title] == [
        "1 环境",
        "1.1.1 绿化",
        "附件 1 制度汇编",
    ]
    titles = [each.title for each in book.outline if not isinstance(each, list)]
    assert titles == ["1 环境", "2 环境"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_stays_turned_and_the_stamp_upright_above_it(write, turn):
    book, _zip = write(piece(1, pdf(turn=turn)))
    page = book.pages[1]
    wanted = A4 if turn in (0, 180) else A4[::-1]
    assert size(page) == pytest.approx(wanted, abs=0.1)
    assert page.rotation == turn


@pytest.mark.parametrize("shape", [LYING, (1190, 842), (1684, 2384), (200, 300)])
def test_pages_of_any_size_come_onto_a4(write, shape):
    book, _zip = write(piece(1, pdf(size=shape)))
    wanted = A4[::-1] if shape[0] > shape[1] else A4
    assert size(book.pages[1]) == pytest.approx(wanted, abs=0.1)


def test_a_picture_is_a_page_and_lies_whole_in_the_zip(write):
    photo = picture()
    book, packed = write(piece(3, photo, name="照片.JPG", title="院内"))
    assert len(book.pages[1].images) == 1
    assert packed.read("1 环境/1.1.1 绿化/附件 3 院内.jpg") == photo


def test_a_large_picture_is_drawn_no_sharper_than_paper(write):
    book, _zip = write(piece(3, picture(6000, 4000), name="a.jpg"))
    assert max(book.pages[1].images[0].image.size) == 2400


def test_a_file_that_is_neither_is_told_of_and_packed(write):
    book, packed = write(piece(4, b"PK\x03\x04", name="名册.xlsx"))
    assert "名册.xlsx" in book.pages[1].extract_text()
    assert packed.read("1 环境/1.1.1 绿化/附件 4 制度汇编.xlsx") == b"PK\x03\x04"


def test_names_that_windows_forbids_are_mended(write):
    _book, packed = write(piece(1, pdf(), title='协议?"A/B".. '))
    assert packed.namelist() == ["1 环境/1.1.1 绿化/附件 1 协议  A B.pdf"]


def test_practice_points_are_confessed_on_every_page(write):
    remark = "示例分值 非官方"
    book, _zip = write(
        piece(1, pdf(pages=2)), piece(2, picture(), "a.jpg"), remark=remark
    )
    assert all(remark in page.extract_text() for page in book.pages)


def test_what_cannot_be_read_is_named_all_at_once_and_leaves_no_file(write, tmp_path):
    bad = (
        piece(1, pdf()),
        piece(2, pdf(password="secret"), name="合同.pdf"),
        piece(3, pdf(pages=3)[:900], name="半份.pdf"),
        piece(4, picture()[:300], name="照片.jpg"),
        piece(5, b"nothing", name="空.pdf"),
    )
    with pytest.raises(EvidenceUnreadable) as refused:
        write(*bad)
    assert refused.value.facts["count"] == 4
    for name in (
        "合同.pdf”（有密码）",
        "半份.pdf”（损坏）",
        "照片.jpg”（损坏）",
        "空.pdf”（损坏）",
    ):
        assert name in refused.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_locked_only_against_changes_is_bound(write):
    writer = PdfWriter(clone_from=BytesIO(pdf("open")))
    writer.encrypt(user_password="", owner_password="owner")
    target = BytesIO()
    writer.write(target)
    book, _zip = write(piece(1, target.getvalue()))
    assert "open 1" in book.pages[1].extract_text()


def test_a_seal_that_lies_upon_a_page_comes_along_where_it_was(write):
    book, _zip = write(piece(1, with_seal()))
    (seal,) = book.pages[1]["/Annots"]
    left, low, right, top = map(float, seal.get_object()["/Rect"])
    assert "/AP" in seal.get_object()
    assert (right - left) / (top - low) == pytest.approx(2, abs=0.001)
    assert 100 <= left <= right <= 320


def with_seal():
    """Return a PDF with a stamp 200 wide and 100 high upon its page."""
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    shape = DecodedStreamObject()
    shape.set_data(b"1 0 0 rg 0 0 200 100 re f")
    box = ArrayObject(map(FloatObject, (0, 0, 200, 100)))
    names = {"/Type": "/XObject", "/Subtype": "/Form"}
    shape.update({NameObject(k): NameObject(v) for k, v in names.items()})
    shape[NameObject("/BBox")] = box
    look = writer._add_object(shape)
    place = ArrayObject(map(FloatObject, (100, 100, 300, 200)))
    page = writer.pages[0]
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): place,
            NameObject("/P"): page.indirect_reference,
            NameObject("/AP"): DictionaryObject({NameObject("/N"): look}),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_what_pages_share_is_kept_once(write):
    book, _zip = write(piece(1, pdf(pages=3)))
    numbers = {page["/Resources"].raw_get("/Font").idnum for page in book.pages[1:]}
    assert len(numbers) == 1


class Stop(Exception):
    pass


def test_stopping_leaves_no_file(write, tmp_path):
    def step(done, _total, _text):
        if done == 1:
            raise Stop

    with pytest.raises(Stop):
        write(piece(1, pdf()), piece(2, pdf()), step=step)
    assert list(tmp_path.iterdir()) == []


def test_every_page_is_a_step_that_names_its_piece(write):
    told = []
    write(piece(1, pdf(pages=3)), piece(2, pdf()), step=lambda *each: told.append(each))
    assert told[:4] == [
        (0, 2, "附件 1 制度汇编"),
        (0, 2, "附件 1 制度汇编"),
        (0, 2, "附件 1 制度汇编"),
        (1, 2, "附件 2 制度汇编"),
    ]
