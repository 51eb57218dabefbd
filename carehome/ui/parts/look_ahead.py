"""A deed whose price is shown while it is typed: another grade, other meals."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import _
from carehome.services.consequences import FeeChange
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card, Facts
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.fee_change import facts_of, warnings_of

Look = Callable[[dict[str, Any]], "partial[FeeChange] | None"]
Remind = Callable[[dict[str, Any]], list[str]]


class LookAheadDialog(DeedDialog):
    """A form with, at its right, what the deed would cost.

    `look` turns the values into the call that looks ahead, None while too little is
    typed; `remind` says what else to think of.
    """

    def __init__(
        self,
        title: str,
        form: Form,
        do: str,
        jobs: Jobs,
        deed: Deed,
        look: Look,
        remind: Remind,
        parent: QWidget,
        draft: str = "",
    ) -> None:
        super().__init__(title, form, do, jobs, deed, parent, draft)
        self.card = Card(_("What it costs"), _("Preview"))
        self.facts = Facts()
        self._look = look
        self._remind = remind
        self._asked: dict[str, Any] = {}
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(theme.px(4))
        self.card.add(self.facts)
        self.card.body.addLayout(self._warnings)
        self.card.body.addStretch()
        self.card.setMinimumWidth(theme.px(340))
        self.setMinimumWidth(theme.px(780))
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        self.body.removeWidget(form)
        row.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.card, 1)
        self.body.addLayout(row)
        form.changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        values = self.form.values()
        if values == self._asked:
            return
        self._asked = values
        look = self._look(values)
        if look is None:
            self._show_nothing()
        else:
            self._jobs.run_last(self, self._show, look, failed=self._fail)

    def _show(self, change: FeeChange) -> None:
        self.facts.show_facts(facts_of(change))
        self._warn([*warnings_of(change), *self._remind(self._asked)])

    def _show_nothing(self) -> None:
        self.facts.show_facts([])
        self._warn(self._remind(self._asked))

    def _fail(self, error: Exception) -> None:
        """Say why nothing can be computed; the deed itself may still be possible."""
        if not isinstance(error, Refusal):
            raise error
        self.facts.show_facts([])
        self._warn([error.message])

    def _warn(self, texts: list[str]) -> None:
        while item := self._warnings.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for text in texts:
            tag = Tag(text, "warn")
            tag.setWordWrap(True)
            self._warnings.addWidget(tag)
