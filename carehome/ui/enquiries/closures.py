"""Times without admissions: what is closed since when, by whose order."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules import closures as rules
from carehome.rules.closures import Closure, Part, Tally
from carehome.rules.rights import Right
from carehome.services.beds import Closing, Closures, Expected
from carehome.ui.enquiries.hand import Hand
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog


class ClosureList(LiveView):
    """Lists closed periods, newest first, and how much of the year they took."""

    SHOWS = frozenset({"closure", "building", "floor", "code"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self.may_change = hand.may(Right.CLOSE_ADMISSION)
        self.bar = Bar()
        self.remove = self.bar.add_button(_("Remove"), "remove")
        self.change = self.bar.add_button(_("Edit or reopen"), "edit")
        self.close_home = self.bar.add_button(
            _("Close to admissions"), "lock", "Ctrl+N", "primary"
        )
        self.view = TableView(
            TableModel(self._columns(), lambda each: each.closure_id),
            "enquiries.closures",
            N_("Closed periods"),
        )
        self.view.set_empty(_("The home was never closed to admissions."))
        for deed in (self.remove, self.change, self.close_home):
            deed.setVisible(self.may_change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.view.picked.connect(self._judge)
        self.view.opened.connect(self._ask)
        self.close_home.clicked.connect(lambda: self._ask(None))
        self.change.clicked.connect(lambda: self._ask(self.view.current_row()))
        self.remove.clicked.connect(self._ask_removal)
        self._judge(None)

    def refresh(self) -> None:
        values = (self._hand.services.closures, self._hand.today().year)
        self._hand.jobs.run_last(self, self._show, _read, *values)

    def _show(self, found: tuple[list[Closure], Tally]) -> None:
        closures, tally = found
        text = _(
            "This year: {periods} {periods:closed period|closed periods}, "
            "{days} {days:day|days} so far"
        )
        self.bar.note.setText(text.format(periods=tally.periods, days=tally.days))
        self.view.table.set_rows(closures)

    def _judge(self, closure: Closure | None) -> None:
        for deed in (self.change, self.remove):
            deed.setEnabled(closure is not None)

    def _ask(self, closure: Closure | None) -> None:
        if self.may_change:
            then = partial(self._ask_period, closure)
            read = self._hand.services.closures.parts
            self._hand.jobs.run(self, then, read)

    def _ask_period(self, closure: Closure | None, parts: dict[Part, str]) -> None:
        today, form = self._hand.today(), Form()
        form.add("part", ChoiceField(_("What is closed"), parts))
        starts = DateField(_("First closed day"), today)
        form.add("starts", starts, blame=(rules.ClosedTwice,))
        ends = DateField(
            _("Opens again on"),
            today,
            needed=False,
            hint=_("Leave empty while it is not known"),
        )
        form.add("ends", ends, blame=(rules.OpensTooEarly,))
        hint = _("Such as an outbreak of flu")
        reason = TextField(_("Reason"), hint=hint, most=200)
        form.add("reason", reason, blame=(rules.CloseReasonMissing,))
        hint = _("The director, or an authority")
        ordered = TextField(_("Ordered by"), hint=hint)
        form.add("ordered_by", ordered, blame=(rules.OrdererMissing,))
        form.set_values({"part": rules.WHOLE_HOME, "starts": today})
        if closure:
            form.set_values(
                {
                    "part": closure.part,
                    "starts": closure.period.start,
                    "ends": closure.period.end,
                    "reason": closure.reason,
                    "ordered_by": closure.ordered_by,
                }
            )
        self._open_period(closure, form)

    def _open_period(self, closure: Closure | None, form: Form) -> None:
        closures = self._hand.services.closures

        def deed(values: dict[str, Any]) -> "partial[Any]":
            closing = _closing(values)
            if closure:
                return partial(closures.change, closure.closure_id, closing)
            return partial(closures.close, closing)

        title = _("Closed period") if closure else _("Close to admissions")
        draft = f"closure:{closure.closure_id if closure else 0}"
        dialog = DeedDialog(title, form, _("Save"), self._hand.jobs, deed, self, draft)
        told = QLabel()
        told.setWordWrap(True)
        theme.mark(told, "hint")
        dialog.body.addWidget(told)
        form.changed.connect(partial(self._look_ahead, form, told))
        dialog.open()
        self._look_ahead(form, told)

    def _look_ahead(self, form: Form, told: QLabel) -> None:
        """Tell for whom a bed is reserved in the days to be closed."""
        told.setText(_("Nobody moves in on these days; people may leave and return."))
        if not form.reason():
            read = self._hand.services.closures.expected
            show = partial(_tell_expected, told)
            closing = _closing(form.values())
            self._hand.jobs.run_last(told, show, read, closing, failed=_leave_be)

    def _ask_removal(self) -> None:
        closure = self.view.current_row()
        if closure is None:
            return
        remove = self._hand.services.closures.remove
        call = partial(self._hand.jobs.run, self, _leave_be, remove, closure.closure_id)
        lines = [_("The period was written down by mistake and counts no more.")]
        title = _("Remove this closed period?")
        dialogs.confirm(self, title, lines, _("Remove"), call, "danger")

    def _columns(self) -> tuple[Column[Closure], ...]:
        today = self._hand.today
        return (
            Column(
                N_("State"),
                lambda each: _state(each, today()),
                chip=lambda each: "bad" if each.period.holds(today()) else "quiet",
            ),
            Column(N_("What is closed"), lambda each: each.place, bold=True),
            table.day(N_("First closed day"), lambda each: each.period.start),
            table.day(N_("Opens again on"), lambda each: each.period.end),
            table.number(N_("Closed days"), lambda each: _days(each, today())),
            Column(N_("Reason"), lambda each: each.reason, stretch=True),
            Column(N_("Ordered by"), lambda each: each.ordered_by),
        )


def _read(closures: Closures, year: int) -> tuple[list[Closure], Tally]:
    return closures.all(), closures.tally(year)


def _closing(values: dict[str, Any]) -> Closing:
    return Closing(
        values["starts"],
        values["ends"],
        values["reason"] or "",
        values["ordered_by"] or "",
        values["part"],
    )


def _state(closure: Closure, today: Any) -> str:
    if closure.period.holds(today):
        return _("Closed now")
    return _("Opened again") if closure.period.start <= today else _("To come")


def _days(closure: Closure, today: Any) -> int | None:
    period = closure.period
    if period.end is not None:
        return period.days
    return (today - period.start).days + 1 if period.start <= today else None


def _tell_expected(told: QLabel, expected: list[Expected]) -> None:
    if not expected:
        return
    names = _(", ").join(
        f"{each.name} {each.bed} {show_day(each.starts)}" for each in expected
    )
    text = _("A bed is reserved in that time for: {names}. It stays; tell them.")
    told.setText(text.format(names=names))


def _leave_be(_answer: object) -> None:
    """Nothing more to do here: the form or the list tells by itself."""
