"""The dialogs that remind families, note what they say, and set how that is done."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _, say_day
from carehome.rules.arrears import DUE_NAMES, BadDueDays, DueKind, DueRule
from carehome.rules.days import Sense
from carehome.rules.reminders import (
    BadDays,
    LastBeforeSecond,
    NothingSaid,
    PromiseTooEarly,
    ReminderRules,
    TextMissing,
    UnknownWord,
    Way,
    wording,
)
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services.arrears import Heard, Owing, Reminders, ReminderSettings
from carehome.services.arrears.reminders import NothingLate
from carehome.ui.fees.owing.families import FamiliesForm
from carehome.ui.fees.owing.messages import MessagesDialog
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import ChoiceField, NoteField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import DeedDialog, share_room
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.tabbed import Tab

WIDE, HIGH, LINES = 720, 360, 11


class ReminderDeeds:
    """Opens the dialogs about reminders, over the tab that asks."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._hand = tab.hand
        self._reminders = tab.hand.service(Reminders)
        self._settings = tab.hand.service(ReminderSettings)

    def letters(self, families: Sequence[Owing], chosen: Collection[int]) -> DeedDialog:
        """Ask who gets a letter, note the letters, and lay them ready for printing."""
        form = FamiliesForm(families, chosen)

        def deed(values: dict[str, Any]) -> partial[list[int]]:
            anyway = bool(values.get("anyway"))
            who = values["families"]
            return partial(self._reminders.remind, who, Way.LETTER, anyway)

        title, do = _("Letters to families"), _("Note and print the letters")
        dialog = self._deed(title, form, do, deed, "reminder-letters")
        look = button(_("Look at them first"), "show")
        dialog.foot.insertWidget(1, look)
        look.clicked.connect(lambda: self._preview(form, dialog))
        dialog.answered.connect(self.print_letters)
        self._widen(dialog, form)
        dialog.open()
        return dialog

    def messages(
        self, families: Sequence[Owing], chosen: Collection[int]
    ) -> FormDialog:
        """Ask who gets a message, then show one text after the other."""
        form = FamiliesForm(families, chosen)
        form.show_field("anyway", False)
        title, do = _("Messages to families"), _("To the messages")
        dialog = FormDialog(title, form, do, self._tab, "reminder-messages")
        known = {each.resident_id: each for each in families}

        def go_on(values: dict[str, Any]) -> None:
            dialog.finish()
            some = [known[each] for each in values["families"]]
            reminders, jobs = self._reminders, self._hand.jobs
            MessagesDialog(reminders, jobs, some, self._tab).open()

        dialog.chosen.connect(go_on)
        self._widen(dialog, form)
        dialog.open()
        return dialog

    def calls(self, families: Sequence[Owing], chosen: Collection[int]) -> FormDialog:
        """Ask whom to call, then lay the list ready for printing."""
        form = FamiliesForm(families, chosen)
        title, do = _("Whom to call"), _("Print the list")
        dialog = FormDialog(title, form, do, self._tab, "reminder-calls")

        def print_list(values: dict[str, Any]) -> None:
            dialog.finish()
            name = _("List for calls about fees")
            paper = PaperDialog(name, f"{name}.pdf", self._hand.jobs, self._tab)
            paper.draw(self._reminders.write_calls, values["families"])

        dialog.chosen.connect(print_list)
        self._widen(dialog, form)
        dialog.open()
        return dialog

    def note_call(self, owing: Owing) -> DeedDialog:
        """Ask what was said, and whether somebody promised to pay."""
        today = self._hand.today()
        form = Form(columns=2)
        check = partial(check_happened, today=today)
        day = DateField(_("Day"), today, sense=Sense.PAST, check=check)
        form.add("day", day, blame=(NotComeYet, NothingLate))
        form.add("spoke_to", TextField(_("Spoke to"), needed=False))
        said = NoteField(_("What was said"), needed=True, lines=3)
        form.add("said", said, wide=True, blame=(NothingSaid,))
        hint = _("Empty: nothing was promised")
        promise = DateField(
            _("Will pay by"), today, needed=False, sense=Sense.FUTURE, hint=hint
        )
        form.add("promised_on", promise, blame=(PromiseTooEarly,))
        form.set_values({"day": today, "spoke_to": owing.contact})

        def deed(values: dict[str, Any]) -> partial[int]:
            heard = Heard(
                values["day"],
                values["spoke_to"] or "",
                values["said"],
                values["promised_on"],
            )
            return partial(self._reminders.note_call, owing.resident_id, heard)

        title = _("Call about the fees of {name}").format(name=owing.resident)
        draft = f"reminder-call:{owing.resident_id}"
        dialog = self._deed(title, form, _("Note the call"), deed, draft)
        dialog.accepted.connect(partial(self._tab.told.emit, _("The call is noted.")))
        dialog.open()
        return dialog

    def rules(self, rules: ReminderRules) -> DeedDialog:
        """Ask when bills are due, and how long the home waits for what."""
        form = _rules_form(rules)

        def deed(values: dict[str, Any]) -> partial[None]:
            due = DueRule(values["due_kind"], values.get("due_days") or 0)
            days = values["again_days"], values["second_days"], values["last_days"]
            return partial(self._settings.set_rules, ReminderRules(due, *days))

        title = _("Rules for reminders")
        dialog = self._deed(title, form, _("Save"), deed, "reminder-rules")
        dialog.open()
        return dialog

    def texts(self, texts: dict[str, str]) -> DeedDialog:
        """Ask what one of the reminders says; the usual text is a click away."""
        form = Form()
        kind = form.add("kind", ChoiceField(_("Which text"), _text_names()))
        text = form.add(
            "text",
            NoteField(_("Text"), needed=True, lines=LINES),
            blame=(TextMissing, UnknownWord),
        )
        words = " ".join(f"{{{each}}}" for each in wording().words.values())
        note = QLabel(_("The program fills in: {words}").format(words=words))
        note.setWordWrap(True)
        theme.mark(note, "hint")
        form.add_widget(note)

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(self._settings.set_text, values["kind"], values["text"])

        dialog = self._deed(
            _("Texts of reminders"), form, _("Save"), deed, "reminder-texts"
        )
        usual = button(_("The usual text"), "undo")
        dialog.foot.insertWidget(1, usual)
        kind.changed.connect(lambda: text.set_value(texts.get(kind.value() or "")))
        usual.clicked.connect(
            lambda: text.set_value(wording().texts.get(kind.value() or ""))
        )
        kind.set_value("letter_1")
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.open()
        return dialog

    def print_letters(self, made: Sequence[int]) -> None:
        """Lay letters that were noted ready for printing."""
        self._paper(self._tab).draw(self._reminders.write_letters, made)

    def _preview(self, form: FamiliesForm, dialog: DeedDialog) -> None:
        if form.families:
            self._paper(dialog).draw(self._reminders.preview_letters, form.families)

    def _paper(self, parent: Tab | DeedDialog) -> PaperDialog:
        today = say_day(self._hand.today())
        name = _("Reminders of fees {day}").format(day=today)
        return PaperDialog(name, f"{name}.pdf", self._hand.jobs, parent)

    def _widen(self, dialog: FormDialog, form: FamiliesForm) -> None:
        dialog.setMinimumWidth(theme.px(WIDE))
        share_room(dialog, {form.people.area: min(form.people.wish, HIGH)})

    def _deed(
        self, title: str, form: Form, do: str, deed: Any, draft: str
    ) -> DeedDialog:
        jobs = self._hand.jobs
        return DeedDialog(title, form, do, jobs, deed, self._tab, draft)


