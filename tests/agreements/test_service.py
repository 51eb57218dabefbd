"""The life of an agreement: drawn up, signed, renewed, ended."""

import io

import docx

from tests.agreements.conftest import NUMBER


def line(agreements, agreement_id):
    return next(each for each in agreements.all() if each.agreement_id == agreement_id)


def text_of(agreements, agreement_id, folder):
    path = folder / "agreement.docx"
    agreements.write_word(agreement_id, path)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_nothing_is_missing_when_the_file_is_whole(agreements, planned):
    assert agreements.missing(planned) == []


def test_the_text_holds_what_the_file_knows(agreements, planned, tmp_path):
    agreements.draw_up(planned)
    text = text_of(agreements, planned, tmp_path)
    for said in ("王秀英", NUMBER, "王强", "监护人（儿子）", "301-1", "¥2,600.00"):
        assert said in text
    for said in ("伍仟元整", "¥15,600.00", "2027年10月31日", "2026年11月30日"):
        assert said in text


def test_no_mark_is_left_in_the_text(agreements, planned, tmp_path):
    agreements.draw_up(planned)
    text = text_of(agreements, planned, tmp_path)
    assert "{" not in text
    assert "}" not in text
