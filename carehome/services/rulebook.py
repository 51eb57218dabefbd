"""The fee rules that the home has chosen, by day, within another deed."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.deposits import RuleChoiceRow
from carehome.db.home import HomeRow
from carehome.rules.rulebook import RuleBook, RuleChoice
from carehome.rules.rulepacks import RulePack, read_packs


def rulebook_in(session: Session) -> RuleBook:
    """Return which rules the home follows, by day."""
    packs = read_packs()
    home = session.get_one(HomeRow, 1)
    rows = session.scalars(select(RuleChoiceRow).order_by(RuleChoiceRow.starts))
    choices = tuple(
        RuleChoice(row.starts, packs[row.pack], row.reason, row.decided_by, row.id)
        for row in rows
    )
    return RuleBook(packs[home.rule_pack], choices, home.overheld_days)


def pack_in(session: Session, day: date) -> RulePack:
    """Return the rules of a day."""
    return rulebook_in(session).on(day)
