"""Who may see which figures, and how often they ask the database."""

from datetime import date

import pytest
from sqlalchemy import event

from carehome.db.database import Database
from carehome.db.residents import AgreementRow
from carehome.reports.table import Kind
from carehome.rules.figures import definitions
from carehome.rules.periods import Period, month_of
from carehome.rules.rights import NotAllowed, Role
from carehome.services.figures import Figures, figures_in, for_user, table_of, trend_in
from tests import house
from tests.conftest import ROLES, TODAY

MONTH = Period(date(2026, 10, 1), date(2026, 11, 1))


def queries(db: Database, ask) -> int:
    told = []

    def count(_connection, _cursor, statement, *_more):
        told.append(statement)

    event.listen(db._engine, "before_cursor_execute", count)
    with db.reading() as session:
        ask(session)
    event.remove(db._engine, "before_cursor_execute", count)
    return len(told)


def all_of(session):
    return figures_in(session, definitions().keys(), MONTH, TODAY)


def test_figures_ask_as_often_for_many_people_as_for_few(db):
    beds = house.build(db)
    house.settle(db, "王秀英", beds["301-1"])
    few = queries(db, all_of)
    house.settle(db, "李桂兰", beds["301-2"])
    house.settle(db, "张建国", beds["302-1"], sex="male")
    assert queries(db, all_of) == few


def test_a_trend_reads_the_records_once_for_all_its_months(db):
    beds = house.build(db)
    house.settle(db, "王秀英", beds["301-1"])
    months = [month_of(date(2026, number, 1)) for number in range(3, 11)]
    key = "residents.total"
    one = queries(db, lambda s: trend_in(s, key, months[:1], TODAY))
    assert queries(db, lambda s: trend_in(s, key, months, TODAY)) == one


def test_a_trend_tells_each_month_by_its_own_last_day(db, as_role):
    beds = house.build(db)
    house.settle(db, "王秀英", beds["301-1"], date(2026, 9, 30))
    months = [month_of(date(2026, number, 1)) for number in (8, 9, 10)]
    found = as_role(Figures).trend("residents.total", months)
    assert [figure.value for figure in found] == [0, 1, 1]


def test_a_period_that_has_not_begun_has_no_figures(as_role):
    later = Period(date(2027, 1, 1), date(2027, 2, 1))
    assert not as_role(Figures).figure("beds.total", later).is_known


def test_who_may_not_see_the_overview_is_refused(as_role):
    with pytest.raises(NotAllowed):
        as_role(Figures, Role.FRONT_DESK).listed(MONTH)


def test_lists_of_residents_are_for_who_may_see_residents(db):
    with db.reading() as session:
        found = figures_in(session, ["residents.total", "fees.paid"], MONTH, TODAY)
    officer = ROLES[Role.SAFETY_OFFICER]
    people = for_user(found["residents.total"], officer)
    assert people.value == 0
    assert people.rows is None
    assert not for_user(found["fees.paid"], officer).is_known


def test_the_list_behind_a_figure_is_a_table_with_its_source(db):
    beds = house.build(db)
    house.settle(db, "王秀英", beds["301-1"])
    with db.reading() as session:
        found = figures_in(session, ["residents.person_days"], MONTH, TODAY)
    table = table_of(found["residents.person_days"])
    assert [column.kind for column in table.columns][-1] is Kind.NUMBER
    assert next(iter(table.rows))[0] == "王秀英"
    assert any("来源" in note for note in table.notes)


def test_an_agreement_that_is_renewed_does_not_end(db):
    beds = house.build(db)
    who = house.settle(db, "王秀英", beds["301-1"])
    first, last = date(2026, 3, 1), date(2026, 11, 10)
    signed = {"resident_id": who, "signed_on": first}
    add(db, AgreementRow(**signed, starts=first, ends=last))
    key = "care.agreement_ending"
    assert figure(db, key).value == 1
    add(db, AgreementRow(**signed, starts=date(2026, 11, 11)))
    assert figure(db, key).value == 0


def test_a_month_that_is_not_billed_has_no_income_yet(db):
    told = figure(db, "fees.income")
    assert told.value is None
    assert "2026年10月" in str(told.unknown)


def add(db, *rows):
    with db.writing(house.DIRECTOR, "test") as session:
        session.add_all(rows)


def figure(db, key):
    with db.reading() as session:
        return figures_in(session, [key], MONTH, TODAY)[key]
