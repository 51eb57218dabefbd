"""What the profile asks: why a number is looked at, and whom to turn to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.services.residents import ResidentFile, Residents
from carehome.ui.kit import theme
from carehome.ui.kit.dialogs import AskDialog, FormDialog
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.contacts import ContactsEditor


class WhyDialog(FormDialog):
    """Asks in one line why an identity number is looked at; `shown` carries it."""

    shown = Signal(str)

    def __init__(
        self, residents: Residents, jobs: Jobs, resident_id: int, parent: QWidget
    ) -> None:
        form = Form()
        form.add(
            "why",
            TextField(
                _("Reason"), hint=_("Your name and the reason are kept in the log.")
            ),
        )
        title = _("Why is the identity number needed?")
        super().__init__(title, form, _("Show"), parent, f"why:{resident_id}")
        self._residents = residents
        self._jobs = jobs
        self._resident_id = resident_id
        self.chosen.connect(self._ask)

    def _ask(self, values: dict[str, str]) -> None:
        show = self._residents.show_identity
        self._jobs.run(
            self, self._show, show, self._resident_id, values["why"], failed=self.refuse
        )

    def _show(self, number: str) -> None:
        self.finish()
        self.shown.emit(number)


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
