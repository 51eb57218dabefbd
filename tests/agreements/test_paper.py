"""An agreement on paper says what the Word document says."""

import io
import re

import docx
import pytest
from pypdf import PdfReader

from carehome.reports.agreements.model import model_document
from carehome.reports.agreements.paper import write_agreement
from carehome.reports.agreements.template import fill_template
from carehome.reports.sheet import Letterhead
from carehome.services.agreements.facts import sample_facts

HOME = Letterhead("福寿养老院", "福寿路 18 号", "010-66668888")


@pytest.fixture(scope="module")
def content():
    facts = sample_facts()
    return fill_template(model_document(), facts.values, facts.lists)


@pytest.fixture(scope="module")
def pages(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "a.pdf"
    write_agreement(path, content, "服务协议 2026-0001", "页脚一行", HOME)
    return [page.extract_text() for page in PdfReader(path).pages]


def plain(text):
    return re.sub(r"\s", "", text)


def test_the_paper_says_all_that_the_document_says(content, pages):
    document = docx.Document(io.BytesIO(content))
    said = plain("".join(pages).replace("页脚一行", ""))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    marked = re.compile(r"福寿养老院福寿路18号电话010-66668888|第\d+页，共\d+页")
    said = marked.sub("", said)
    missing = [line for line in lines if plain(line) not in said]
    assert missing == []


def test_every_page_has_its_number_and_the_home(pages):
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert "福寿养老院" in page
        assert "页脚一行" in page


def test_the_places_to_sign_stand_on_one_page(pages):
    [page] = [page for page in pages if "甲方（盖章）" in page]
    assert "乙方或者签订人（签字或者盖章）" in page
    assert "______年____月____日" in page


def test_the_annexes_begin_on_a_page_of_their_own(pages):
    [page] = [page for page in pages if "附件一 收费项目和标准" in page]
    assert "甲方（盖章）" not in page


def test_no_heading_stands_last_on_its_page(pages):
    for page in pages[:-1]:
        body = [line for line in page.splitlines() if line.strip()]
        lines = [
            line for line in body if "页脚一行" not in line and "页，共" not in line
        ]
        assert not re.match(r"第.{1,3}条", lines[-1])


def test_a_long_text_of_the_home_goes_over_many_pages(tmp_path):
    document = docx.Document()
    for number in range(300):
        document.add_paragraph(f"第 {number} 段：" + "照料服务" * 20)
    target = io.BytesIO()
    document.save(target)
    path = tmp_path / "long.pdf"
    write_agreement(path, target.getvalue(), "长", "", HOME)
    said = plain("".join(page.extract_text() for page in PdfReader(path).pages))
    assert all(f"第{number}段：" in said for number in range(300))
