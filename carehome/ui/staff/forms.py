"""The forms of a staff file: each asks for what one deed needs."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from carehome.i18n import _
from carehome.rules import certificates as certificate_rules
from carehome.rules import identity, protection
from carehome.rules import staff as rules
from carehome.rules.certificates import Kind
from carehome.rules.days import Sense
from carehome.rules.home import NameMissing
from carehome.services.residents import papers
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    IdField,
    MoneyField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.several import SeveralField
from carehome.ui.parts.phone_field import PhoneField
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.staff.hand import Choices
from carehome.ui.staff.words import SEX_NAMES

SCAN = (
    papers.PaperTooBig,
    papers.PaperUnknown,
    papers.PaperEmpty,
    papers.PaperKept,
)


def newcomer(choices: Choices, today: date) -> Form:
    """Ask who is new, with what is known on the first day."""
    form = Form(columns=2)
    form.add("name", TextField(_("Name")), blame=(NameMissing,))
    form.add("main", ChoiceField(_("Main post"), choices.posts))
    since = DateField(_("Works here since"), today)
    form.add("hired_on", since, blame=(rules.HiredBeforeBorn,))
    form.add("phone", PhoneField(_("Phone")))
    form.add("id_number", _id_number(), blame=(identity.BadIdentity,))
    form.add("number", TextField(_("Staff number"), needed=False))
    form.add("unit_id", ChoiceField(_("Unit of the home"), choices.units, needed=False))
    others = {str(each): name for each, name in choices.posts.items()}
    form.add("others", SeveralField(_("Other posts"), others), wide=True)
    form.set_values({"hired_on": today})
    return form


def person(choices: Choices, today: date) -> Form:
    """Ask for what a file says of the person."""
    form = Form(columns=2)
    past = partial(DateField, sense=Sense.PAST, needed=False)
    form.add("name", TextField(_("Name")), blame=(NameMissing,))
    form.add("number", TextField(_("Staff number"), needed=False))
    form.add("id_number", _id_number(), blame=(identity.BadIdentity,))
    form.add("phone", PhoneField(_("Phone")))
    sexes = {code: _(name) for code, name in SEX_NAMES.items()}
    form.add("sex", PickField(_("Sex"), sexes, needed=False))
    form.add("born", past(_("Born on"), today))
    since = DateField(_("Works here since"), today)
    form.add("hired_on", since, blame=(rules.HiredBeforeBorn,))
    hint = _("The first day on which the person works here no more.")
    left = DateField(_("Left on"), today, needed=False, hint=hint)
    form.add("left_on", left, blame=(rules.LeftBeforeHired,))
    form.add("unit_id", ChoiceField(_("Unit of the home"), choices.units, needed=False))
    educations = {code: _(name) for code, name in rules.EDUCATION_NAMES.items()}
    form.add("education", ChoiceField(_("Education"), educations))
    form.add("graduated_on", past(_("Graduated on"), today))
    hint = _("Anywhere; it decides on the annual leave.")
    form.add("worked_since", past(_("In work since"), today, hint=hint))
    hint = _("It decides on the post allowance.")
    form.add("care_since", past(_("In care here since"), today, hint=hint))
    form.add("note", NoteField(_("Note"), lines=2), wide=True)
    return form


def posts(choices: Choices) -> Form:
    """Ask which posts somebody holds."""
    form = Form()
    form.add("main", ChoiceField(_("Main post"), choices.posts))
    others = {str(each): name for each, name in choices.posts.items()}
    form.add("others", SeveralField(_("Other posts"), others))
    return form


def hours(today: date) -> Form:
    """Ask how somebody's hours are counted."""
    form = Form()
    schemes = {code.value: _(name) for code, name in rules.SCHEME_NAMES.items()}
    form.add("scheme", ChoiceField(_("Hours scheme"), schemes))
    hint = _("Comprehensive hours need the approval of the labour office.")
    approval = TextField(_("Approval number"), needed=False, hint=hint)
    form.add("scheme_approval", approval, blame=(rules.ApprovalMissing,))
    until = DateField(_("Approved until"), today, needed=False, sense=Sense.FUTURE)
    form.add("scheme_until", until)
    form.add("is_full_time", CheckField(_("Extent"), _("Works full time")))
    return form


def checks(today: date) -> Form:
    """Ask for the injury insurance and the check of somebody's record."""
    form = Form()
    past = partial(DateField, sense=Sense.PAST, needed=False)
    form.add("insured_from", past(_("Insured from"), today))
    until = DateField(_("Insured until"), today, needed=False, sense=Sense.FUTURE)
    form.add("insured_until", until, blame=(rules.InsuredBackwards,))
    form.add("checked_on", past(_("Checked on"), today), blame=(rules.CheckWithoutDay,))
    results = {code: _(name) for code, name in rules.CHECK_NAMES.items()}
    form.add("check_result", ChoiceField(_("Result of the check"), results))
    form.add("check_note", TextField(_("About the check"), needed=False, most=200))
    return form


