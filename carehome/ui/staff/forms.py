"""The forms of a staff file: each asks for what one deed needs."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from carehome.i18n import _
from carehome.rules import certificates as rules
from carehome.rules import protection
from carehome.rules.certificates import Kind
from carehome.rules.days import Sense
from carehome.rules.staff import LEAVE_NAMES
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    MoneyField,
    NoteField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.staff.words import BASES, CHECKS, CONTRACTS, EDUCATIONS, SCHEMES


class CertificateForm(Form):
    """A certificate; the usual last day is proposed as soon as it can be known."""

    def __init__(self, kinds: Mapping[int, Kind], today: date) -> None:
        super().__init__()
        self._kinds = kinds
        self._proposed: date | None = None
        offered = {each.kind_id: each.name for each in kinds.values() if each.is_active}
        self.kind = self.add("kind_id", ChoiceField(_("Kind"), offered))
        self.add("number", TextField(_("Number"), needed=False))
        self.add("issuer", TextField(_("Issued by"), needed=False))
        issued = DateField(_("Issued on"), today, sense=Sense.PAST)
        self.issued = self.add("issued_on", issued, blame=(rules.IssuedLater,))
        self.until = self.add(
            "valid_until",
            DateField(
                _("Last valid day"),
                today,
                needed=False,
                hint=_("Empty: it holds without end."),
                sense=Sense.FUTURE,
            ),
            blame=(rules.ValidBeforeIssued,),
        )
        self.add("scan", ScanField(_("Scan")))
        self.add("note", TextField(_("Note"), needed=False, most=200))
        self.kind.changed.connect(self._propose)
        self.issued.changed.connect(self._propose)

    def _propose(self) -> None:
        """Fill in the usual last day, unless somebody has typed another."""
        kind, issued = self._kinds.get(self.kind.value()), self.issued.value()
        if not kind or not issued or self.until.value() != self._proposed:
            return
        self._proposed = rules.usual_end(issued, kind)
        self.until.set_value(self._proposed)


def contract(today: date) -> Form:
    """Ask for a contract of work."""
    form = Form()
    kinds = {code: _(name) for code, name in CONTRACTS.items()}
    form.add("kind", ChoiceField(_("Kind of contract"), kinds))
    form.add("number", TextField(_("Number"), needed=False))
    form.add("starts", DateField(_("From"), today))
    hint = _("Empty: it has no end.")
    last = DateField(_("Last day"), today, needed=False, hint=hint, sense=Sense.FUTURE)
    form.add("last_day", last)
    form.add("trial_until", DateField(_("Trial until"), today, needed=False))
    signed = DateField(_("Signed on"), today, needed=False, sense=Sense.PAST)
    form.add("signed_on", signed)
    form.add("scan", ScanField(_("Scan")))
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def leave(today: date) -> Form:
    """Ask when somebody is away, and why."""
    form = Form()
    kinds = {code.value: _(name) for code, name in LEAVE_NAMES.items()}
    form.add("kind", ChoiceField(_("Kind of leave"), kinds))
    form.add("starts", DateField(_("First day"), today))
    form.add("last_day", DateField(_("Last day"), today))
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def maternity(today: date) -> Form:
    """Ask for a child expected or born."""
    form = Form()
    due = DateField(_("Due on"), today, needed=False, sense=Sense.FUTURE)
    form.add("due_on", due, blame=(protection.NoDueDay,))
    born = DateField(_("Child born on"), today, needed=False, sense=Sense.PAST)
    form.add("born_on", born, blame=(protection.BornLater,))
    hint = _("Only when a pregnancy ended without a child, or nursing ended early.")
    ended = DateField(_("Protection ended on"), today, needed=False, hint=hint)
    form.add("ended_on", ended, blame=(protection.EndsTooEarly,))
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def checks(today: date) -> Form:
    """Ask for the injury insurance and the check of somebody's record."""
    form = Form()
    past, future = partial(DateField, sense=Sense.PAST), Sense.FUTURE
    form.add("insured_from", past(_("Insured from"), today, needed=False))
    until = DateField(_("Insured until"), today, needed=False, sense=future)
    form.add("insured_until", until)
    form.add("checked_on", past(_("Record checked on"), today, needed=False))
    results = {code: _(name) for code, name in CHECKS.items()}
    form.add("check_result", PickField(_("Result"), results, needed=False))
    form.add("check_note", TextField(_("About the result"), needed=False, most=200))
    return form


def pay(today: date) -> Form:
    """Ask what somebody is paid from a day on."""
    form = Form()
    form.add("starts", DateField(_("From"), today))
    bases = {code: _(name) for code, name in BASES.items()}
    form.add("basis", PickField(_("Paid"), bases))
    form.add("fen", MoneyField(_("Amount")))
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def hours(today: date) -> Form:
    """Ask how somebody's hours are counted."""
    form = Form()
    schemes = {code.value: _(name) for code, name in SCHEMES.items()}
    form.add("scheme", ChoiceField(_("Hours scheme"), schemes))
    hint = _("Comprehensive hours need the approval of the labour office.")
    approval = TextField(_("Approval"), needed=False, hint=hint)
    form.add("scheme_approval", approval)
    until = DateField(_("Approved until"), today, needed=False, sense=Sense.FUTURE)
    form.add("scheme_until", until)
    form.add("is_full_time", CheckField(_("Extent"), _("Works full time")))
    return form


def schooling() -> dict[str, str]:
    """Return the levels of education as choices."""
    return {code: _(name) for code, name in EDUCATIONS.items()}


def note() -> NoteField:
    """Ask for anything else."""
    return NoteField(_("Note"), lines=2)
