"""Choosing the rules for deposits and prepaid fees from a day on, seen before."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from carehome.db.deposits import RuleChoiceRow
from carehome.rules.rights import Right
from carehome.rules.rulebook import (
    RuleBook,
    RuleChoice,
    check_choice,
    check_withdrawal,
)
from carehome.rules.rulepacks import RulePack, read_packs
from carehome.services.deposits.standings import Ledger, OverHeldDeposit, over_in
from carehome.services.rulebook import rulebook_in
from carehome.services.service import Service, needs


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What other rules do on their first day: whose deposit is too much then.

    `before` are those that are too much on that day by the rules of now; where the
    new rules give no cap, `has_cap` is False and no deposit can be taken by them.
    """

    before: tuple[OverHeldDeposit, ...]
    after: tuple[OverHeldDeposit, ...]
    has_cap: bool

    @property
    def excess(self) -> int:
        """What is to be given back under the new rules, in fen."""
        return sum(each.standing.excess for each in self.after)

    @property
    def newly(self) -> tuple[OverHeldDeposit, ...]:
        """Whose deposit becomes too much by the new rules alone."""
        known = {each.standing.resident_id for each in self.before}
        return tuple(x for x in self.after if x.standing.resident_id not in known)


class FeeRules(Service):
    """What one person can do with the rules for deposits and prepaid fees."""

    @needs(Right.SEE_HOME)
    def rulebook(self) -> RuleBook:
        """Return which rules the home follows, by day."""
        with self._reading() as session:
            return rulebook_in(session)

    @needs(Right.SEE_FEES)
    def preview(self, code: str, starts: date) -> RuleEffect:
        """Tell whose deposit would be too much if other rules began on a day."""
        with self._reading() as session:
            book = rulebook_in(session)
            pack = read_packs()[code]
            now = _over_on(session, book, starts)
            after = _over_on(session, book.following(RuleChoice(starts, pack)), starts)
            return RuleEffect(now, after, pack.deposit is not None)

    @needs(Right.CHANGE_HOME)
    def choose(self, code: str, starts: date, reason: str) -> int:
        """Follow other rules from a day on; return the number of the choice."""
        pack: RulePack = read_packs()[code]
        with self._writing() as session:
            check_choice(rulebook_in(session), RuleChoice(starts, pack, reason))
            row = RuleChoiceRow(
                starts=starts,
                pack=code,
                reason=reason.strip(),
                decided_by=self._user.name,
                decided_at=self._now(),
            )
            session.add(row)
            session.flush()
            return row.id

    @needs(Right.CHANGE_HOME)
    def withdraw(self, choice_id: int) -> None:
        """Withdraw rules that have not begun."""
        with self._writing() as session:
            known = {each.choice_id: each for each in rulebook_in(session).choices}
            check_withdrawal(known[choice_id], self._today())
            session.delete(session.get_one(RuleChoiceRow, choice_id))


def _over_on(
    session: Session, book: RuleBook, day: date
) -> tuple[OverHeldDeposit, ...]:
    return tuple(over_in(session, Ledger(session, rules_of=book), day))