class CertificateForm(Form):
    """A certificate; the usual last day is proposed as soon as it can be known."""

    def __init__(self, kinds: Mapping[int, Kind], today: date) -> None:
        super().__init__()
        self._kinds = kinds
        self._proposed: date | None = None
        offered = {each.kind_id: each.name for each in kinds.values() if each.is_active}
        self.kind = self.add("kind_id", ChoiceField(_("Kind"), offered))
        self.add("number", TextField(_("Number"), needed=False))
        self.add("issuer", TextField(_("Issuing body"), needed=False))
        issued = DateField(_("Issued on"), today, sense=Sense.PAST)
        blame = (certificate_rules.IssuedLater,)
        self.issued = self.add("issued_on", issued, blame=blame)
        hint = _("Empty: it holds without end.")
        until = DateField(
            _("Last valid day"), today, needed=False, hint=hint, sense=Sense.FUTURE
        )
        blame_until = (certificate_rules.ValidBeforeIssued,)
        self.until = self.add("valid_until", until, blame=blame_until)
        self.add("scan", ScanField(_("Scan")), blame=SCAN)
        self.add("note", TextField(_("Note"), needed=False, most=200))
        self.kind.changed.connect(self._propose)
        self.issued.changed.connect(self._propose)

    def _propose(self) -> None:
        """Fill in the usual last day, unless somebody has typed another."""
        kind, issued = self._kinds.get(self.kind.value() or 0), self.issued.value()
        if not kind or not issued or self.until.value() != self._proposed:
            return
        self._proposed = certificate_rules.usual_end(issued, kind)
        self.until.set_value(self._proposed)


def contract(today: date) -> Form:
    """Ask for a contract of work."""
    form = Form()
    kinds = {code: _(name) for code, name in rules.CONTRACT_NAMES.items()}
    form.add("kind", ChoiceField(_("Kind of contract"), kinds))
    form.add("number", TextField(_("Number"), needed=False))
    form.add("starts", DateField(_("From"), today))
    hint = _("Empty: it has no end.")
    last = DateField(_("Last day"), today, needed=False, hint=hint, sense=Sense.FUTURE)
    form.add("last_day", last, blame=(rules.ContractBackwards,))
    trial = DateField(_("Probation until"), today, needed=False)
    form.add("trial_until", trial, blame=(rules.TrialOutside,))
    signed = DateField(_("Signed on"), today, needed=False, sense=Sense.PAST)
    form.add("signed_on", signed)
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def leave(today: date) -> Form:
    """Ask when somebody is away, and why."""
    form = Form()
    kinds = {code.value: _(name) for code, name in rules.LEAVE_NAMES.items()}
    form.add("kind", ChoiceField(_("Kind of leave"), kinds))
    form.add("starts", DateField(_("First day"), today), blame=(rules.LeaveOverlaps,))
    last = DateField(_("Last day"), today)
    form.add("last_day", last, blame=(rules.LeaveBackwards,))
    hint = _("Working days; filled in from the calendar, to be corrected.")
    days = NumberField(_("Days used up"), hint=hint)
    form.add("days", days, blame=(rules.LeaveTooLong,))
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def maternity(today: date) -> Form:
    """Ask for a child expected or born."""
    form = Form()
    due = DateField(_("Child due on"), today, needed=False, sense=Sense.FUTURE)
    form.add("due_on", due, blame=(protection.NoDueDay,))
    born = DateField(_("Child born on"), today, needed=False, sense=Sense.PAST)
    form.add("born_on", born, blame=(protection.BornLater,))
    hint = _("Only when a pregnancy ended without a child, or nursing ended early.")
    ended = DateField(_("Protection ended on"), today, needed=False, hint=hint)
    form.add("ended_on", ended)
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def pay(today: date) -> Form:
    """Ask what somebody is paid from a day on."""
    form = Form()
    form.add("starts", DateField(_("From"), today))
    bases = {code: _(name) for code, name in rules.PAY_BASIS_NAMES.items()}
    form.add("basis", PickField(_("Way of pay"), bases))
    form.add("fen", MoneyField(_("Amount")))
    form.add("note", TextField(_("Note"), needed=False, most=200))
    return form


def _id_number() -> IdField:
    return IdField(_("ID number"), needed=False)
