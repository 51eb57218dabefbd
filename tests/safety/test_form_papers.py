"""A blank checklist on paper: all it asks, and no code that leads to a round."""

import pytest
from pypdf import PdfReader

from carehome.rules.rights import Role
from carehome.services.safety.form_papers import FormPapers
from carehome.services.safety.forms import SafetyForms

OFFICER = Role.SAFETY_OFFICER


@pytest.fixture
def forms(as_role):
    """The home's checklists by what they came from."""
    service = as_role(SafetyForms, OFFICER)
    service.take_presets()
    return {form.preset: form for form in service.listed()}


@pytest.fixture
def drawn(as_role, forms, tmp_path):
    """Return the pages of a blank checklist."""

    def draw(preset):
        path = tmp_path / "blank.pdf"
        as_role(FormPapers, OFFICER).write_blank(forms[preset].version_id, path)
        return list(PdfReader(path).pages)

    return draw


@pytest.mark.parametrize("preset", ["lift", "facility-24", "drill"])
def test_every_item_stands_on_the_blank_sheet(drawn, forms, preset):
    text = "".join(page.extract_text() for page in drawn(preset)).replace("\n", "")
    assert [i.code for i in forms[preset].items if i.text not in text] == []


def test_a_blank_sheet_says_so_on_every_page_and_has_no_code(drawn):
    pages = drawn("facility-24")
    assert len(pages) > 1
    assert all("空白表" in page.extract_text() for page in pages)
    assert not any("XC-" in page.extract_text() for page in pages)


def test_a_scored_item_says_its_full_mark(drawn):
    assert "满分 15 分" in "".join(page.extract_text() for page in drawn("drill"))
