"""The dialogs of requests: asking for leave or a swap, and answering."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from carehome.errors import Refusal
from carehome.i18n import _
from carehome.rules.requests import (
    EndsBeforeStart,
    NothingToSwap,
    ReasonMissing,
    Request,
    RequestKind,
    TooLong,
    WithOneself,
    check_request,
)
from carehome.rules.staff import LEAVE_NAMES, Leave
from carehome.services.requests import MonthEffect, RequestLine, Requests
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Card
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import scrolling
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.rosters.effects import Effects

_WIDE, _CARD = 860, 400


class RequestDialog(DeedDialog):
    """Asks for a leave or a swap and shows beside it what it would do."""

    def __init__(
        self,
        kind: RequestKind,
        people: Mapping[int, str],
        requests: Requests,
        jobs: Jobs,
        today: date,
        parent: QWidget,
    ) -> None:
        self._kind = kind
        form = _leave_form(people, today)
        title = _("Leave asked for")
        if kind is RequestKind.SWAP:
            form = _swap_form(people, today)
            title = _("Swap asked for")
        super().__init__(
            title,
            form,
            _("Note the request"),
            jobs,
            lambda values: partial(requests.add, self._request(values)),
            parent,
            f"request-{kind.value}",
        )
        self.effects = Effects()
        self._look: Callable[[Request], list[MonthEffect]] = requests.preview
        self._asked: Request | None = None
        _put_beside(self, form, self.effects, _("What it would change"))
        form.changed.connect(self._ask)
        self._ask()

    def _request(self, values: Mapping[str, Any]) -> Request:
        swaps = self._kind is RequestKind.SWAP
        last = values["last_day"] or values["starts"]
        return Request(
            self._kind,
            values["staff_id"],
            values["starts"],
            last,
            None if swaps else Leave(values["leave"]),
            values["other_id"] if swaps else None,
            values["note"] or "",
        )

    def _ask(self) -> None:
        """Look ahead as soon as enough is typed, and again when that changes."""
        values = self.form.values()
        swaps = self._kind is RequestKind.SWAP
        needed = ("staff_id", "starts", "other_id" if swaps else "leave")
        if any(values[name] is None for name in needed):
            self._asked = None
            self.effects.show_nothing(_("Choose who and which days."))
            return
        request = self._request(values)
        if request == self._asked:
            return
        self._asked = request
        try:
            check_request(request)
        except Refusal as error:
            self.effects.show_nothing(error.message)
            return
        self._jobs.run_last(self, self._show, self._look, request, failed=self._fail)

    def _show(self, effects: list[MonthEffect]) -> None:
        if self._asked is not None:
            self.effects.show_effects(effects)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Refusal):
            raise error
        self.effects.show_nothing(error.message)


class ApproveDialog(DeedDialog):
    """Shows once more what changes; what is against a hard rule needs a reason."""

    def __init__(
        self,
        line: RequestLine,
        effects: list[MonthEffect],
        requests: Requests,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        hard = any(month.effect.hard for month in effects)
        form = Form()
        name = _("Why all the same") if hard else _("Remark")
        form.add("reason", NoteField(name, needed=hard), blame=(ReasonMissing,))
        super().__init__(
            _("Approve what {name} asks for").format(name=line.name),
            form,
            _("Approve"),
            jobs,
            lambda values: partial(
                requests.approve, line.request_id, values["reason"] or ""
            ),
            parent,
            f"request-approve:{line.request_id}",
        )
        self.effects = Effects()
        self.effects.show_effects(effects)
        _put_beside(self, form, self.effects, _("What it changes"))


class DeclineDialog(DeedDialog):
    """Asks why a request is declined, so that it can be told."""

    def __init__(
        self, line: RequestLine, requests: Requests, jobs: Jobs, parent: QWidget
    ) -> None:
        form = Form()
        form.add("reason", NoteField(_("Why not"), needed=True), blame=(ReasonMissing,))
        super().__init__(
            _("Decline what {name} asks for").format(name=line.name),
            form,
            _("Decline"),
            jobs,
            lambda values: partial(requests.decline, line.request_id, values["reason"]),
            parent,
            f"request-decline:{line.request_id}",
        )


def _leave_form(people: Mapping[int, str], today: date) -> Form:
    leaves = {leave.value: _(name) for leave, name in LEAVE_NAMES.items()}
    form = Form()
    form.add("staff_id", ChoiceField(_("Whose request"), people))
    form.add("leave", ChoiceField(_("Kind of leave"), leaves))
    form.add("starts", DateField(_("First day"), today))
    form.add(
        "last_day", DateField(_("Last day"), today), blame=(EndsBeforeStart, TooLong)
    )
    form.add("note", NoteField(_("What they say"), lines=2))
    return form


def _swap_form(people: Mapping[int, str], today: date) -> Form:
    form = Form()
    form.add("staff_id", ChoiceField(_("Whose request"), people))
    form.add(
        "other_id",
        ChoiceField(_("With whom"), people),
        blame=(WithOneself, NothingToSwap),
    )
    form.add("starts", DateField(_("Day"), today))
    hint = _("Only where they give the day back: both swap on this day too.")
    form.add("last_day", DateField(_("And the day"), today, needed=False, hint=hint))
    form.add("note", NoteField(_("What they say"), lines=2))
    return form


def _put_beside(dialog: DeedDialog, form: Form, effects: Effects, title: str) -> None:
    """Lay the form at the left and what it does at the right."""
    card = Card(title, _("Preview"))
    area = scrolling(effects)
    area.setMinimumHeight(theme.px(280))
    card.add(area)
    card.setMinimumWidth(theme.px(_CARD))
    dialog.setMinimumWidth(theme.px(_WIDE))
    row = QHBoxLayout()
    row.setSpacing(theme.px(20))
    dialog.body.removeWidget(form)
    row.addWidget(form, 1, Qt.AlignmentFlag.AlignTop)
    row.addWidget(card, 1)
    dialog.body.addLayout(row)