def _text_names() -> dict[str, str]:
    return {
        "letter_1": _("Letter, 1st reminder"),
        "letter_2": _("Letter, 2nd reminder"),
        "letter_3": _("Letter, final reminder"),
        "message": _("Message"),
    }


def _rules_form(rules: ReminderRules) -> Form:
    form = Form()
    names = {kind: _(name) for kind, name in DUE_NAMES.items()}
    kind = form.add("due_kind", PickField(_("Bills are due"), names))
    days = NumberField(_("Days, or day of the month"), needed=False)
    form.add("due_days", days, blame=(BadDueDays,))
    again = _("Nobody is reminded again before that, unless you say so.")
    form.add(
        "again_days",
        NumberField(_("Days until the next reminder"), hint=again),
        blame=(BadDays,),
    )
    form.add("second_days", NumberField(_("Days late for the 2nd reminder")))
    last = NumberField(_("Days late for the last reminder"))
    form.add("last_days", last, blame=(LastBeforeSecond,))
    form.set_values(
        {
            "due_kind": rules.due.kind,
            "due_days": rules.due.days,
            "again_days": rules.again_days,
            "second_days": rules.second_days,
            "last_days": rules.last_days,
        }
    )

    def judge() -> None:
        counts = kind.value() not in {None, DueKind.MONTH_END}
        form.show_field("due_days", counts)

    kind.changed.connect(judge)
    judge()
    return form
