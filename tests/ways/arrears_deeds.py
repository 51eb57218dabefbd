"""One way to do each deed about arrears that can be undone."""

from carehome.rules.periods import months_after
from carehome.rules.reminders import ReminderRules, Way
from carehome.services.arrears import Heard, Reminders, ReminderSettings
from tests.conftest import TODAY

BEFORE = months_after(TODAY, -1)


def _nothing(_ways):
    return None


def _owing(ways):
    """Somebody owes for the month before."""
    ways.purse.post(BEFORE)


DEEDS = {
    "Reminders.remind": (
        _owing,
        lambda w, _: w.of(Reminders).remind([w.wang], Way.LETTER),
    ),
    "Reminders.note_call": (
        _owing,
        lambda w, _: w.of(Reminders).note_call(w.wang, Heard(TODAY, "王强", "下周缴")),
    ),
    "ReminderSettings.set_rules": (
        _nothing,
        lambda w, _: w.of(ReminderSettings).set_rules(ReminderRules(again_days=7)),
    ),
    "ReminderSettings.set_text": (
        _nothing,
        lambda w, _: w.of(ReminderSettings).set_text("message", "{家属}请缴{金额}"),
    ),
}
