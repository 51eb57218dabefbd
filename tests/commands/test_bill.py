"""`carehome bill` as somebody without a window uses it."""

import json

import pypdf
import pytest
from typer.testing import CliRunner

from carehome.__main__ import cli


@pytest.fixture
def carehome():
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words])


def test_a_trial_says_why_each_line_is_what_it_is(carehome, demo_home):
    done = carehome("bill", "--home", demo_home, "--month", "2026-10", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["posted"] is False
    assert told["total_fen"] == sum(bill["total_fen"] for bill in told["bills"])
    for bill in told["bills"]:
        amounts = [line["amount_fen"] for line in bill["lines"]]
        assert bill["total_fen"] == sum(amounts)
        assert all(line["why"] for line in bill["lines"])


def test_a_trial_posts_nothing(carehome, demo_home):
    words = ("bill", "--home", demo_home, "--month", "2026-10", "--json")
    assert carehome(*words).stdout == carehome(*words).stdout


def test_posting_gives_the_bills_of_the_trial_their_numbers(carehome, demo_copy):
    words = ("bill", "--home", demo_copy, "--month", "2026-10", "--json")
    trial = json.loads(carehome(*words).stdout)
    posted = json.loads(carehome(*words, "--post").stdout)
    assert posted["posted"] is True
    assert posted["total_fen"] == trial["total_fen"]
    numbers = [bill["number"] for bill in posted["bills"]]
    first = int(numbers[0][5:])
    assert numbers == [f"2026-{first + n:06d}" for n in range(len(numbers))]
    assert json.loads(carehome(*words).stdout) == posted


def test_a_month_is_posted_once(carehome, demo_home):
    done = carehome("bill", "--home", demo_home, "--month", "2026-09", "--post")
    assert done.exit_code == 1
    assert "已经入账" in done.stderr


def test_months_go_in_order(carehome, demo_home):
    done = carehome("bill", "--home", demo_home, "--month", "2026-11", "--post")
    assert done.exit_code == 1
    assert "2026年10月" in done.stderr


def test_the_bills_go_to_paper(carehome, demo_home, tmp_path):
    path = tmp_path / "bills.pdf"
    done = carehome(
        "bill", "--home", demo_home, "--month", "2026-09", "--pdf", path, "--json"
    )
    bills = json.loads(done.stdout)["bills"]
    reader = pypdf.PdfReader(path)
    assert len(reader.pages) >= len(bills)
    assert bills[0]["number"] in reader.pages[0].extract_text()


@pytest.mark.parametrize("month", ["2026", "2026-13", "october", "2026-00"])
def test_a_month_that_is_none_is_told(carehome, demo_home, month):
    done = carehome("bill", "--home", demo_home, "--month", month)
    assert done.exit_code == 1
    assert month in done.stderr


def test_a_folder_without_a_home_is_told(carehome, tmp_path):
    done = carehome("bill", "--home", tmp_path, "--month", "2026-10")
    assert done.exit_code == 1
    assert str(tmp_path) in done.stderr


def test_a_wrong_password_is_told(carehome, demo_home, monkeypatch):
    monkeypatch.setenv("CAREHOME_PASSWORD", "not-the-password")
    words = ("bill", "--home", demo_home, "--month", "2026-10", "--user", "caiwu")
    done = carehome(*words)
    assert done.exit_code == 1
    assert "密码" in done.stderr


def test_a_person_without_the_right_is_refused(carehome, demo_home, monkeypatch):
    monkeypatch.setenv("CAREHOME_PASSWORD", "yanshi-2026")
    words = ("bill", "--home", demo_home, "--month", "2026-10", "--user", "anquan")
    done = carehome(*words)
    assert done.exit_code == 1
    assert "岗位" in done.stderr
