"""Revision 0038 makes records of who was named as a payer, and loses no word."""

from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import event
from sqlcipher3 import dbapi2

from carehome.db import revisions
from carehome.db.database import engine_for, prepare
from carehome.rules.billing.lines import Line
from tests.conftest import KEY
from tests.purse import NOVEMBER, OCTOBER

LINES = {  # on a bill of October, as the program wrote them until then
    1: ("payer", "insurance", "长护险", -400_00),
    2: ("payer", "government", "区民政局", -100_00),
    3: ("adjustment", "charity", "慈善会", 50_00),
    4: ("fee", "", "护理费", 800_00),
}
COVERS = [  # payer, name, category, from, to, kind, value
    ("insurance", "长护险", "care", OCTOBER, None, "percent", 50),
    ("government", "区民政局", "bed", OCTOBER, NOVEMBER, "fen", 100_00),
    ("government", "长护险", "meal", OCTOBER, None, "percent", 10),
]


def line(kind, payer, name, fen):
    span = (OCTOBER, NOVEMBER, 31, 31, 0, fen, {})
    code = "" if payer else "care"
    return Line(kind, code, name, "", OCTOBER, *span, payer=payer)


def fill(connection):
    """Write what a home of before knew: covers and one posted bill."""
    for number, (payer, name, category, *rest) in enumerate(COVERS, 1):
        starts, ends, kind, value = rest
        connection.exec_driver_sql(
            "INSERT INTO cover (id, resident_id, payer, payer_name, category, starts, "
            "ends, kind, value) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                payer,
                name,
                category,
                str(starts),
                ends and str(ends),
                kind,
                value,
            ),
        )
    total = sum(fen for *_rest, fen in LINES.values())
    connection.exec_driver_sql(
        "INSERT INTO bill (id, run_id, year, number, resident_id, month, total_fen, "
        "resident_name, bed, grade, facts) VALUES (1, 1, 2026, 1, 1, '2026-10-01', ?, "
        "'王秀英', '', '', '')",
        (total,),
    )
    for number, (kind, payer, name, fen) in LINES.items():
        detail = line(kind, payer, name, fen).to_json()
        connection.exec_driver_sql(
            "INSERT INTO bill_line (id, bill_id, position, kind, item_code, item_name, "
            "for_month, amount_fen, detail) VALUES (?, 1, ?, ?, ?, ?, '2026-10-01', ?, ?)",
            (number, number, kind, "" if payer else "care", name, fen, detail),
        )
    connection.exec_driver_sql(
        "INSERT INTO bill_run (id, month, posted_at, posted_by, bills, total_fen, "
        "change_id) VALUES (1, '2026-10-01', '2026-11-02 01:30:00', '周静', 1, ?, 0)",
        (total,),
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return what answers a query about such a home after the revision."""
    path = tmp_path_factory.mktemp("payers") / "x.db"
    engine = engine_for(path, KEY)
    event.listen(engine, "connect", revisions._without_foreign_keys)
    settings = revisions.config()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0037")
        fill(connection)
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0038")
    engine.dispose()

    def ask(query):
        with closing(dbapi2.connect(str(path))) as file:
            prepare(file, KEY)
            return file.execute(query).fetchall()

    return ask


def test_who_was_named_becomes_a_record(told):
    assert sorted(told("SELECT kind, name, is_active, note FROM payer")) == [
        ("charity", "慈善会", 0, ""),
        ("government", "区民政局", 1, ""),
        ("government", "长护险 (2)", 1, ""),
        ("insurance", "长护险", 1, ""),
    ]


def test_covers_go_on_in_one_rank_and_keep_all_else(told):
    rows = told(
        "SELECT p.kind, c.category, c.starts, c.ends, c.kind, c.value, c.rank "
        "FROM cover c JOIN payer p ON p.id = c.payer_id ORDER BY c.id"
    )
    assert rows == [
        (payer, category, str(starts), str(ends) if ends else None, kind, value, 1)
        for payer, _name, category, starts, ends, kind, value in COVERS
    ]


def test_the_lines_of_posted_bills_know_their_payer_and_keep_their_words(told):
    rows = told(
        "SELECT l.id, l.item_name, l.detail, p.kind FROM bill_line l "
        "LEFT JOIN payer p ON p.id = l.payer_id ORDER BY l.id"
    )
    assert rows == [
        (number, what[2], line(*what).to_json(), what[1] or None)
        for number, what in LINES.items()
    ]


def test_bills_are_as_sealed_as_before(told):
    with pytest.raises(dbapi2.IntegrityError, match="never edited"):
        told("UPDATE bill_line SET amount_fen = 1")


def test_receipts_keep_their_seal(told):
    names = {name for (name,) in told("SELECT name FROM sqlite_master")}
    assert {"receipt_no_gap", "receipt_as_issued", "receipt_void_for_good"} <= names
