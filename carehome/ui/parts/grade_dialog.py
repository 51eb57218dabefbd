"""Another nursing grade: what it would bring with it, and who has agreed."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _, say_day
from carehome.rules.grades import AgreedThatDay
from carehome.rules.home import NameMissing
from carehome.services.consequences import FeeChange
from carehome.services.residents import ResidentFile
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.care import CareServices, Lists
from carehome.ui.parts.consent import add_consent, consent_of
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.look_ahead import LookAheadDialog


class GradeDialog(LookAheadDialog):
    """Asks for another grade; a grade and a reason may be there already."""

    def __init__(
        self,
        services: CareServices,
        jobs: Jobs,
        file: ResidentFile,
        lists: Lists,
        today: date,
        parent: QWidget,
        grade: str = "",
        reason: str = "",
    ) -> None:
        who = file.resident_id
        form = Form()
        choice = ChoiceField(_("Nursing grade"), lists.grades)
        form.add("grade", choice, blame=(NameMissing,))
        valid = DateField(_("Valid from"), today)
        form.add("starts", valid, blame=(AgreedThatDay,)).set_value(today)
        hint = _("For example: after a fall, by the new assessment.")
        form.add("reason", TextField(_("Reason"), most=200, hint=hint))
        follow = add_consent(form, file, today, needed=False)
        form.set_values({"grade": grade or None, "reason": reason})
        follow()

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(
                services.residents.set_grade,
                who,
                values["grade"],
                values["starts"],
                values["reason"],
                **consent_of(values),
            )

        def look(values: dict[str, Any]) -> "partial[FeeChange] | None":
            wanted, starts = values["grade"], _charged_from(values)
            ahead = services.consequences.of_grade
            return partial(ahead, who, wanted, starts) if wanted and starts else None

        title = _("Nursing grade of {name}").format(name=file.person.name)
        do, draft = _("Set the grade"), f"grade:{who}"
        super().__init__(title, form, do, jobs, deed, look, _remind, parent, draft)


class ConsentDialog(DeedDialog):
    """Asks who agreed to a grade that is noted already."""

    def __init__(
        self,
        services: CareServices,
        jobs: Jobs,
        file: ResidentFile,
        change_id: int,
        today: date,
        parent: QWidget,
    ) -> None:
        form = Form()
        add_consent(form, file, today, needed=True)

        def deed(values: dict[str, Any]) -> "partial[None]":
            agreed = consent_of(values)
            add = services.grades.add_consent
            return partial(add, change_id, *agreed.values())

        title = _("Consent to the grade of {name}").format(name=file.person.name)
        draft = f"consent:{change_id}"
        super().__init__(title, form, _("Note the consent"), jobs, deed, parent, draft)


def _charged_from(values: dict[str, Any]) -> date | None:
    """Return from when a grade would be charged: the later of both days."""
    starts: date | None = values["starts"]
    agreed: date | None = values.get("consent_on")
    return max(starts, agreed) if starts and agreed else starts


def _remind(values: dict[str, Any]) -> list[str]:
    """Remind of the consent before which a grade is not charged."""
    if not values["consent_by"]:
        return [_("Without consent the grade is noted, and the former one is charged.")]
    starts, charged = values["starts"], _charged_from(values)
    if starts and charged and charged > starts:
        text = _("Agreed to later: it is charged only from {day} on.")
        return [text.format(day=say_day(charged))]
    return []
