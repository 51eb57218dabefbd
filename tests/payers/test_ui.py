"""The tab of payers, as somebody works in it with the keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from carehome.db import keys
from carehome.rules.payers.claims import Key
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.payers import FamilyPart
from carehome.ui.fees.payer_file import MONEY, REFUSED, RESIDENTS
from carehome.ui.fees.payers import FAMILIES, OWING, PayersTab
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from tests.conftest import ROLES
from tests.purse import OCTOBER, SEPTEMBER

WANG, LI = 1, 2
SHARE = 400_00


@pytest.fixture
def billed(purse, payers):
    """Two months of which the insurance bears half of both residents' care."""
    for who in (WANG, LI):
        purse.cover(who, 50, Period(SEPTEMBER))
    payers.split(LI, (FamilyPart("李强", 40),), Period(OCTOBER))
    purse.post(SEPTEMBER)
    purse.post(OCTOBER)
    return purse.payer()


@pytest.fixture
def opened(qtbot, qapp, db, clock, billed):
    """Return a function that shows the tab as somebody of a role has it."""
    theme.use(qapp)
    jobs = Jobs()
    db.on_change = jobs.announce

    def show(role=Role.DIRECTOR):
        user = ROLES[role]
        make = lambda kind: kind(db, user, clock)  # noqa: E731
        tab = PayersTab(Hand(make, jobs, user, clock))
        qtbot.addWidget(tab)
        tab.resize(1146, 620)
        tab.show()
        settle(qtbot, tab)
        return tab

    yield show
    jobs.close()


@pytest.fixture
def tab(opened):
    return opened()


def settle(qtbot, tab):
    qtbot.waitUntil(lambda: not tab.hand.jobs.is_busy)


def names(view):
    return [row.payer.name for row in view.table.rows]


def open_file(qtbot, tab, part=None):
    """Open the first payer with the keyboard, at one part of its file."""
    tab.view.selectRow(0)
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    settle(qtbot, tab)
    if part:
        tab.file.part.set_code(part)
    return tab.file


def dialog_of(tab):
    return next(x for x in tab.findChildren(QDialog) if isinstance(x, DeedDialog))


def submit(qtbot, tab, **values):
    """Fill the dialog that is open, and press its button."""
    dialog = dialog_of(tab)
    dialog.form.set_values(values)
    with qtbot.waitSignal(dialog.accepted):
        dialog.primary.click()
    settle(qtbot, tab)


def test_organisations_stand_apart_from_families(tab):
    assert names(tab.view) == ["长护险"]
    tab.who.set_code(FAMILIES)
    assert names(tab.view) == ["李强"]
    tab.who.set_code(OWING)
    assert names(tab.view) == ["长护险", "李强"]


def test_the_figures_tell_what_is_open(tab):
    open_fen = sum(each.ages.open for each in tab.view.table.rows)
    assert open_fen == 4 * SHARE
    assert "2 个付款方" in tab.open.words.text()


def test_enter_opens_a_payer_with_its_months(qtbot, tab):
    file = open_file(qtbot, tab)
    assert file.title.text() == "长护险"
    assert [each.month for each in file.months.table.rows] == [OCTOBER, SEPTEMBER]
    assert file.months.current_row().month == SEPTEMBER  # the oldest that is open


def test_money_goes_to_the_month_that_is_chosen(qtbot, tab, payers, billed):
    file = open_file(qtbot, tab)
    file.months.select(OCTOBER)
    file.take.click()
    submit(qtbot, tab)
    found = {claim.key: claim.open for claim in payers.claims(billed)}
    assert found[Key(OCTOBER, WANG)] == found[Key(OCTOBER, LI)] == 0
    assert found[Key(SEPTEMBER, WANG)] == SHARE


def test_money_goes_to_the_residents_who_are_chosen(qtbot, tab, payers, billed):
    file = open_file(qtbot, tab, RESIDENTS)
    file.claims.select(Key(OCTOBER, LI))
    file.take.click()
    assert dialog_of(tab).form.values()["amount"] == SHARE
    submit(qtbot, tab, amount=100_00)
    found = {claim.key: claim.paid for claim in payers.claims(billed)}
    assert found[Key(OCTOBER, LI)] == 100_00
    assert found[Key(SEPTEMBER, WANG)] == 0


def test_a_refusal_says_who_bears_it(qtbot, tab, payers, billed):
    file = open_file(qtbot, tab, RESIDENTS)
    file.claims.select(Key(OCTOBER, LI))
    file.refuse.click()
    submit(qtbot, tab, amount=150_00, kind="written_off", reason="逾期")
    [cut] = payers.cuts(billed)
    assert (cut.fen, cut.kind, cut.reason) == (150_00, "written_off", "逾期")


