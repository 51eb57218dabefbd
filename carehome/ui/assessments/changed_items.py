"""The items that are judged otherwise than last time, beside the result."""

from carehome.i18n import _
from carehome.rules.assessments.difference import AnswerChange, difference
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.kit.cards import Card, Fact, Facts

BETTER, WORSE = "\u25b2", "\u25bc"


class ChangedItems(Card):
    """Names what went up or down since last time: a slip of a key shows here."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(_("Different from last time"), " ")
        self._sheet = sheet
        self.facts = Facts()
        self.add(self.facts)
        sheet.answered.connect(self.refresh)
        sheet.compared.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Compare anew; without a last time there is nothing to say."""
        last, sheet = self._sheet.last, self._sheet
        if self.parentWidget():
            self.setVisible(last is not None)
        if last is None:
            return
        changes = difference(sheet.form, last.answers, sheet.answers)
        changed = [each for each in changes if each.is_better is not None]
        self.facts.show_facts(list(map(_fact, changed)))
        text = _("{count} {count:item|items}").format(count=len(changed))
        self.note.setText(text if changed else _("Nothing has changed."))


def _fact(change: AnswerChange) -> Fact:
    sign = BETTER if change.is_better else WORSE
    return Fact(change.name, f"{change.after} {sign}", before=str(change.before))
