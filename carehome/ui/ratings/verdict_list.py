"""The conditions of a self-assessment: counted by the program or judged by hand."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _
from carehome.rules.ratings.grades import (
    CONDITION_KIND_NAMES,
    GRADE_NAMES,
    Verdict,
)
from carehome.rules.rulepacks import STANDING_NAMES
from carehome.services.ratings.verdicts import RatingVerdicts, Unjustified
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand

HOLDS, FAILS, UNKNOWN = "1", "2", "3"
WORDS = {
    HOLDS: N_("It holds"),
    FAILS: N_("It does not hold"),
    UNKNOWN: N_("Nobody knows yet"),
}
TONES = {HOLDS: "ok", FAILS: "bad", UNKNOWN: "quiet"}
WIDE = 560


def state_of(verdict: Verdict) -> str:
    """Return the digit of what was found."""
    if verdict.holds is None:
        return UNKNOWN
    return HOLDS if verdict.holds else FAILS


def _grades(verdict: Verdict) -> str:
    first, last = verdict.condition.from_grade, verdict.condition.to_grade
    if first == last:
        return _(GRADE_NAMES[first])
    text = _("{first} to {last}")
    return text.format(first=_(GRADE_NAMES[first]), last=_(GRADE_NAMES[last]))


def _found(verdict: Verdict) -> str | None:
    return " ".join(each for each in (verdict.value, verdict.reason) if each) or None


COLUMNS: tuple[Column[Verdict], ...] = (
    Column(
        N_("What must hold"),
        lambda row: row.condition.text,
        bold=True,
        stretch=True,
        tip=lambda row: row.condition.text,
    ),
    Column(N_("Grades"), _grades, order=lambda row: row.condition.from_grade),
    Column(
        N_("Verdict"),
        lambda row: _(WORDS[state_of(row)]),
        chip=lambda row: TONES[state_of(row)],
    ),
    Column(N_("What shows it"), _found, width=200, tip=lambda row: _found(row) or ""),
    Column(
        N_("Judged"),
        lambda row: _("Told by a figure") if row.is_counted else _("By hand"),
    ),
    Column(N_("Kind"), lambda row: _(CONDITION_KIND_NAMES[row.condition.kind])),
    Column(N_("How it binds"), lambda row: _(STANDING_NAMES[row.condition.standing])),
)


class VerdictView(LiveView):
    """Lists the conditions; Enter judges one that the program cannot count.

    `told` says what was done, `read` goes out when the conditions were judged.
    """

    SHOWS = frozenset({"rating_verdict", "rating_condition", "rating_self"})
    told = Signal(str)
    read = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._verdicts = hand.service(RatingVerdicts)
        self._self_id: int | None = None
        self.is_open = False
        model = TableModel(COLUMNS, lambda row: row.condition.condition_id)
        self.view = VerdictList(
            model, "ratings.verdicts", N_("Conditions of the self-assessment")
        )
        self.view.set_empty(
            _("There are no conditions yet. Take over those of your region.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ListCard(self.view))
        lead(self, self.view)
        self.view.opened.connect(self.ask)
        self.view.said.connect(self.ask)

    def open_self(self, self_id: int | None, *, is_open: bool) -> None:
        """Show the conditions of a self-assessment."""
        is_other = (self_id, is_open) != (self._self_id, self.is_open)
        self._self_id, self.is_open = self_id, is_open
        if is_other:
            self.refresh()

    def refresh(self) -> None:
        if self._self_id is not None and self.isVisible():
            jobs, call = self._hand.jobs, self._verdicts.listed
            jobs.run_last(self, self._show, call, self._self_id, failed=self._fail)

    def _show(self, found: list[Verdict]) -> None:
        self.view.table.set_rows(found)
        self.read.emit()

    def ask(self, verdict: Verdict, state: str = "") -> None:
        """Ask whether a condition holds and what shows it."""
        number = verdict.condition.condition_id
        if not self.is_open or verdict.is_counted or not self._self_id or not number:
            return
        form = Form()
        words = {digit: _(name) for digit, name in WORDS.items()}
        form.add("state", PickField(_("Verdict"), words))
        field = NoteField(_("What shows it"), lines=3)
        form.add("reason", field, blame=(Unjustified,))
        form.set_values({"state": state or state_of(verdict), "reason": verdict.reason})
        dialog = DeedDialog(
            verdict.condition.text,
            form,
            _("Save"),
            self._hand.jobs,
            partial(self._say, self._self_id, number),
            self,
            f"rating-verdict:{number}",
        )
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.accepted.connect(partial(self.told.emit, _("Saved.")))
        dialog.open()
        if state:
            field.focus()

    def _say(
        self, self_id: int, number: int, values: dict[str, Any]
    ) -> "partial[None]":
        holds = {HOLDS: True, FAILS: False}.get(values["state"])
        return partial(
            self._verdicts.say, self_id, number, holds, values["reason"] or ""
        )

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


class VerdictList(TableView[Verdict]):
    """Lists conditions; a digit begins to judge the one under the cursor.

    `said` goes out with the condition and the digit.
    """

    own_keys: tuple[tuple[str, str], ...] = (
        *WORDS.items(),
        ("Enter", N_("Judge the condition")),
    )
    said = Signal(object, str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if row is not None and event.text() in WORDS:
            self.said.emit(row, event.text())
        else:
            super().keyPressEvent(event)
