"""What the papers about money say of how a resident stands."""

import pypdf

from carehome.i18n import show_money
from tests.purse import FEE, NOVEMBER


def test_the_paper_of_a_trial_says_what_is_still_owed(purse, tmp_path):
    purse.papers.write_trial(purse.billing.trial(NOVEMBER), tmp_path / "t.pdf")
    page = pypdf.PdfReader(tmp_path / "t.pdf").pages[0].extract_text()
    assert show_money(3 * FEE) in page  # two months posted, one on trial
