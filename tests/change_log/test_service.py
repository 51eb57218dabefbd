from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from carehome.db.residents import ResidentRow
from carehome.rules.home import Profile
from carehome.rules.rights import NotAllowed, Role
from carehome.services import change_log
from carehome.services.change_log import ChangeLog, LogFilter
from carehome.services.home import Home
from tests.conftest import ROLES

DESK = ROLES[Role.FRONT_DESK]


@pytest.fixture
def log(as_role):
    return as_role(ChangeLog)


@pytest.fixture
def resident_id(db):
    with db.writing(DESK, "Residents.change_person") as session:
        row = ResidentRow(
            id=1, name="王芳", sex="female", id_number="610103194001012424"
        )
        session.add(row)
    with db.writing(DESK, "Residents.change_person") as session:
        session.get_one(ResidentRow, 1).name = "王方"
    return 1


def test_the_newest_change_comes_first_and_says_before_and_after(log, resident_id):
    newest = log.page(LogFilter()).entries[0]
    assert (newest.actor, newest.deed, newest.action) == (
        DESK.name,
        "修改老人资料",
        "修改",
    )
    assert newest.subject == "老人 王方"
    assert [(c.name, c.before, c.after) for c in newest.changes] == [
        ("姓名", "王芳", "王方")
    ]


def test_no_identity_number_is_told_openly(log, resident_id):
    assert "610103194001012424" not in str(log.page(LogFilter()).entries)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (LogFilter(actor=DESK.name), 2),
        (LogFilter(actor="nobody"), 0),
        (LogFilter(record="resident"), 2),
        (LogFilter(record="payment"), 0),
        (LogFilter(resident_id=1), 2),
        (LogFilter(resident_id=99), 0),
    ],
)
def test_the_log_is_narrowed(log, resident_id, wanted, count):
    page = log.page(wanted)
    assert (len(page.entries), page.total) == (count, count)


def test_days_are_inclusive(log, resident_id):
    day = log.page(LogFilter(actor=DESK.name)).entries[0].at.astimezone().date()
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    seen = [
        log.page(LogFilter(first, last, DESK.name)).total
        for first, last in [(day, day), (None, before), (after, None)]
    ]
    assert seen == [2, 0, 0]


def test_the_log_comes_page_by_page(log, monkeypatch):
    monkeypatch.setattr(change_log, "PAGE", 10)
    first, second = log.page(LogFilter()), log.page(LogFilter(), 1)
    assert first.total == second.total > 20
    assert first.entries[-1].change_id == second.entries[0].change_id + 1


def test_the_log_is_exported_in_words(log, as_role, tmp_path):
    home = as_role(Home)
    home.change_profile(Profile("福寿养老院", charge_discharge_day=True))
    written = log.export(LogFilter(record="home"), tmp_path / "log.xlsx")
    sheet = load_workbook(tmp_path / "log.xlsx").active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert written == 2
    assert {"修改本院资料", "退住当天收费：否", "退住当天收费：是"} <= set(cells)


def test_only_the_director_reads_the_log(as_role):
    with pytest.raises(NotAllowed):
        as_role(ChangeLog, Role.ACCOUNTANT).page(LogFilter(date(2026, 1, 1)))
