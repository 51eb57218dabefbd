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


# Words that mean what another word of the glossary means.
NOT_SAID = (
    "个人价，",
    "个人价：",
    "付费方",
    "导入",
    "失智",
    "保洁",
    "角色",
    "患者",
)
NOT_SAID_IN_ENGLISH = (
    "patient",
    "client",
    "customer",
    "elderly",
    "color",
    "organization",
)
TEXTS = texts()
CATALOG = catalog()


def fields(text):
    """Return the fields of a text; the words for one and many fill no field of their own."""
    parsed = string.Formatter().parse(text)
    return {name for _text, name, spec, _way in parsed if name and "|" not in spec}


def chosen_by_count(text):
    """Return what counts choose a word by."""
    parsed = string.Formatter().parse(text)
    return {name for _text, name, spec, _way in parsed if name and "|" in spec}


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


def test_only_what_is_said_chooses_between_one_and_many():
    assert [text for text in TEXTS if not chosen_by_count(text) <= fields(text)] == []


def test_chinese_knows_neither_one_nor_many():
    assert [m.string for m in CATALOG.values() if "|" in str(m.string)] == []


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")]
)
def test_english_counts(count, said):
    i18n.use("en")
    assert i18n._("{days} {days:day|days}").format(days=count) == said


def test_fields_are_named():
    assert [text for text in TEXTS if re.search(r"\{\d*[}:!]", text)] == []


def test_translations_use_full_width_signs():
    """Half-width commas and brackets beside Chinese look like slips."""
    slips = re.compile(r"[\u4e00-\u9fff][,;:?!(]|[)][\u4e00-\u9fff]")
    found = [m.string for m in CATALOG.values() if slips.search(str(m.string))]
    assert found == []


# A page and a day, a column and a sentence: one word in English, two in Chinese.
TWOFOLD = {
    "added",
    "no",
    "price list from {day}",
    "removed",
    "residents read in",
    "today",
}


def test_one_text_has_one_translation():
    """Texts that differ only in capitals and signs at the end are one text."""
    said = {}
    for text, message in CATALOG.items():
        words = re.sub(r"\s", "", str(message.string)).rstrip("。…")
        said.setdefault(text.casefold().rstrip(".… "), set()).add(words)
    found = {text: words for text, words in said.items() if len(words) > 1}
    assert {text: found[text] for text in found.keys() - TWOFOLD} == {}


def test_chinese_is_said_in_the_words_of_the_glossary():
    found = {
        (wrong, str(message.string))
        for message in CATALOG.values()
        for wrong in NOT_SAID
        if wrong in str(message.string)
    }
    assert found == set()


def test_english_is_said_in_the_words_of_the_glossary():
    found = {
        (wrong, text)
        for text in TEXTS
        for wrong in NOT_SAID_IN_ENGLISH
        if re.search(rf"\b{wrong}s?\b", text, re.IGNORECASE)
    }
    assert found == set()


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
