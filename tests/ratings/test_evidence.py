"""Evidence: read, made small, kept once, numbered in the order of the items."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter

from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.ratings import evidence as service
from carehome.services.ratings.assessed import Sealed
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.evidence import NewFile, RatingEvidence, read_file
from carehome.services.ratings.tables import RatingTables
from carehome.services.residents.papers import PaperEmpty, PaperUnreadable
from tests.ratings.judged import judge_all

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def held(as_role):
    return as_role(SelfAssessments, Role.DIRECTOR)


@pytest.fixture
def evidence(as_role):
    return as_role(RatingEvidence, Role.DIRECTOR)


@pytest.fixture
def begun(held, as_role):
    table_id = as_role(RatingTables, Role.DIRECTOR).take_practice()
    return held.begin(NewSelf("2026年自评", table_id, YEAR, 3))


@pytest.fixture
def item_ids(held, begun):
    return [line.item.item_id for line in held.sheet(begun).lines]


def file(title, content=b""):
    return NewFile(f"{title}.pdf", title, content or title.encode(), 1)


def pdf(path, pages=3, password=""):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(210, 297)
    if password:
        writer.encrypt(password)
    writer.write(path)
    return path


def test_a_pdf_is_kept_as_it_is_with_its_pages_counted(tmp_path):
    path = pdf(tmp_path / "消防验收.pdf")
    new = read_file(path)
    assert (new.title, new.pages) == ("消防验收", 3)
    assert new.content == path.read_bytes()


def test_a_picture_is_made_small(tmp_path):
    path = tmp_path / "走廊.png"
    Image.new("RGB", (4000, 3000), "gray").save(path)
    content = read_file(path).content
    assert max(Image.open(BytesIO(content)).size) <= 1600


def test_a_picture_that_became_a_jpeg_is_called_one(tmp_path):
    path = tmp_path / "走廊1.2.png"
    Image.new("RGB", (40, 30), "gray").save(path)
    new = read_file(path)
    assert (new.file_name, new.title) == ("走廊1.2.jpg", "走廊1.2")
    assert Image.open(BytesIO(new.content)).format == "JPEG"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("空.pdf", b"", PaperEmpty),
        ("断.pdf", b"%PDF-1.4 torn", service.PdfBroken),
        ("表.docx", b"PK\x03\x04 words", service.EvidenceKind),
    ],
)
def test_what_nobody_could_open_is_refused(tmp_path, name, content, refusal):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(refusal) as refused:
        read_file(path)
    assert name in refused.value.message


def test_a_pdf_with_a_password_is_refused(tmp_path):
    with pytest.raises(service.PdfBroken):
        read_file(pdf(tmp_path / "密.pdf", password="1234"))


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(PaperUnreadable):
        read_file(tmp_path / "没有.pdf")


def test_a_file_stands_at_its_item_and_is_given_back(held, evidence, begun, item_ids):
    (kept,) = evidence.attach(begun, item_ids[3], [file("许可证", b"%PDF-content")])
    (shown,) = held.sheet(begun).lines[3].files
    assert (shown.title, shown.number, shown.pages) == ("许可证", 1, 1)
    assert evidence.content(kept) == b"%PDF-content"


def test_a_file_of_the_whole_stands_at_no_item(held, evidence, begun):
    evidence.attach(begun, None, [file("营业执照")])
    sheet = held.sheet(begun)
    assert [each.title for each in sheet.files] == ["营业执照"]
    assert not any(line.files for line in sheet.lines)


def test_one_file_at_two_items_is_stored_once(db, evidence, begun, item_ids):
    for item_id in item_ids[:2]:
        evidence.attach(begun, item_id, [file("许可证")])
    with db.reading() as session:
        assert session.query(service.RatingContentRow).count() == 1


def test_the_same_file_is_not_attached_twice_to_an_item(evidence, begun, item_ids):
    evidence.attach(begun, item_ids[0], [file("许可证", b"same")])
    with pytest.raises(service.FileAttached) as refused:
        evidence.attach(begun, item_ids[0], [file("又一份", b"same")])
    assert "许可证" in refused.value.message


def test_what_is_sealed_is_numbered_in_the_order_of_the_items(
    as_role, held, evidence, begun, item_ids
):
    for at, title in ((5, "甲"), (2, "乙"), (9, "丙"), (2, "丁")):
        evidence.attach(begun, item_ids[at], [file(title)])
    evidence.attach(begun, None, [file("封面")])
    judge_all(held, begun)
    as_role(SelfAssessments, Role.DIRECTOR).submit(begun)
    sheet = held.sheet(begun)
    found = [each for line in sheet.lines for each in line.files]
    assert [(each.number, each.title) for each in (*sheet.files, *found)] == [
        *((1, "封面"), (2, "乙"), (3, "丁"), (4, "甲"), (5, "丙"))
    ]


def test_what_was_taken_away_is_gone(held, evidence, begun, item_ids):
    (kept,) = evidence.attach(begun, item_ids[0], [file("许可证")])
    evidence.remove(kept)
    assert held.sheet(begun).lines[0].files == ()


def test_the_files_of_the_earlier_one_are_taken_over_on_demand(
    held, evidence, begun, item_ids
):
    evidence.attach(begun, item_ids[0], [file("许可证"), file("平面图")])
    judge_all(held, begun)
    held.submit(begun)
    table_id = held.sheet(begun).head.table_id
    after = held.begin(NewSelf("2027年自评", table_id, YEAR, 3, begun))
    line = held.sheet(after).lines[0]
    assert (line.earlier.files, line.files) == (2, ())
    assert evidence.take_earlier(after, item_ids[0]) == 2
    assert [each.title for each in held.sheet(after).lines[0].files] == [
        "许可证",
        "平面图",
    ]
    assert evidence.take_earlier(after, item_ids[0]) == 0


def test_nothing_is_attached_to_what_is_sealed(held, evidence, begun, item_ids):
    judge_all(held, begun)
    held.submit(begun)
    with pytest.raises(Sealed):
        evidence.attach(begun, item_ids[0], [file("晚了")])
