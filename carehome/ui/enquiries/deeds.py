"""The dialogs of enquiries and visits: each asks for what one deed needs."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.enquiries import LostReasonMissing
from carehome.services.enquiries import (
    Enquiry,
    EnquiryFile,
    Known,
    Visit,
    application_of,
    person_of,
)
from carehome.ui.enquiries import forms
from carehome.ui.enquiries.hand import Choices, Hand, read_choices
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll


class CallDialog(DeedDialog):
    """Takes a call down in one go; tells at once who calls, if the home knows.

    `taken` carries the new enquiry, `known_wanted` somebody whom the number names.
    """

    taken = Signal(int)
    known_wanted = Signal(object)

    def __init__(self, hand: Hand, parent: QWidget) -> None:
        call = forms.CallForm(hand.today())
        super().__init__(
            _("New enquiry"),
            call,
            _("Write down"),
            hand.jobs,
            self._deed,
            parent,
            "call",
        )
        self.call = call
        self._hand = hand
        self._known: list[Known] = []
        self.open_known = button(_("Open what is known"), "right", kind="small")
        self.open_known.hide()
        self.body.addWidget(self.open_known)
        self.call.phone.changed.connect(self._ask_who)
        self.open_known.clicked.connect(self._open_known)
        self.answered.connect(self._tell_taken)

    def _deed(self, values: dict[str, Any]) -> "partial[int]":
        asked = forms.enquiry_from(values, Enquiry(self._hand.today()))
        return partial(self._hand.services.enquiries.take, asked)

    def _ask_who(self) -> None:
        number = self.call.phone.value() or ""
        known = self._hand.services.enquiries.known
        self._hand.jobs.run_last(self, self._show_known, known, number)

    def _show_known(self, known: list[Known]) -> None:
        self._known = known
        self.call.phone.set_hint(known[0].words if known else "")
        self.open_known.setVisible(bool(known))
        if known and not self.call.caller.value():
            self.call.caller.set_value(known[0].caller)

    def _tell_taken(self, enquiry_id: int) -> None:
        self.taken.emit(enquiry_id)

    def _open_known(self) -> None:
        self.known_wanted.emit(self._known[0])
        self.reject()


class EnquiryDeeds(QObject):
    """Asks for the deeds on one enquiry.

    `done` goes out with a line on what was done, `admission_wanted` with somebody who
    is to be admitted at once, `entry_wanted` with a new entry of the waiting list.
    """

    done = Signal(str)
    admission_wanted = Signal(int)
    entry_wanted = Signal(int)

    def __init__(self, hand: Hand, parent: QWidget) -> None:
        super().__init__(parent)
        self._hand = hand
        self._parent = parent
        self._enquiries = hand.services.enquiries

    def change(self, file: EnquiryFile) -> None:
        """Ask for all that the enquiry may tell."""
        self._with_choices(self._ask_change, file)

    def note(self, file: EnquiryFile) -> None:
        """Ask what was talked about."""
        asked = file.line.enquiry
        form = forms.NextForm(self._today(), asked)

        def deed(values: dict[str, Any]) -> "partial[None]":
            told = (values["text"], values["next_step"] or "", values["next_on"])
            note = self._enquiries.note
            return partial(note, asked.enquiry_id, *told, values["next_by"] or "")

        title = _("Talk about {name}").format(name=file.line.who)
        self._open(title, form, _("Save"), deed, f"enquiry-note:{asked.enquiry_id}")

    def plan_visit(self, file: EnquiryFile, visit: Visit | None = None) -> None:
        """Ask when they come, or when they come instead."""
        number = file.line.enquiry.enquiry_id
        form = forms.VisitForm(self._today(), visit)

        def deed(values: dict[str, Any]) -> "partial[int]":
            planned = Visit(
                values["planned_on"],
                values["at"],
                values["guide"] or "",
                visit_id=visit.visit_id if visit else 0,
                enquiry_id=number,
            )
            return partial(self._enquiries.plan_visit, planned)

        title = _("Visit of {name}").format(name=file.line.who)
        draft = f"visit:{number}:{visit.visit_id if visit else 0}"
        self._open(title, form, _("Plan the visit"), deed, draft)

    def receive(self, visit: Visit) -> None:
        """Ask how a visit was."""

        def deed(values: dict[str, Any]) -> "partial[None]":
            told = (values["impression"] or "", values["questions"] or "")
            return partial(self._enquiries.receive, visit.visit_id, *told)

        title = _("They came: {name}").format(name=visit.who)
        form, draft = forms.ReceptionForm(visit), f"reception:{visit.visit_id}"
        self._open(title, form, _("Save"), deed, draft)

    def to_waiting_list(self, file: EnquiryFile) -> None:
        """Ask for what the waiting list needs; what is known stands there."""
        self._with_choices(self._ask_waiting, file)

    def to_admission(self, file: EnquiryFile) -> None:
        """Ask for who it is, then go to the admission."""
        self._with_choices(self._ask_admission, file)

    def keep_for_later(self, file: EnquiryFile) -> None:
        """Ask until when the enquiry is put aside."""
        form = Form()
        day = DateField(
            _("Ask again on"), self._today(), needed=False, sense=Sense.FUTURE
        )
        form.add("next_on", day)
        number = file.line.enquiry.enquiry_id

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._enquiries.keep_for_later, number, values["next_on"])

        title = _("Keep for later: {name}").format(name=file.line.who)
        self._open(title, form, _("Keep for later"), deed, f"later:{number}")

    def lose(self, file: EnquiryFile) -> None:
        """Ask why they went elsewhere."""
        form = Form()
        hint = _("Such as the price, the distance, no free bed")
        reason = TextField(_("Why they went elsewhere"), hint=hint, most=200)
        form.add("reason", reason, blame=(LostReasonMissing,))
        number = file.line.enquiry.enquiry_id

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._enquiries.lose, number, values["reason"])

        title = _("Went elsewhere: {name}").format(name=file.line.who)
        self._open(title, form, _("Close the enquiry"), deed, f"lost:{number}")

    def _ask_change(self, file: EnquiryFile, choices: Choices) -> None:
        asked = file.line.enquiry
        form = forms.EnquiryForm(self._today(), choices)
        form.fill(asked)

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._enquiries.change, forms.enquiry_from(values, asked))

        title = _("Enquiry of {name}").format(name=file.line.who)
        self._open(title, form, _("Save"), deed, f"enquiry:{asked.enquiry_id}")

    def _ask_waiting(self, file: EnquiryFile, choices: Choices) -> None:
        asked = file.line.enquiry
        form = forms.PlaceForm(self._today(), choices, self._hand.jobs)
        form.fill(person_of(asked), "", asked.categories)
        forms.fill_wishes(form, application_of(asked))

        def deed(values: dict[str, Any]) -> "partial[int]":
            return partial(
                self._enquiries.to_waiting_list,
                asked.enquiry_id,
                form.person(),
                form.id_number() or "",
                values["categories"],
                forms.application_from(values),
            )

        title = _("Put on the waiting list")
        draft = f"to-waiting:{asked.enquiry_id}"
        dialog = self._open(title, form, title, deed, draft)
        dialog.answered.connect(self._go_to_entry)

    def _ask_admission(self, file: EnquiryFile, choices: Choices) -> None:
        asked = file.line.enquiry
        form = forms.PlaceForm(self._today(), choices, self._hand.jobs, waits=False)
        form.fill(person_of(asked), "", asked.categories)

        def deed(values: dict[str, Any]) -> "partial[int]":
            return partial(
                self._enquiries.to_admission,
                asked.enquiry_id,
                form.person(),
                form.id_number() or "",
                values["categories"],
            )

        title, do = _("Who is to be admitted"), _("Go to the admission")
        draft = f"to-admission:{asked.enquiry_id}"
        dialog = self._open(title, form, do, deed, draft)
        dialog.answered.connect(self._go_to_admission)

    def _go_to_admission(self, resident_id: int) -> None:
        self.admission_wanted.emit(resident_id)

    def _go_to_entry(self, entry_id: int) -> None:
        self.entry_wanted.emit(entry_id)

    def _with_choices(self, then: Any, file: EnquiryFile) -> None:
        """Ask once the home's lists are read."""
        home = self._hand.services.home
        self._hand.jobs.run(self, partial(then, file), read_choices, home)

    def _open(
        self, title: str, form: Form, do: str, deed: Deed, draft: str
    ) -> DeedDialog:
        dialog = DeedDialog(title, form, do, self._hand.jobs, deed, self._parent, draft)
        let_scroll(dialog)
        dialog.open()
        return dialog

    def _today(self) -> date:
        return self._hand.today()
