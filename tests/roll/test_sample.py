import json
from datetime import date
from pathlib import Path

import pytest

from carehome.commands import roll

DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "resident-roll.expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def found():
    rows = roll.check(DATA / "resident-roll.xlsx", date(2026, 11, 21))["rows"]
    return {row["sheet_row"]: row for row in rows}


def test_sample_has_the_sixty_residents_and_nobody_else(found):
    assert list(found) == [row["sheet_row"] for row in EXPECTED]


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"row {row['sheet_row']}")
def test_sample_row_is_read_as_by_a_careful_reader(found, row):
    expected = dict(row)
    fault = expected.pop("fault")
    expected["faults"] = [fault] if fault else []
    got = found[row["sheet_row"]]
    assert {key: got[key] for key in expected} == expected


def test_rows_begin_with_the_agreed_keys(found):
    keys = list(found[4])
    assert keys[:6] == ["sheet_row", "name", "id", "admitted", "fen", "faults"]
