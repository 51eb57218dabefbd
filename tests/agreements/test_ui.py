"""The leaf of agreements, their list, their text, and papers whose time is over."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from carehome.rules.agreements import State
from carehome.rules.rights import Role
from carehome.services.agreements import Agreements, AgreementTemplates
from carehome.services.residents import Agreement
from carehome.services.retention import Retention
from carehome.ui.agreements import AgreementServices, AgreementsPage
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import AskDialog, FormDialog
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts import agreement_state
from carehome.ui.parts.care import read_lists
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.residents.agreements import Agreements as Leaf
from tests.agreements.conftest import ENDS
from tests.care import care
from tests.conftest import ROLES, TODAY

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def jobs(db, qapp):
    theme.use(qapp)
    made = Jobs()
    db.on_change = made.changed.emit
    yield made
    made.close()


@pytest.fixture
def leaf(qtbot, db, clock, jobs, purse, wang):
    services = care(db, clock)
    made = Leaf(services, jobs, ROLES[Role.DIRECTOR], lambda: TODAY, purse.prices)
    qtbot.addWidget(made)
    made.resize(700, 620)

    def show():
        made.show_file(services.residents.file(wang), read_lists(services.home))

    jobs.changed.connect(lambda _tables: show())
    show()
    made.show()
    return made


@pytest.fixture
def page(qtbot, db, clock, jobs):
    def make(role=Role.DIRECTOR):
        user = ROLES[role]
        kinds = (Agreements, AgreementTemplates, Retention)
        services = AgreementServices(*(kind(db, user, clock) for kind in kinds))
        made = AgreementsPage(services, jobs, lambda: TODAY, user)
        qtbot.addWidget(made)
        made.resize(1100, 640)
        made.show()
        return made

    return make


def dialog(qtbot, parent, kind=FormDialog):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in parent.findChildren(kind)))
    return next(d for d in parent.findChildren(kind) if d.isVisible())


def rows(qtbot, view, count):
    qtbot.waitUntil(lambda: len(view.table.rows) == count)
    return view.table.rows


def test_an_agreement_is_drawn_up_and_signed_from_the_leaf(
    qtbot, leaf, planned, agreements
):
    rows(qtbot, leaf.agreements, 1)
    qtbot.waitUntil(leaf.draw_up.isVisible)
    qtbot.mouseClick(leaf.draw_up, LEFT)
    paper = dialog(qtbot, leaf, PaperDialog)
    paper.close()
    qtbot.waitUntil(lambda: leaf.agreements.table.rows[0].state is State.DRAWN_UP)
    assert leaf.agreements.table.rows[0].agreement.number == "2026-0001"
    qtbot.mouseClick(leaf.sign, LEFT)
    box = dialog(qtbot, leaf)
    told = {"signed_on": TODAY, "signer": "王强", "scan": None}
    assert box.form.values() == told
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(lambda: leaf.agreements.table.rows[0].state is State.ON_TRIAL)
    assert leaf.decide.isVisible()
    assert not leaf.draw_up.isVisible()


def test_what_is_missing_is_said_before_the_text_is_drawn_up(
    qtbot, leaf, purse, agreements
):
    purse.residents.add_agreement(1, Agreement(TODAY))
    rows(qtbot, leaf.agreements, 1)
    qtbot.waitUntil(leaf.draw_up.isVisible)
    qtbot.mouseClick(leaf.draw_up, LEFT)
    box = dialog(qtbot, leaf, AskDialog)
    assert agreements.all()[0].state is State.NOTED
    qtbot.mouseClick(box.primary, LEFT)
    dialog(qtbot, leaf, PaperDialog).close()
    assert agreements.all()[0].state is State.DRAWN_UP


def test_a_renewal_is_offered_for_a_year(qtbot, leaf, planned, agreements):
    agreements.sign(planned, TODAY, "王强")
    rows(qtbot, leaf.agreements, 1)
    qtbot.waitUntil(leaf.renew.isVisible)
    qtbot.mouseClick(leaf.renew, LEFT)
    box = dialog(qtbot, leaf)
    assert box.form.values()["ends"] == date(2028, 10, 31)
    qtbot.mouseClick(box.primary, LEFT)
    told = rows(qtbot, leaf.agreements, 2)
    assert told[0].agreement.starts > ENDS
    qtbot.waitUntil(leaf.draw_up.isVisible)  # the cursor went on to the new one


def test_the_scan_is_kept_with_the_signature(
    qtbot, leaf, planned, agreements, tmp_path
):
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    rows(qtbot, leaf.agreements, 1)
    qtbot.waitUntil(leaf.sign.isVisible)
    qtbot.mouseClick(leaf.sign, LEFT)
    box = dialog(qtbot, leaf)
    box.form.fields["signer"].set_value("王强")
    box.form.fields["scan"].set_value(str(scan))
    box.form.submit()
    qtbot.waitUntil(lambda: agreements.all()[0].scans == 1)


def test_ending_early_outside_the_term_is_told_beside_the_day(
    qtbot, leaf, planned, agreements
):
    agreements.sign(planned, TODAY, "王强")
    rows(qtbot, leaf.agreements, 1)
    qtbot.waitUntil(leaf.end.isVisible)
    qtbot.mouseClick(leaf.end, LEFT)
    box = dialog(qtbot, leaf)
    box.form.set_values({"last_day": date(2030, 1, 1), "reason": "回家"})
    qtbot.mouseClick(box.primary, LEFT)
    qtbot.waitUntil(lambda: box.form.fields["last_day"].error != "")
    assert "2027-10-31" in box.form.fields["last_day"].error


def test_the_list_shows_all_and_leads_to_the_file(qtbot, page, planned):
    made = page()
    listing = made.tabs.content(0)
    listing.show_group("todo")
    rows(qtbot, listing.view, 1)
    with qtbot.waitSignal(made.resident_wanted) as wanted:
        listing.view.selectRow(0)
        qtbot.mouseClick(listing.open, LEFT)
    assert wanted.args == [1]


def test_the_list_begins_with_what_is_to_be_done(qtbot, page, planned, agreements):
    listing = page().tabs.content(0)
    rows(qtbot, listing.view, 1)
    assert listing.which.code() == "todo"
    agreements.sign(planned, TODAY, "王强")
    again = page().tabs.content(0)
    qtbot.waitUntil(lambda: again.which.code() == "run")


@pytest.mark.parametrize(
    ("day", "word", "tone"),
    [
        (date(2026, 11, 30), "试住", "info"),
        (date(2026, 12, 1), "试住已满，待决定", "warn"),
    ],
)
def test_a_trial_that_is_over_shows_in_the_state(
    agreements, planned, at, day, word, tone
):
    agreements.sign(planned, TODAY, "王强")
    line = at(Agreements, day).all()[0]
    assert (agreement_state.word(line), agreement_state.tone(line)) == (word, tone)


def test_the_list_finds_by_name(qtbot, page, planned):
    made = page()
    listing = made.tabs.content(0)
    listing.show_group("all")
    rows(qtbot, listing.view, 1)
    qtbot.keyClicks(listing.search, "zz")
    rows(qtbot, listing.view, 0)


@pytest.mark.parametrize(
    ("role", "tabs"), [(Role.DIRECTOR, 3), (Role.FRONT_DESK, 1), (Role.HEAD_NURSE, 1)]
)
def test_only_the_director_changes_the_text_and_destroys(page, role, tabs):
    made = page(role)
    assert made.tabs.strip.count() == tabs


def test_an_edited_text_is_checked_before_it_is_used(qtbot, page, templates, tmp_path):
    made = page()
    made.tabs.strip.setCurrentIndex(1)
    texts = made.tabs.content(1)
    rows(qtbot, texts.view, 1)
    path = tmp_path / "本院.docx"
    templates.write_out(0, path)
    texts.check(str(path))
    box = dialog(qtbot, texts)
    with qtbot.waitSignal(made.told):
        qtbot.mouseClick(box.primary, LEFT)
    rows(qtbot, texts.view, 2)


def test_the_list_of_fields_shows_how_each_is_written(qtbot, page):
    made = page()
    made.tabs.strip.setCurrentIndex(1)
    box = made.tabs.content(1).show_fields()
    qtbot.waitUntil(box.isVisible)
    assert box.body.count() == 2
    qtbot.mouseClick(box.primary, LEFT)


def test_years_of_keeping_below_the_law_are_refused_in_the_field(qtbot, page):
    made = page()
    made.tabs.strip.setCurrentIndex(2)
    keeping = made.tabs.content(2)
    qtbot.waitUntil(lambda: bool(keeping._years))
    qtbot.mouseClick(keeping.set_years, LEFT)
    box = dialog(qtbot, keeping)
    box.form.set_values({"medical": 4})
    assert not box.primary.isEnabled() or box.form.reason()
