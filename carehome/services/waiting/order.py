"""How the home orders its waiting list: its own rules, or those of its ownership."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.enquiries import WaitingRankRow, WaitingRuleRow
from carehome.rules import waiting as rules
from carehome.rules.waiting import OrderRules, Rank
from carehome.services.home import profile_in


def rules_in(session: Session) -> OrderRules:
    """Return the rules in force."""
    row = session.get(WaitingRuleRow, 1)
    if row is None:
        return rules.default_rules(profile_in(session).ownership)
    ranks = session.scalars(
        select(WaitingRankRow).order_by(WaitingRankRow.rank, WaitingRankRow.id)
    )
    return OrderRules(
        row.by_category,
        row.by_ability,
        tuple(Rank(each.category, each.rank, each.needs_care) for each in ranks),
        row.tie_category,
        row.care_from,
        row.answer_days,
    )


def store_in(session: Session, wanted: OrderRules) -> None:
    """Store the home's own rules; what stays as it was is not logged again."""
    rules.check_rules(wanted)
    row = session.get(WaitingRuleRow, 1) or WaitingRuleRow(id=1)
    row.by_category, row.by_ability = wanted.by_category, wanted.by_ability
    row.tie_category, row.care_from = wanted.tie_category, wanted.care_from
    row.answer_days = wanted.answer_days
    session.add(row)
    kept = {(each.category, each.needs_care): each for each in wanted.ranks}
    for known in session.scalars(select(WaitingRankRow)).all():
        rank = kept.pop((known.category, known.needs_care), None)
        if rank is None:
            session.delete(known)
        else:
            known.rank = rank.rank
    session.flush()
    session.add_all(
        WaitingRankRow(
            category=each.category, needs_care=each.needs_care, rank=each.rank
        )
        for each in kept.values()
    )
    session.flush()


def forget_in(session: Session) -> None:
    """Go back to the rules of the home's ownership."""
    for row in session.scalars(select(WaitingRankRow)).all():
        session.delete(row)
    if own := session.get(WaitingRuleRow, 1):
        session.delete(own)
    session.flush()
