"""The forms of papers and outside inspections: each asks for what one deed needs."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.safety import approvals, inspections
from carehome.rules.safety.approvals import (
    GROUP_NAMES,
    KINDS,
    OUTCOME_NAMES,
    Group,
    PaperRules,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES, Severity
from carehome.rules.safety.inspections import Inspection
from carehome.services.residents import papers
from carehome.services.staff.lists import WarningsUnordered
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    ChoiceField,
    MoneyField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.scan_field import ScanField
from carehome.ui.safety.paper_words import first_day_of, party_of

SCAN = papers.PaperTooBig, papers.PaperUnknown, papers.PaperEmpty
FINE = "fine"  # the one penalty that has an amount
SHARED = "liability"  # the one insurance whose premium the government shares


class PaperForm(Form):
    """Asks for a paper of one group, in the words of that group."""

    def __init__(self, group: Group, rules: PaperRules, today: date) -> None:
        super().__init__(columns=2)
        kinds = {code: _(name) for code, name in KINDS[group].items()}
        self.kind = self.add("kind", ChoiceField(_("Kind"), kinds))
        if group is not Group.INSURANCE:
            hint = _("Which building, lift or part, if there are several.")
            self.add("subject", TextField(_("About"), needed=False, hint=hint))
        self._add_parties(group)
        self._add_days(group, today)
        if group is Group.INSURANCE:
            self._add_insurance(today)
        self.add("note", NoteField(_("Note"), lines=2), wide=True)
        self.add("scan", ScanField(_("Scan")), wide=True, blame=SCAN)
        if group is Group.INSURANCE:
            self.set_values({"kind": SHARED, "percent": rules.government_percent})
            self.kind.changed.connect(self._follow_kind)

    def _add_parties(self, group: Group) -> None:
        needed = group is not Group.APPROVAL
        self.add("party", TextField(party_of(group), needed=needed))
        self.add("number", TextField(_("Number"), needed=False))
        if group in (Group.CONTRACT, Group.INSURANCE):
            hint = _("Whom to call, and the phone.")
            self.add("contact", TextField(_("Contact"), needed=False, hint=hint))

    def _add_days(self, group: Group, today: date) -> None:
        past = group in (Group.APPROVAL, Group.TEST)
        sense = Sense.PAST if past else Sense.NEAR
        self.add("starts", DateField(first_day_of(group), today, sense=sense))
        open_end = group in (Group.APPROVAL, Group.TEST, Group.CONTRACT)
        hint = _("Empty: a full test is good for the months set.")
        if group is Group.CONTRACT:
            hint = _("Empty: without end.")
        elif group is Group.APPROVAL:
            hint = _("Empty: without end; land and food: five years.")
        elif group is Group.INSURANCE:
            hint = ""
        last = partial(DateField, _("Last valid day"), today, sense=Sense.FUTURE)
        blame = approvals.LastDayFirst, approvals.OperationTooLong
        self.add("last_day", last(needed=not open_end, hint=hint), blame=blame)
        if past:
            outcomes = {code: _(name) for code, name in OUTCOME_NAMES.items()}
            field = ChoiceField(_("Outcome"), outcomes)
            self.add("outcome", field, blame=(approvals.OutcomeMissing,))
        elif group is Group.CONTRACT:
            self.add("fen", MoneyField(_("Price"), needed=False))

    def _add_insurance(self, today: date) -> None:
        self.add("fen", MoneyField(_("Premium")))
        hint = _("What the policy of your place says; 0 if it says nothing.")
        percent = NumberField(_("Share of the government in %"), hint=hint)
        self.add("percent", percent, blame=(approvals.PercentOutOfRange,))
        self.add("people", NumberField(_("People covered"), needed=False))
        self.add("limit_fen", MoneyField(_("Sum insured"), needed=False))
        blame = approvals.ReceivedTooMuch, approvals.ReceivedHalf
        share = MoneyField(_("Share received"), needed=False)
        self.add("received_fen", share, blame=blame)
        day = DateField(_("Received on"), today, needed=False, sense=Sense.PAST)
        self.add("received_on", day)

    def _follow_kind(self) -> None:
        shared = self.kind.value() == SHARED
        for name in ("percent", "received_fen", "received_on"):
            self.show_field(name, shared)


class InspectionForm(Form):
    """Asks who came, what they wrote, imposed and published; no more than applies."""

    def __init__(self, today: date) -> None:
        super().__init__(columns=2)
        self._add_visit(today)
        self._add_outcome(today)
        self.add("note", NoteField(_("Note"), lines=2), wide=True)
        self.add("scan", ScanField(_("Scan")), wide=True, blame=SCAN)
        self.set_values({"penalty": "", "channel": ""})
        self._follow_choices()

        self.penalty.changed.connect(self._follow_choices)
        self.channel.changed.connect(self._follow_choices)

    def _add_visit(self, today: date) -> None:
        late = (inspections.InspectedLater,)
        self.add("day", DateField(_("Day"), today, sense=Sense.PAST), blame=late)
        self.add("office", ChoiceField(_("Office"), _said(inspections.OFFICE_NAMES)))
        self.add("office_name", TextField(_("Name of the office"), needed=False))
        self.add("inspectors", TextField(_("Inspectors"), needed=False, most=120))
        self.add("basis", ChoiceField(_("Ground"), _said(inspections.BASIS_NAMES)))
        self.add("number", TextField(_("Number of the notice"), needed=False))
        told = NoteField(_("What the office wrote"), lines=2)
        self.add("told", told, wide=True)

    def _add_outcome(self, today: date) -> None:
        due = DateField(_("Answer due by"), today, needed=False, sense=Sense.FUTURE)
        self.add("answer_due", due, blame=(inspections.DueBeforeInspected,))
        penalties = _said(inspections.PENALTY_NAMES)
        self.penalty = self.add("penalty", ChoiceField(_("Penalty"), penalties))
        decision = TextField(_("Number of the decision"), needed=False)
        self.add("penalty_number", decision)
        fine = MoneyField(_("Amount of the fine"), needed=False)
        self.add("penalty_fen", fine, blame=(inspections.FineWithoutPenalty,))
        channels = _said(inspections.CHANNEL_NAMES)
        hint = _("Companies are told of in the enterprise system, others elsewhere.")
        channel = ChoiceField(_("Published in"), channels, hint=hint)
        self.channel = self.add("channel", channel)
        published = DateField(_("Published on"), today, sense=Sense.PAST)
        self.add("published_on", published, blame=(inspections.PublishedHalf,))

    def _follow_choices(self) -> None:
        """Ask for an amount only of a fine, for a day only of what is published."""
        penalty, channel = self.penalty.value(), self.channel.value()
        self.show_field("penalty_number", bool(penalty))
        self.show_field("penalty_fen", penalty == FINE)
        self.show_field("published_on", bool(channel))


def answer(inspection: Inspection, today: date) -> Form:
    """Ask when the office was answered, and what."""
    form = Form()
    day = DateField(_("Answered on"), today, sense=Sense.PAST)
    form.add("day", day, blame=(inspections.AnsweredWrongly,))
    form.add("answer", NoteField(_("Answer to the office"), lines=4))
    form.add("scan", ScanField(_("Scan of the answer")), blame=SCAN)
    known = {"day": inspection.answered_on or today, "answer": inspection.answer}
    form.set_values(known)
    return form


def finding() -> Form:
    """Ask what was found, which becomes a hazard."""
    form = Form()
    form.add("item", TextField(_("Problem found"), most=200))
    form.add("place", TextField(_("Place")))
    form.add("severity", PickField(_("Severity"), _said(SEVERITY_NAMES)))
    form.set_values({"severity": Severity.GENERAL})
    return form


def paper_rules(rules: PaperRules) -> Form:
    """Ask how far ahead ends are told, how often is tested, who bears what."""
    form = Form(columns=2)
    blame = (WarningsUnordered,)
    form.add("far", NumberField(_("First warning, days before")), blame=blame)
    form.add("middle", NumberField(_("Second warning, days before")))
    form.add("near", NumberField(_("Last warning, days before")))
    months = NumberField(_("Months between two full tests"))
    form.add("test_months", months, blame=(approvals.TestMonthsOutOfRange,))
    hint = _("70 in Xi'an since 2021; elsewhere as your place has it. An estimate.")
    share = NumberField(_("Share of the government in %"), hint=hint)
    form.add("government_percent", share, blame=(approvals.PercentOutOfRange,))
    hint = _("Transitional use of land, and the food licence: five years.")
    untold = NumberField(_("Months that these hold without a last day"), hint=hint)
    form.add("untold_months", untold, blame=(approvals.UntoldMonthsOutOfRange,))
    warnings = rules.warnings
    form.set_values(
        {
            "far": warnings.far,
            "middle": warnings.middle,
            "near": warnings.near,
            "test_months": rules.test_months,
            "government_percent": rules.government_percent,
            "untold_months": rules.untold_months,
        }
    )
    return form


def title_of(group: Group) -> str:
    """Say what a new paper of a group is."""
    return _("New: {paper}").format(paper=_(GROUP_NAMES[group]))


def _said(names: Mapping[str, str] | Mapping[Severity, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
