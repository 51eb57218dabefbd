"""What the profile asks: whom to turn to, and who has a commission."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.periods import DAY
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.residents import Contact, ResidentFile, Residents
from carehome.services.residents.people import Commission, CommissionTurned
from carehome.ui.kit import theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.contacts import ContactsEditor
from carehome.ui.parts.deeds import DeedDialog


class ContactsDialog(AskDialog):
    """Asks for the people to turn to; what is half typed is kept."""

    def __init__(
        self, residents: Residents, jobs: Jobs, file: ResidentFile, parent: QWidget
    ) -> None:
        title = _("Contacts of {name}").format(name=file.person.name)
        super().__init__(title, _("Save"), parent)
        self.editor = ContactsEditor()
        self._residents = residents
        self._jobs = jobs
        self._resident_id = file.resident_id
        self.setMinimumWidth(theme.px(820))
        self.draft = Draft(self.editor, self)
        self.body.addWidget(self.draft.note)
        self.body.addWidget(self.editor)
        self.editor.set_contacts(file.contacts)
        self.draft.begin(f"contacts:{file.resident_id}")
        self.editor.changed.connect(self._judge)
        self.editor.entered.connect(self.primary.click)
        self.asked.connect(self._store)
        self._judge()
        self.editor.focus()

    def finish(self, _answer: object = None) -> None:
        self.draft.end()
        super().finish()

    def refuse(self, error: Exception) -> None:
        """Tell a refusal beside the field that it is about, anything else below."""
        if self.editor.tell(error):
            self._judge()
        else:
            super().refuse(error)

    def _judge(self) -> None:
        self.set_reason(self.editor.reason())

    def _store(self) -> None:
        store, contacts = self._residents.set_contacts, self.editor.contacts()
        self._jobs.run(
            self, self.finish, store, self._resident_id, contacts, failed=self.refuse
        )


class CommissionDialog(DeedDialog):
    """Asks by which paper an agent, a person or an organisation, acts."""

    def __init__(
        self,
        residents: Residents,
        jobs: Jobs,
        file: ResidentFile,
        agent: Contact,
        today: date,
        parent: QWidget,
    ) -> None:
        known = agent.commission
        form = Form(columns=2)
        check = partial(check_happened, today=today)
        form.add("number", TextField(_("Number of the commission"), needed=False))
        on = DateField(
            _("Commission of"), today, needed=False, check=check, sense=Sense.PAST
        )
        form.add("on", on, blame=(NotComeYet,))
        last = DateField(_("Valid until"), today, needed=False, sense=Sense.FUTURE)
        form.add("last", last, blame=(CommissionTurned,))
        papers = {paper.paper_id: paper.title for paper in file.papers}
        hint = _("Scans are added under Documents.")
        scan = ChoiceField(_("Scan"), papers, needed=False, hint=hint)
        form.add("paper_id", scan)
        scope = NoteField(_("What the commission covers"), lines=2)
        form.add("scope", scope, wide=True)
        form.set_values(
            {
                "number": known.number,
                "on": known.on,
                "last": known.ends - DAY if known.ends else None,
                "paper_id": known.paper_id,
                "scope": known.scope,
            }
        )

        def deed(values: dict[str, Any]) -> "partial[None]":
            last_day = values["last"]
            told = Commission(
                values["number"] or "",
                values["on"],
                last_day + DAY if last_day else None,
                values["scope"] or "",
                values["paper_id"],
            )
            contacts = [
                replace(each, commission=told) if each == agent else each
                for each in file.contacts
            ]
            return partial(residents.set_contacts, file.resident_id, contacts)

        title = _("Commission of {name}").format(name=agent.name)
        draft = f"commission:{file.resident_id}:{agent.name}"
        super().__init__(title, form, _("Save"), jobs, deed, parent, draft)
        self.setMinimumWidth(theme.px(640))
