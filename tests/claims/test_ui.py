"""The tab of claims: what is listed where, what a claim asks, where it is mended."""

import pytest

from carehome.db.home import HomeRow
from carehome.rules.claims.claim import State
from carehome.rules.rights import Role
from carehome.services.claims import Claims
from carehome.ui.kit import theme
from carehome.ui.kit.jobs import Jobs
from carehome.ui.overview.claim_file import answer_form
from carehome.ui.overview.claims import ASIDE, ELSEWHERE, HERE, ClaimsTab
from carehome.ui.parts.hand import Hand
from tests.conftest import ROLES

CHAIN = "xian/chain"


@pytest.fixture
def pages():
    return []


@pytest.fixture
def tab(qtbot, qapp, db, clock, pages):
    theme.use(qapp)
    with db.writing(ROLES[Role.DIRECTOR], "test") as session:
        home = session.get(HomeRow, 1) or HomeRow(id=1, name="福寿养老院")
        home.region, home.address = "陕西省", "西安市雁塔区"
        session.add(home)
    jobs = Jobs()
    user = ROLES[Role.DIRECTOR]
    db.on_change = jobs.announce
    hand = Hand(
        lambda kind: kind(db, user, clock), jobs, user, clock, open_page=pages.append
    )
    tab = ClaimsTab(hand)
    qtbot.addWidget(tab)
    tab.resize(1100, 600)
    tab.show()
    qtbot.waitUntil(lambda: bool(tab.view.table.rows))
    yield tab
    jobs.close()


def codes(tab):
    return {line.judged.claim.code for line in tab.view.table.rows}


def test_only_what_may_hold_here_is_listed_first(tab):
    assert CHAIN in codes(tab)
    assert "beijing/old-age" not in codes(tab)
    tab.which.set_code(ELSEWHERE)
    assert "beijing/old-age" in codes(tab)
    assert CHAIN not in codes(tab)


def test_what_is_met_comes_before_what_is_unknown_and_what_is_not(tab):
    states = [line.judged.state for line in tab.view.table.rows]
    order = [State.MET, State.UNKNOWN, State.NOT]
    assert states == sorted(states, key=order.index)


def test_an_answer_moves_the_claim_and_says_so(tab, qtbot, db, clock):
    tab.open_key(CHAIN)
    tab.file.view.selectRow(len(tab.file.view.table.rows) - 1)
    assert tab.file.mend.isEnabled()
    claims = Claims(db, ROLES[Role.DIRECTOR], clock)
    claims.answer("is-chain", "yes")
    tab.refresh()
    met = lambda: next(  # noqa: E731
        x.judged.state for x in tab.view.table.rows if x.judged.claim.code == CHAIN
    )
    qtbot.waitUntil(lambda: met() is State.MET)


def test_a_question_is_asked_in_the_words_of_the_claim(tab):
    tab.open_key(CHAIN)
    line = tab.view.current_row()
    (question,) = line.judged.claim.questions
    form = answer_form(question, None)
    form.set_values({"value": "no", "note": "一家"})
    assert form.values() == {"value": "no", "note": "一家"}


def test_what_fails_by_the_profile_leads_to_the_settings(tab, pages):
    tab.open_key("national/small-firm")
    row = next(
        at for at, x in enumerate(tab.file.view.table.rows) if x.mend == "profile"
    )
    tab.file.view.selectRow(row)
    tab.file.mend.click()
    assert pages == ["Settings"]


def test_what_was_put_aside_stands_apart_with_its_reason(tab, qtbot, db, clock):
    Claims(db, ROLES[Role.DIRECTOR], clock).hide(CHAIN, "只有一家院")
    tab.refresh()
    qtbot.waitUntil(lambda: CHAIN not in codes(tab))
    tab.which.set_code(ASIDE)
    assert codes(tab) == {CHAIN}
    tab.open_key(CHAIN)
    assert "只有一家院" in tab.file.story.text()
    tab.which.set_code(HERE)
