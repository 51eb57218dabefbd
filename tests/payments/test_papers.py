"""What the papers about money say of how a resident stands."""

import pypdf
import pytest

from carehome import i18n
from carehome.i18n import show_money
from tests.conftest import TODAY
from tests.purse import FEE, NOVEMBER, OCTOBER


def test_the_paper_of_a_trial_says_what_is_still_owed(purse, tmp_path):
    purse.papers.write_trial(purse.billing.trial(NOVEMBER), tmp_path / "t.pdf")
    page = pypdf.PdfReader(tmp_path / "t.pdf").pages[0].extract_text()
    assert show_money(3 * FEE) in page  # two months posted, one on trial


PAPERS = {
    "trial": lambda purse, path: purse.papers.write_trial(
        purse.billing.trial(NOVEMBER), path
    ),
    "bills": lambda purse, path: purse.papers.write_bills(OCTOBER, path),
    "receipt": lambda purse, path: purse.papers.preview_receipt(1, path),
    "arrears": lambda purse, path: purse.arrears.write(path),
    "over held": lambda purse, path: purse.papers.write_over_held(path),
    "ledger": lambda purse, path: purse.papers.write_deposit_ledger(1, path),
}


@pytest.mark.parametrize("write", PAPERS.values(), ids=PAPERS)
def test_papers_are_chinese_whatever_the_screens_speak(purse, tmp_path, write):
    purse.payments.take(1, FEE, "cash", TODAY)
    told = []
    for language in i18n.LANGUAGES:
        i18n.use(language)
        write(purse, tmp_path / "paper.pdf")
        pages = pypdf.PdfReader(tmp_path / "paper.pdf").pages
        told.append([page.extract_text() for page in pages])
    assert told[0] == told[1]


def test_what_stays_on_record_is_chinese_whatever_the_screens_speak(purse):
    i18n.use("en")
    receipt = purse.payments.take(1, FEE + 100_00, "cash", TODAY)
    deposit = purse.deposits.take(1, 500_00, "cash", TODAY)
    lines = [*purse.receipts.receipt(receipt).lines]
    lines += purse.receipts.receipt(deposit).lines
    assert [words for words, _fen in lines] == [
        "2026年9月服务费",
        "2026年10月服务费",
        "押金",
    ]
