"""The home's own rules for reminders, and what they say."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from carehome.db.reminders import ReminderRuleRow, ReminderTextRow
from carehome.rules.reminders import ReminderRules, check_text, wording
from carehome.rules.rights import Right
from carehome.services.open_bills import rules_in
from carehome.services.service import Service, needs


class ReminderSettings(Service):
    """What one person can do with these rules and texts."""

    @needs(Right.SEE_FEES)
    def rules(self) -> ReminderRules:
        """Return the rules as they are."""
        with self._reading() as session:
            return rules_in(session)

    @needs(Right.KEEP_BOOKS)
    def set_rules(self, rules: ReminderRules) -> None:
        """Change when bills are due, and how long the home waits for what."""
        rules.check()
        with self._writing() as session:
            row = session.get_one(ReminderRuleRow, 1)
            row.due_kind, row.due_days = rules.due.kind, rules.due.days
            row.again_days = rules.again_days
            row.second_days, row.last_days = rules.second_days, rules.last_days

    @needs(Right.SEE_FEES)
    def texts(self) -> dict[str, str]:
        """Return what reminders say, by kind."""
        with self._reading() as session:
            return texts_in(session)

    @needs(Right.KEEP_BOOKS)
    def set_text(self, kind: str, text: str) -> None:
        """Say something else in one of the reminders; the usual text needs no row."""
        check_text(text)
        with self._writing() as session:
            query = select(ReminderTextRow).filter_by(kind=kind)
            row = session.scalar(query) or ReminderTextRow(kind=kind)
            row.text = text.strip()
            session.add(row)


def texts_in(session: Session) -> dict[str, str]:
    """Return what reminders say by kind, within another deed."""
    own = session.execute(select(ReminderTextRow.kind, ReminderTextRow.text))
    return {**wording().texts, **dict(own.all())}
