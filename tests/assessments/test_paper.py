"""The paper of an assessment, read back as a PDF."""

from dataclasses import replace

import pytest
from pypdf import PdfReader

from carehome.rules.assessments import GBT_42195, MZT_039
from carehome.services.assessments import Assessments
from carehome.services.residents import Contact, Residents
from tests.assessments.answering import with_levels, with_total
from tests.assessments.test_service import HEAD
from tests.conftest import TODAY
from tests.house import build, settle


@pytest.fixture
def nurse(as_role):
    return as_role(Assessments)


@pytest.fixture
def wang(db, as_role):
    resident_id = settle(db, "王秀英", build(db)["301-1"])
    contact = Contact("family", "王强", "儿子", "13900000000")
    as_role(Residents).set_contacts(resident_id, [contact])
    return resident_id


def read(path):
    """Return the pages of a PDF as text without spaces."""
    pages = [page.extract_text() for page in PdfReader(path).pages]
    return ["".join(page.split()) for page in pages]


def finished(nurse, wang, answers, form=GBT_42195, **head):
    number = nurse.begin(wang, form)
    nurse.keep(number, answers, replace(HEAD, **head))
    nurse.finish(number)
    return number


@pytest.fixture
def paper(nurse, wang, tmp_path):
    answers = {**with_total(70), "A.4.1": ["3", "21"], "A.2.5": "52"}
    number = finished(nurse, wang, answers)
    nurse.write_form(number, tmp_path / "a.pdf")
    return "".join(read(tmp_path / "a.pdf"))


def test_the_head_says_who_and_by_which_standard(paper):
    for text in ("老年人能力评估表", "GB/T42195—2022", "2026-000001", "王秀英"):
        assert text in paper
    for text in ("■首次评估", "■子女", "王强", "13900000000", "52kg"):
        assert text in paper


def test_every_item_is_there_with_the_chosen_option_marked(paper):
    assert paper.count("B.1.8如厕") == 1
    assert paper.count("B.4.5社会交往能力") == 1
    assert "□4分：独立使用器具将食物送进口中并咽下" in paper
    assert "■0分：完全依赖他人协助进食" in paper
    assert paper.count("■4分") + paper.count("■0分") > 15


def test_the_result_names_the_grounds_and_the_level(paper):
    assert "■1能力轻度受损（轻度失能）（66～89分）" in paper
    assert "■2能力中度受损（中度失能）（46～65分）" in paper
    assert "■确诊为痴呆" in paper
    assert "□处于昏迷状态者" in paper


def test_those_who_sign_have_a_line(paper):
    for text in (
        "孙护士长（医护背景）",
        "周晓",
        "评估员甲（签名）",
        "信息提供者（签名）",
    ):
        assert text in paper
    assert "王强，2026年11月21日" in paper or "王强，2026-11-21" in paper


def test_the_source_of_the_words_is_confessed(paper):
    assert "来源：GB/T42195—2022附录A" in paper
    assert "评估要点”由本程序编写" in paper


def test_a_void_one_and_a_draft_say_so(nurse, wang, tmp_path):
    number = nurse.begin(wang)
    nurse.write_form(number, tmp_path / "draft.pdf")
    assert "未完成" in read(tmp_path / "draft.pdf")[0]
    nurse.keep(number, with_total(90), HEAD)
    nurse.finish(number)
    nurse.void(number, "评错人")
    nurse.write_form(number, tmp_path / "void.pdf")
    pages = read(tmp_path / "void.pdf")
    assert "作废" in pages[0]
    assert "评错人" in pages[-1]


def test_mzt_shows_levels_of_groups_and_no_total(nurse, wang, tmp_path):
    number = finished(nurse, wang, with_levels(1, 0, 0, 3), MZT_039, relation="2")
    nurse.write_form(number, tmp_path / "m.pdf")
    text = "".join(read(tmp_path / "m.pdf"))
    assert "MZ/T039—2013" in text
    assert "B.1日常生活活动：80/100，1级" in text
    assert "■2中度失能" in text
    assert "总分" not in text.split("C评估结果")[1].split("来源")[0]


@pytest.mark.parametrize("form", [GBT_42195, MZT_039])
def test_a_blank_form_marks_nothing(nurse, tmp_path, form):
    nurse.write_blank(form, tmp_path / "blank.pdf")
    text = "".join(read(tmp_path / "blank.pdf"))
    assert "■" not in text
    assert text.count("□") > 100


def test_no_character_is_lost(nurse, wang, tmp_path):
    for form in (GBT_42195, MZT_039):
        nurse.write_blank(form, tmp_path / "blank.pdf")
        assert "U+" not in "".join(read(tmp_path / "blank.pdf"))


def test_the_day_of_the_paper_is_the_base_day(nurse, wang, tmp_path):
    number = nurse.begin(wang)
    nurse.write_form(number, tmp_path / "a.pdf")
    assert f"{TODAY:%Y}" in read(tmp_path / "a.pdf")[0]


def test_the_foot_of_a_blank_form_names_the_standard_alone(nurse, tmp_path):
    nurse.write_blank(GBT_42195, tmp_path / "blank.pdf")
    assert "GB/T42195—2022第1页" in read(tmp_path / "blank.pdf")[0]