def test_several_months_are_refused_whole(qtbot, tab, payers, billed):
    file = open_file(qtbot, tab, RESIDENTS)
    file.claims.selectAll()
    file.refuse.click()
    submit(qtbot, tab, kind="family", reason="资料不全")
    assert sum(claim.open for claim in payers.claims(billed)) == 0


def test_what_is_settled_is_not_refused(qtbot, tab, payers, billed):
    payers.take(billed, 4 * SHARE, "transfer", date(2026, 11, 20))
    file = open_file(qtbot, tab, RESIDENTS)
    file.claims.selectionModel().select(
        file.claims.model().index(0, 0),
        QItemSelectionModel.SelectionFlag.ClearAndSelect
        | QItemSelectionModel.SelectionFlag.Rows,
    )
    assert not file.refuse.isEnabled()


def test_a_refusal_is_taken_back(qtbot, tab, payers, billed):
    payers.charge_family(billed, {Key(OCTOBER, LI): 100_00}, "超标")
    file = open_file(qtbot, tab, REFUSED)
    file.cuts.selectRow(0)
    file.back.click()
    submit(qtbot, tab, reason="补付")
    assert payers.cuts(billed)[0].is_void
    qtbot.waitUntil(lambda: not file.back.isEnabled())


def test_a_statement_is_noted_as_sent_and_then_answered(qtbot, tab, statements, billed):
    file = open_file(qtbot, tab)
    assert not file.answered.isEnabled()
    file.sent.click()
    submit(qtbot, tab)
    qtbot.waitUntil(file.answered.isEnabled)
    file.answered.click()
    submit(qtbot, tab, answer="同意")
    month = next(x for x in statements.months(billed) if x.month == SEPTEMBER)
    assert (month.sent_fen, month.answer) == (2 * SHARE, "同意")


def test_a_new_payer_comes_into_the_list(qtbot, tab):
    tab.add.click()
    submit(qtbot, tab, kind="charity", name="慈善会")
    qtbot.waitUntil(lambda: names(tab.view) == ["长护险", "慈善会"])


def test_a_payer_is_changed_and_what_was_typed_stands_there(qtbot, tab, payers):
    file = open_file(qtbot, tab)
    file.change.click()
    submit(qtbot, tab, due_days=45)
    assert next(x for x in payers.payers() if x.name == "长护险").due_days == 45


def test_the_first_page_leads_to_one_payer_or_all_who_owe(qtbot, tab, billed):
    tab.open_key(billed)
    settle(qtbot, tab)
    assert tab.file.title.text() == "长护险"
    tab.open_key(OWING)
    assert names(tab.view) == ["长护险", "李强"]


def test_the_desk_takes_money_and_changes_nothing_else(qtbot, opened):
    tab = opened(Role.FRONT_DESK)
    file = open_file(qtbot, tab, RESIDENTS)
    assert not file.take.isHidden()
    assert file.change.isHidden()
    assert file.refuse.isHidden()
    assert tab.add.isHidden()


def test_the_accountant_writes_nothing_off(qtbot, opened):
    tab = opened(Role.ACCOUNTANT)
    file = open_file(qtbot, tab, RESIDENTS)
    file.claims.select(Key(OCTOBER, LI))
    file.refuse.click()
    assert list(dialog_of(tab).form.fields["kind"].input.buttons) == ["family"]


def test_money_goes_back_and_comes_to_the_credit_again(
    qtbot, tab, payers, billed, passwords, monkeypatch
):
    monkeypatch.setattr(keys, "COST", {"time": 1, "memory_kib": 64, "lanes": 1})
    payers.take(billed, 4 * SHARE + 50_00, "transfer", date(2026, 11, 20))
    settle(qtbot, tab)
    file = open_file(qtbot, tab, MONEY)
    file.money.selectRow(0)
    file.return_money.click()
    dialog = dialog_of(tab)
    values = dialog.form.values()
    assert (values["amount"], values["payee"]) == (50_00, "长护险")
    dialog.form.set_values(
        {"amount": 50_01, "reason": "多付", "sign_in": "accountant"}
        | {"password": passwords[Role.ACCOUNTANT]}
    )
    dialog.primary.click()
    settle(qtbot, tab)
    assert "50.00" in dialog.form.fields["amount"].message.text()
    submit(qtbot, tab, amount=50_00)
    assert [row.fen for row in file.money.table.rows] == [-50_00, 4 * SHARE + 50_00]
    file.money.selectRow(0)
    assert file.void_return.isEnabled()
    assert not file.return_money.isEnabled()
    file.void_return.click()
    submit(qtbot, tab, reason="没退成")
    assert payers.states()[0].credit == 50_00
