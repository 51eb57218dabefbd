"""Publishing a roster: what is still wrong, who works overtime, what was changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_month
from carehome.rules.payroll import Pay
from carehome.rules.rosters.checking import check
from carehome.rules.rosters.words import say
from carehome.services.payroll import PaidLine, Payroll
from carehome.services.payroll.words import say_breach, say_hours
from carehome.services.rosters import CellChange, Obstacle, Rosters
from carehome.services.rosters.publishing import ReasonsMissing
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog, share_room
from carehome.ui.rosters.month_pick import MonthPick

_MOST = 10  # lines of a kind; what is left is counted
_WIDE, _HIGH = 620, 400


@dataclass(frozen=True, slots=True)
class Standing:
    """How a month stands before it is published."""

    obstacles: tuple[Obstacle, ...]
    wishes: tuple[str, ...]  # what costs, in words, the dearest first
    overtime: tuple[PaidLine, ...]
    changes: tuple[CellChange, ...]


def read_standing(rosters: Rosters, payroll: Payroll, first: date) -> Standing:
    """Return how a month stands; called in the background."""
    month = rosters.month(first)
    soft = [each for each in check(month.problem, month.roster) if not each.is_hard]
    soft.sort(key=lambda each: -each.cost)
    lines = payroll.month(first).lines
    return Standing(
        tuple(rosters.obstacles(first)),
        tuple(say(each, month.problem) for each in soft),
        tuple(line for line in lines if _overtime(line)),
        tuple(rosters.changes(first)),
    )


class PublishDialog(DeedDialog):
    """Shows how the month stands, asks why for what is against hard rules."""

    def __init__(
        self,
        first: date,
        standing: Standing,
        rosters: Rosters,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        hard = bool(standing.obstacles)
        form = Form()
        reason = NoteField(_("Why it is published all the same"), needed=hard, lines=2)
        form.add("reason", reason, blame=(ReasonsMissing,))
        form.show_field("reason", hard)
        super().__init__(
            _("Publish the roster of {month}").format(month=say_month(first)),
            form,
            _("Publish"),
            jobs,
            partial(_deed, rosters, first, standing),
            parent,
            f"roster-publish:{first}",
        )
        self.setMinimumWidth(theme.px(_WIDE))
        self.standing = QWidget()
        column = QVBoxLayout(self.standing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for widget in _widgets(standing):
            column.addWidget(widget)
        column.addStretch()
        area = scrolling(self.standing)
        self.body.insertWidget(0, _tags(standing))
        self.body.insertWidget(1, area)
        share_room(self, {area: _HIGH})


CHANGES: tuple[Column[CellChange], ...] = (
    table.moment(N_("Changed at"), lambda change: change.at),
    Column(N_("Changed by whom"), lambda change: change.by),
    Column(N_("Name"), lambda change: change.name, bold=True),
    table.day(N_("Day"), lambda change: change.day),
    Column(N_("Before"), lambda change: change.before),
    Column(N_("After"), lambda change: change.after, bold=True),
    Column(N_("Reason"), lambda change: change.reason, stretch=True),
)


class ChangesView(LiveView):
    """Lists what was changed after publishing: who, when, why, before and after."""

    SHOWS = frozenset({"roster", "roster_change", "staff_member", "shift_kind"})

    def __init__(self, rosters: Rosters, jobs: Jobs, first: date) -> None:
        super().__init__(jobs)
        self._rosters, self._jobs = rosters, jobs
        self.month = MonthPick(first)
        self.bar = Bar(self.month)
        model: TableModel[CellChange] = TableModel(CHANGES)
        self.view = TableView(model, "rosters.changes", N_("Changes since publishing"))
        self.view.set_empty(_("Nothing was changed since this month was published."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)
        self.month.chosen.connect(lambda _first: self.refresh())

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._rosters.changes, self.month.first)

    def _show(self, changes: list[CellChange]) -> None:
        text = _("{count} {count:change|changes} since publishing")
        self.bar.note.setText(text.format(count=len(changes)))
        self.view.table.set_rows(changes)


def _deed(
    rosters: Rosters, first: date, standing: Standing, values: dict[str, Any]
) -> "partial[Any]":
    reason = values["reason"] or ""
    reasons = {each.key: reason for each in standing.obstacles}
    return partial(rosters.publish, first, reasons)


def _overtime(line: PaidLine) -> bool:
    paid = line.hours.of(Pay.OVERTIME) + line.hours.of(Pay.REST)
    return bool(paid or line.hours.breaches)


def _tags(standing: Standing) -> QWidget:
    """Return the state in four words."""
    row = QWidget()
    flow = Flow(row, 8)
    flow.setContentsMargins(0, 0, 0, 0)
    hard, soft = len(standing.obstacles), len(standing.wishes)
    people = len(standing.overtime)
    for text, tone in (
        (_("{count} against hard rules").format(count=hard), "bad" if hard else "ok"),
        (_("{count} wishes not met").format(count=soft), "warn" if soft else "ok"),
        (_("{count} with overtime").format(count=people), "warn" if people else "ok"),
    ):
        flow.addWidget(Tag(text, tone))
    return row


def _widgets(standing: Standing) -> Iterator[QLabel]:
    yield from _part(
        _("Against hard rules"), [each.words for each in standing.obstacles]
    )
    yield from _part(_("Overtime"), [_say_overtime(line) for line in standing.overtime])
    changed = Counter(change.name for change in standing.changes)
    yield from _part(
        _("Changed since it was published before"),
        [
            _("{name}: {count}").format(name=name, count=n)
            for name, n in changed.items()
        ],
    )
    yield from _part(_("Wishes not met"), list(standing.wishes))


def _part(title: str, lines: list[str]) -> Iterator[QLabel]:
    if not lines:
        return
    shown = lines[:_MOST]
    if len(lines) > _MOST:
        shown.append(_("and {count} more").format(count=len(lines) - _MOST))
    for text, kind in ((title, "strong"), *((line, "label") for line in shown)):
        label = QLabel(text)
        label.setWordWrap(True)
        theme.mark(label, kind)
        yield label


def _say_overtime(line: PaidLine) -> str:
    kinds = (
        (Pay.OVERTIME, _("{name}: {hours} at 150 %")),
        (Pay.REST, _("{name}: {hours} at 200 %")),
    )
    told = [
        text.format(name=line.name, hours=say_hours(line.hours.of(pay)))
        for pay, text in kinds
        if line.hours.of(pay)
    ]
    return _("; ").join([*told, *map(say_breach, line.hours.breaches)])
