"""Part C of an assessment: what came out, and who stands for it."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.assessments.form import Field, Item
from carehome.rules.days import Sense
from carehome.rules.residents import NotComeYet, check_happened
from carehome.services import assessments as services
from carehome.ui.assessments.changed_items import ChangedItems
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.assessments.standing import Standing
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import CheckField, ChoiceField, NoteField, TextField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.name_field import NameField

SHOWN = 12  # so many missing items are named one by one
SIDE = 340
ASSESSORS = ("assessor_1", "assessor_2")
MEDICAL = ("is_medical_1", "is_medical_2")


class ClosingPart(QWidget):
    """Asks for the two assessors and the consent, beside what came out.

    `item_wanted` and `field_wanted` go out with the number of what has no answer yet,
    `entered` on Enter in the last field.
    """

    item_wanted = Signal(str)
    field_wanted = Signal(str)
    entered = Signal()

    def __init__(self, sheet: Sheet, today: Callable[[], date], own_name: str) -> None:
        super().__init__()
        self._sheet = sheet
        self.standing = Standing(sheet)
        self.changed = ChangedItems(sheet)
        self.form = Form()
        self.missing = Card(_("Still to be answered"))
        self._links = QWidget()
        self._row = Flow(self._links, 6)
        self.missing.add(self._links)
        self._add_fields(today())
        if not sheet.head.assessor_1:
            self.form.fields["assessor_1"].set_value(own_name)
        self._arrange()
        lead(self, self.form.fields["assessor_1"].input)

        self.form.submitted.connect(lambda _values: self.entered.emit())
        sheet.answered.connect(self.refresh)
        self.refresh()
        if not sheet.head.assessor_1 and own_name:
            self._take("assessor_1")

    def offer_staff(self, names: Iterable[str]) -> None:
        """Offer those who work here as assessors."""
        listed = list(names)
        for name in ASSESSORS:
            field = self.form.fields[name]
            assert isinstance(field, NameField)
            field.offer(listed)

    def refresh(self) -> None:
        """Name what is missing, and ask for a level where the standard has none."""
        missing = self._sheet.missing
        self._show_missing(missing)
        judged = self._sheet.judgement
        for name in ("decided_level", "decided_why"):
            if self.form.fields[name].isHidden() == (not judged.is_covered):
                self.form.show_field(name, not judged.is_covered)

    def reason(self) -> str:
        """Say what is missing here; empty when nothing is."""
        return self.form.reason()

    def go_to_missing(self) -> None:
        """Tell beside the first field that lacks something what it is, and go there."""
        self.form.submit()

    def tell(self, error: Exception) -> bool:
        """Tell a refusal beside its field; say whether it has one here."""
        return self.form.tell(error)

    def _add_fields(self, today: date) -> None:
        form, head = self.form, self._sheet.head
        form.add_heading(_("Assessors"))
        blame = (services.AssessorsMissing, services.SameAssessor)
        hint = _("Choose from the staff or type a name.")
        first = NameField(_("First assessor"), hint=hint)
        form.add("assessor_1", first, blame=(services.AssessorsMissing,))
        medical = _("has a medical or nursing background")
        form.add("is_medical_1", CheckField(_("First assessor"), medical))
        form.add("assessor_2", NameField(_("Second assessor")), blame=blame)
        field = CheckField(_("Second assessor"), medical)
        form.add("is_medical_2", field, blame=(services.NobodyMedical,))
        body = _("Only where an outside body made the assessment.")
        form.add(
            "outside_body", TextField(_("Assessment body"), needed=False, hint=body)
        )
        form.add_heading(_("Consent to the assessment"))
        agreed_by = NameField(_("Agreed by"), needed=False)
        agreed_by.offer(self._sheet.state.known)
        form.add("consent_by", agreed_by, blame=(services.ConsentDayMissing,))
        happened = partial(check_happened, today=today)
        agreed = DateField(
            _("Agreed on"), today, needed=False, check=happened, sense=Sense.PAST
        )
        form.add("consent_on", agreed, blame=(NotComeYet,))
        levels = {level.number: level.name for level in self._sheet.form.levels}
        form.add(
            "decided_level",
            ChoiceField(_("Level decided on"), levels),
            blame=(services.NotCovered,),
        )
        why = _("The standard has no rule for these answers: say why this level fits.")
        form.add("decided_why", NoteField(_("Why"), needed=True, hint=why))
        form.set_values({name: getattr(head, name) for name in form.fields})
        for name in form.fields:
            form.fields[name].changed.connect(partial(self._take, name))

    def _take(self, name: str) -> None:
        field = self.form.fields[name]
        value: Any = field.value()
        if name in MEDICAL:
            value = bool(value)
        elif name not in ("consent_on", "decided_level"):
            value = value or ""
        elif field.problem():
            value = None
        if name in ASSESSORS:
            for each in ASSESSORS:
                self.form.fields[each].set_error("")
        self._sheet.change_head(**{name: value})

    def _show_missing(self, numbers: list[str]) -> None:
        form, fields = self._sheet.form, self._sheet.judgement.missing_fields
        self.missing.setVisible(bool(numbers or fields))
        while place := self._row.takeAt(0):
            if old := place.widget():
                old.hide()
                old.deleteLater()
        for field in form.fields:
            if field.number in fields:
                self._link(f"{field.number} {field.label}", self.field_wanted, field)
        listed = [item for item in self._sheet.items if item.number in numbers]
        for item in listed[:SHOWN]:
            self._link(f"{item.number} {item.name}", self.item_wanted, item)
        if rest := len(listed[SHOWN:]):
            more = QLabel(_("and {count} more").format(count=rest))
            theme.mark(more, "note")
            self._row.addWidget(more)

    def _link(self, text: str, wanted: SignalInstance, asked: Field | Item) -> None:
        link = button(text, kind="small")
        link.clicked.connect(partial(wanted.emit, asked.number))
        self._row.addWidget(link)

    def _arrange(self) -> None:
        left, right = QWidget(), QWidget()
        asked = Card()
        asked.add(self.form)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.missing)
        column.addWidget(asked)
        column.addStretch()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(10))
        side.addWidget(self.standing)
        side.addWidget(self.changed)
        side.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        beside = scrolling(right)
        beside.setFixedWidth(theme.px(SIDE))
        row.addWidget(scrolling(left), 1)
        row.addWidget(beside)
