"""A screen that shows figures hears of every table that they are counted from."""

import re

import pytest
from sqlalchemy import event

from carehome.db.base import Base
from carehome.rules.figures import definitions
from carehome.rules.periods import Period
from carehome.rules.rights import Role
from carehome.services.claims import Claims
from carehome.services.figures import READ, figures_in
from carehome.services.what_if import WhatIf
from carehome.ui.overview.claims import ClaimsTab
from carehome.ui.overview.what_if import WhatIfTab
from tests.conftest import TODAY
from tests.figures import small_home
from tests.purse import NOVEMBER, OCTOBER, Purse

LOG = "change"  # of no other table is anything told in the log


@pytest.fixture
def purse(db, clock):
    home = Purse(db, clock)
    home.set_prices()
    small_home.build(db)
    home.post(OCTOBER)
    return home


def read(db, ask):
    """Return which tables are read while something is asked."""
    found = set()

    def note(_connection, _cursor, statement, *_more):
        found.update(re.findall(r"\b(?:FROM|JOIN) (\w+)", statement))

    event.listen(db._engine, "before_cursor_execute", note)
    ask()
    event.remove(db._engine, "before_cursor_execute", note)
    return found & Base.metadata.tables.keys() - {LOG}


def count_all(db):
    with db.reading() as session:
        october = Period(OCTOBER, NOVEMBER)
        figures_in(session, definitions().keys(), october, TODAY)


def test_no_figure_is_counted_from_a_table_that_is_not_named(db, purse):
    assert read(db, lambda: count_all(db)) <= READ


def test_claims_are_read_anew_after_whatever_they_were_judged_from(db, purse):
    claims = purse.as_role(Role.DIRECTOR).of(Claims)
    assert read(db, lambda: claims.listed(TODAY)) <= ClaimsTab.SHOWS


def test_what_ifs_are_read_anew_after_whatever_today_was_told_from(db, purse):
    what_if = purse.as_role(Role.DIRECTOR).of(WhatIf)
    assert read(db, lambda: (what_if.base(TODAY), what_if.kept())) <= WhatIfTab.SHOWS
