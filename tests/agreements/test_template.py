"""Templates: complete by default, checked when read in, never a program."""

import io
import time
import zipfile

import docx
import pytest
from docx.document import Document
from jinja2.exceptions import TemplateError

from carehome.reports.agreements import template as templates
from carehome.reports.agreements.model import model_document
from carehome.reports.agreements.template import check_template, fill_template
from carehome.rules import agreement_text
from carehome.services.agreements.facts import sample_facts

NAME = "协议.docx"
MODEL = agreement_text.model()


def saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def model() -> Document:
    return docx.Document(io.BytesIO(model_document()))


def saying(*paragraphs: str) -> bytes:
    """A template with nothing but some paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def texts(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def filled(content: bytes, **more: str) -> str:
    facts = sample_facts()
    return texts(fill_template(content, {**facts.values, **more}, facts.lists))


# the model text


def test_the_model_text_has_every_clause_group():
    assert check_template(model_document(), NAME).missing == ()


@pytest.mark.parametrize("group", MODEL.required, ids=lambda group: group.code)
def test_a_clause_group_without_its_heading_is_named(group):
    document = model()
    for paragraph in document.paragraphs:
        if any(word in paragraph.text for word in group.words):
            for run in paragraph.runs:
                run.text = ""
    found = check_template(saved(document), NAME).missing
    assert group.name in {each.name for each in found}


def test_the_model_text_says_that_it_is_an_example():
    assert "示范文本，请经本院法律顾问审定" in texts(model_document())


@pytest.mark.parametrize(
    "field",
    [
        f
        for f in agreement_text.fields().single
        if f.code not in {"made_on", "has_trial"}
    ],
    ids=lambda field: field.code,
)
def test_the_model_text_asks_for_every_field(field):
    said = filled(model_document(), **{field.code: "就是这一项"})
    assert "就是这一项" in said


def test_every_list_fills_a_row_or_a_paragraph_for_each_entry():
    facts = sample_facts()
    lists = {
        each.code: [
            {column.code: f"{each.code}{row}{column.code}" for column in each.columns}
            for row in range(3)
        ]
        for each in agreement_text.fields().lists
    }
    said = texts(fill_template(model_document(), facts.values, lists))
    for each in agreement_text.fields().lists:
        for column in each.columns:
            assert f"{each.code}2{column.code}" in said


def test_without_a_trial_its_sentence_is_left_out():
    facts = sample_facts()
    values = {**facts.values, "has_trial": False}
    assert "试住期" not in texts(fill_template(model_document(), values, facts.lists))


def test_what_is_empty_is_a_line_to_fill_in():
    assert "住址：____________" in filled(model_document(), address="")


@pytest.mark.parametrize("name", ["<b>王</b>", "{{机构名称}}", "A & B", "{% if %}"])
def test_a_name_with_signs_stays_what_it_is(name):
    assert f"乙方（入住老人）：{name}" in filled(model_document(), resident=name)


# what people edit


def test_a_text_survives_the_way_through_word():
    document = model()
    document.add_paragraph("补充：{{老人姓名}} 的钥匙由前台保管。")
    content = saved(docx.Document(io.BytesIO(saved(document))))
    assert check_template(content, NAME).missing == ()
    assert "补充：王秀英 的钥匙" in filled(content, resident="王秀英")


def test_a_field_that_word_has_cut_into_pieces_is_still_filled():
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{老人", "姓名}", "}"):
        paragraph.add_run(piece).bold = piece == "{老人"
    assert "王秀英" in filled(saved(document), resident="王秀英")


def test_a_clause_can_be_marked_where_its_heading_is_called_otherwise():
    content = saying("{# 安置 #}", "停业怎么办")
    missing = {group.code for group in check_template(content, NAME).missing}
    assert "placement" not in missing


def test_an_unknown_field_is_named_with_its_place():
    with pytest.raises(templates.UnknownField) as refused:
        check_template(saying("甲方：{{机构名字}}"), NAME)
    assert refused.value.facts == {"field": "机构名字", "place": "甲方：{{机构名字}}"}


def test_an_unknown_field_of_a_row_is_named():
    with pytest.raises(templates.UnknownField) as refused:
        check_template(
            saying("{%p for 人 in 联系人表 %}", "{{人.年龄}}", "{%p endfor %}"), NAME
        )
    assert refused.value.facts["field"] == "人.年龄"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{{老人姓名",),
        ("老人姓名}}",),
        ("{%p if 有试住 %}", "试住"),
        ("{%p for 人 in 联系人表 %}", "{{人.姓名}}"),
        ("{%p endif %}",),
    ],
)
def test_marks_that_do_not_fit_together_are_refused(paragraphs):
    with pytest.raises(templates.BrokenMark):
        check_template(saying(*paragraphs), NAME)


HOSTILE = (
    "{{老人姓名.__class__.__mro__[1].__subclasses__()}}",
    "{{老人姓名.__class__}}",
    "{{老人姓名|attr('__class__')}}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
    "{% set x = 1 %}",
    "{% macro f() %}x{% endmacro %}",
    "{% for x in range(1000000000) %}x{% endfor %}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 老人姓名() }}",
    "{%p for 人 in 老人姓名 %}",
    "{{ namespace() }}",
)


@pytest.mark.parametrize("mark", HOSTILE)
def test_a_template_is_text_and_no_program(mark):
    refusals = (
        templates.MarkNotAllowed,
        templates.UnknownField,
        templates.BrokenMark,
    )
    with pytest.raises(refusals):
        check_template(saying(mark), NAME)


@pytest.mark.parametrize("place", ["header", "footer"])
def test_heads_and_feet_are_looked_at_too(place):
    document = model()
    getattr(document.sections[0], place).paragraphs[0].text = "{{老人姓名.upper()}}"
    with pytest.raises(templates.MarkNotAllowed):
        check_template(saved(document), NAME)


def test_the_properties_of_a_file_are_looked_at_too():
    document = model()
    document.core_properties.title = "{{ cycler }}"
    with pytest.raises(templates.UnknownField):
        check_template(saved(document), NAME)


def test_the_place_of_filling_knows_no_function():
    with pytest.raises((TemplateError, TypeError)):
        templates._environment().from_string("{{ range(3) }}").render()


# what is no template


def test_what_is_no_word_file_is_refused():
    with pytest.raises(templates.NoWordFile):
        check_template(b"%PDF-1.4", "协议.pdf")


def test_a_damaged_word_file_is_refused():
    with pytest.raises(templates.NoWordFile):
        check_template(model_document()[:2000], NAME)


def with_part(name: str, content: bytes = b"x") -> bytes:
    source, target = io.BytesIO(model_document()), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part))
        new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize(
    "name",
    ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/activeX/a.xml"],
)
def test_macros_and_objects_are_refused(name):
    with pytest.raises(templates.HasMacros):
        check_template(with_part(name), NAME)


def test_a_file_that_unpacks_to_a_mountain_is_refused():
    with pytest.raises(templates.TemplateTooBig):
        check_template(with_part("word/media/a.bin", b"0" * (61 << 20)), NAME)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(templates.TemplateTooBig):
        check_template(b"PK" + b"0" * (5 << 20), NAME)


def test_the_same_text_gives_the_same_file_whatever_the_hour(monkeypatch):
    first = model_document.__wrapped__()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert model_document.__wrapped__() == first
