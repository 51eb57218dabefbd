"""Arrears: who owes what since when, who was reminded, and who has paid ahead."""

from carehome.services.arrears.owing import Owing, owing_in
from carehome.services.arrears.prepaid import PrepaidStanding
from carehome.services.arrears.reminders import Heard, Reminders
from carehome.services.arrears.service import Arrears
from carehome.services.arrears.settings import ReminderSettings

__all__ = (
    "Arrears",
    "Heard",
    "Owing",
    "PrepaidStanding",
    "ReminderSettings",
    "Reminders",
    "owing_in",
)
