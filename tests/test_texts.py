"""Every text of the program is known, translated, and keeps its fields."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from carehome import i18n, paths

SOURCE = Path(i18n.__file__).parent
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
KEYWORDS = {"_": None, "N_": None}


def texts():
    return {
        message: f"{file}:{line}"
        for file, line, message, _comments, _context in extract_from_dir(
            str(SOURCE), keywords=KEYWORDS
        )
    }


def catalog():
    file = paths.resource("locale") / "zh_CN" / "LC_MESSAGES" / "carehome.po"
    with file.open("rb") as opened:
        return {message.id: message for message in read_po(opened) if message.id}


TEXTS = texts()
CATALOG = catalog()


def fields(text):
    return sorted(
        name
        for _text, name, _spec, _conversion in string.Formatter().parse(text)
        if name
    )


def test_texts_are_found():
    assert len(TEXTS) > 500


def test_the_program_reads_the_catalog_as_translators_tools_do():
    assert i18n._read("zh_CN") == {
        text: message.string for text, message in CATALOG.items() if message.string
    }


def test_every_text_is_in_the_catalog():
    assert {text: place for text, place in TEXTS.items() if text not in CATALOG} == {}


def test_every_text_is_translated():
    assert [text for text, message in CATALOG.items() if not message.string] == []


def test_no_translation_is_doubtful():
    assert [text for text, message in CATALOG.items() if message.fuzzy] == []


def test_no_translation_outlives_its_text():
    assert set(CATALOG) - set(TEXTS) == set()


@pytest.mark.parametrize("text", [text for text in CATALOG if "{" in text])
def test_a_translation_has_the_fields_of_its_text(text):
    assert fields(CATALOG[text].string) == fields(text)


def test_fields_are_named():
    assert [text for text in TEXTS if re.search(r"\{\d*[}:!]", text)] == []


def test_translations_use_full_width_signs():
    """Half-width commas and brackets beside Chinese look like slips."""
    slips = re.compile(r"[\u4e00-\u9fff][,;:?!(]|[)][\u4e00-\u9fff]")
    found = [m.string for m in CATALOG.values() if slips.search(str(m.string))]
    assert found == []


def test_no_chinese_stands_in_the_code():
    found = [
        f"{file.relative_to(SOURCE)}:{number}"
        for file in sorted(SOURCE.rglob("*.py"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if CHINESE.search(line)
    ]
    assert found == []


def test_the_program_speaks_chinese_and_english():
    told = []
    for language in i18n.LANGUAGES:
        i18n.use(language)
        told.append(i18n._("Cancel"))
    assert told == ["取消", "Cancel"]
