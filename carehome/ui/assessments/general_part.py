"""Part A of an assessment: when and why, who told it, and what annex A asks."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.assessments.form import Field as Question
from carehome.rules.assessments.form import Section
from carehome.rules.days import Sense
from carehome.rules.residents import check_happened
from carehome.ui.assessments.questions import Questions, field_for, listen, value_of
from carehome.ui.assessments.sheet import Sheet
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card
from carehome.ui.kit.days import DateField
from carehome.ui.kit.field import Field
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.name_field import NameField

ROUND = 90  # of what is round a field that one is led to


class GeneralPart(QWidget):
    """Asks what part A of the form asks, and what stands in its head.

    `entered` goes out when Enter was pressed in the last field.
    """

    entered = Signal()

    def __init__(self, sheet: Sheet, today: Callable[[], date]) -> None:
        super().__init__()
        self._sheet = sheet
        self._today = today
        self.head: dict[str, Field[Any]] = {}
        self.fields: dict[str, Field[Any]] = {}
        self._blocks: list[Questions] = []
        self.carried = QLabel()
        theme.mark(self.carried, "banner_info")
        self.carried.setWordWrap(True)
        within = QWidget()
        self._column = QVBoxLayout(within)
        self._column.setContentsMargins(0, 0, theme.px(4), 0)
        self._column.setSpacing(theme.px(10))
        self._column.addWidget(self.carried)
        self._add_head()
        for section in sheet.form.sections:
            self._add_section(section)
        self._column.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(within)
        column.addWidget(self._area)
        for block, following in zip(self._blocks, self._blocks[1:], strict=False):
            block.entered.connect(next(iter(following.fields.values())).focus)
        self._blocks[-1].entered.connect(self.entered)
        lead(self, self.head["reason"].input)
        self._say_carried()

    def reason(self) -> str:
        """Say what is wrong with what stands here; empty when nothing is."""
        every = [*self.head.values(), *self.fields.values()]
        return next((problem for field in every if (problem := field.problem())), "")

    def tell(self) -> None:
        """Show beside the first wrong field what is wrong, and go there."""
        for field in [*self.head.values(), *self.fields.values()]:
            if not field.check_now():
                self.go_to(field)
                return

    def go_to(self, field: Field[Any]) -> None:
        """Put the cursor into a field, and the field in sight."""
        field.focus()
        self._area.ensureWidgetVisible(field, 0, theme.px(ROUND))

    def blame(self, name: str, text: str) -> None:
        """Tell a refusal beside a field of the head."""
        self.head[name].set_error(text)
        self.go_to(self.head[name])

    def _add_head(self) -> None:
        head, today = self._sheet.head, self._today()
        happened = partial(check_happened, today=today)
        base_on = DateField(
            _("Base day of the assessment"), today, check=happened, sense=Sense.PAST
        )
        reasons = {each.code: each.label for each in self._sheet.form.reasons}
        reason = PickField(_("Reason for the assessment"), reasons)
        note = TextField(_("More on the reason"), needed=False, most=200)
        informant = NameField(_("Who gave the information"), needed=False)
        informant.offer(self._sheet.state.known)
        relations = {each.code: each.label for each in self._sheet.form.relations}
        relation = ChoiceField(_("Relation to the resident"), relations, needed=False)
        block = Questions()
        for name, field, wide in (
            ("reason", reason, True),
            ("base_on", base_on, False),
            ("reason_note", note, False),
            ("informant", informant, False),
            ("relation", relation, False),
        ):
            field.set_value(getattr(head, name))
            block.add(name, field, wide)
            field.changed.connect(partial(self._take_head, name))
        self.head = dict(block.fields)
        self._add_block(_("This assessment"), block)

    def _add_section(self, section: Section) -> None:
        asked = [each for each in section.fields if not each.filled_from]
        if not asked:
            return
        block = Questions()
        for question in asked:
            field, wide = field_for(self._sheet.form, question)
            value = self._sheet.answers.get(question.number)
            if value is not None:
                field.set_value(tuple(value) if isinstance(value, list) else value)
            block.add(question.number, field, wide)
            listen(question, field, self._take)
        self.fields |= block.fields
        self._add_block(f"{section.number} {section.name}", block)

    def _add_block(self, title: str, block: Questions) -> None:
        card = Card(title)
        card.add(block)
        self._blocks.append(block)
        self._column.addWidget(card)

    def _take(self, question: Question) -> None:
        field = self.fields[question.number]
        self._sheet.answer(question.number, value_of(question, field))

    def _take_head(self, name: str) -> None:
        field = self.head[name]
        value = field.value()
        if name in ("base_on", "reason"):
            if value is None or field.problem():
                value = getattr(self._sheet.state.head, name)  # as it was before
        else:
            value = value or ""
        self._sheet.change_head(**{name: value})

    def _say_carried(self) -> None:
        count = len(self._sheet.state.carried)
        text = _(
            "{count} {count:answer was|answers were} taken over from the last "
            "assessment. Check whether they still hold."
        )
        self.carried.setText(text.format(count=count))
        self.carried.setVisible(bool(count))
