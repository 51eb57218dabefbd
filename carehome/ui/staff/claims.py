"""Claims to post allowances and entry bonuses: who has one, why or why not."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from carehome.errors import CareHomeError
from carehome.i18n import N_, _, say_month, show_money
from carehome.rules import allowances as rules
from carehome.rules.allowances import STATE_NAMES, AllowanceRule
from carehome.rules.days import Sense
from carehome.rules.periods import months_after
from carehome.rules.rights import Right
from carehome.services.staff import Allowances
from carehome.services.staff.allowances import AllowanceLine
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.pick import Pick
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.turner import Turner
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.words import by_name, say_level

POST, ENTRY = "post", "entry"
STATE_TONES = {"drafted": "info", "claimed": "warn", "received": "ok"}
Read = tuple[list[AllowanceLine], AllowanceRule]

LINES: tuple[Column[AllowanceLine], ...] = (
    Column(N_("Name"), lambda r: r.name, bold=True, order=lambda r: by_name(r.name)),
    Column(N_("Main post"), lambda r: r.post or None),
    Column(
        N_("Level of skill"),
        lambda r: say_level(r.level) or None,
        order=lambda r: r.level,
    ),
    Column(N_("Part"), lambda r: r.part),
    Column(N_("Month"), lambda r: r.month, say_month),
    Column(
        N_("May claim"),
        lambda r: _("Entitled") if r.is_entitled else _("May not claim"),
        chip=lambda r: "ok" if r.is_entitled else "quiet",
    ),
    table.money(N_("Amount"), lambda r: r.fen or None, bold=True),
    Column(
        N_("State"),
        lambda r: _(STATE_NAMES[r.state]) if r.state else None,
        chip=lambda r: STATE_TONES.get(r.state),
    ),
    Column(N_("Why"), lambda r: r.why, tip=lambda r: r.why, stretch=True),
)
ONLY_ENTRY = {LINES[3].title}


class ClaimList(LiveView):
    """Lists who may claim what; claims are drafted, handed in, received.

    `member_wanted` carries somebody whose file shall open, and at which leaf.
    """

    SHOWS = frozenset(
        {
            *("staff_member", "staff_post", "post", "certificate", "certificate_kind"),
            *("allowance_claim", "staff_rule"),
        }
    )
    told = Signal(str)
    member_wanted = Signal(int, str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._hand = hand
        self._allowances: Allowances = hand.services.allowances
        self.which = Pick({POST: _("Post allowance"), ENTRY: _("Entry bonus")})
        self.which.setAccessibleName(_("Which allowance"))
        self.month = Turner(months_after(hand.today().replace(day=1), -1))
        self.bar = Bar(self.which, self.month)
        self.draft = self.bar.add_button(_("Draft the claims"), "plus", "Ctrl+Shift+D")
        self.claim = self.bar.add_button(_("Handed in"), "check", "Ctrl+Shift+H")
        self.receive = self.bar.add_button(_("Money came"), "fees", "Ctrl+Shift+R")
        self.back = self.bar.add_button(_("One step back"), "undo")
        self.save = self.bar.add_button(_("Save as a workbook"), "save")
        self.source = QLabel()
        self.source.setWordWrap(True)
        theme.mark(self.source, "note")
        self.view = TableView(
            TableModel(LINES, lambda r: (r.staff_id, r.kind, r.month)),
            "staff.claims",
            N_("Allowances"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        column.addWidget(self.source)
        lead(self, self.view)

        may_change = hand.may(Right.CHANGE_PAY)
        for each in (self.draft, self.claim, self.receive, self.back):
            each.setVisible(may_change)
        self.draft.setEnabled(False)
        self.which.set_code(POST)
        self.which.chosen.connect(self._turn)
        self.month.turned.connect(self.refresh)
        self.draft.clicked.connect(self._draft)
        self.claim.clicked.connect(self._ask_claim)
        self.receive.clicked.connect(self._ask_receipt)
        self.back.clicked.connect(self._ask_back)
        self.save.clicked.connect(self.view.save)
        self.view.selectionModel().selectionChanged.connect(self._offer)
        self.view.opened.connect(self._open)

    def refresh(self) -> None:
        """Read again who may claim what."""
        is_post = self.which.code() == POST
        day = self.month.first if is_post else self._hand.today()
        read = _read_month if is_post else _read_bonuses
        self._hand.jobs.run_last(self, self._show, read, self._allowances, day)

    def _turn(self) -> None:
        is_post = self.which.code() == POST
        self.month.setVisible(is_post)
        self.view.columns.leave_out(ONLY_ENTRY if is_post else ())
        self.refresh()

    def _show(self, read: Read) -> None:
        lines, rule = read
        self.view.columns.leave_out(ONLY_ENTRY if self.which.code() == POST else ())
        self.view.table.set_rows(lines)
        part = rule.post if self.which.code() == POST else rule.entry
        self.source.setText(part.note)
        entitled = [line for line in lines if line.is_entitled]
        total = sum(line.fen for line in entitled)
        text = _("{count} may claim {total}")
        said = text.format(count=len(entitled), total=show_money(total))
        self.bar.note.setText(said)
        self.view.set_empty(_("Nobody works in front-line care."))
        fresh = [line for line in entitled if not line.claim_id]
        self.draft.setEnabled(bool(fresh))
        self._offer()

    def _offer(self, *_selection: object) -> None:
        """Let only be done what fits the selected claims."""
        states = {line.state for line in self._chosen()}
        self.claim.setEnabled(states == {"drafted"})
        self.receive.setEnabled(states == {"claimed"})
        self.back.setEnabled(bool(states) and states <= {"claimed", "received"})

    def _chosen(self) -> list[AllowanceLine]:
        return [line for line in self.view.selected_rows() if line.claim_id]

    def _draft(self) -> None:
        is_post = self.which.code() == POST
        allowances, day = self._allowances, self._hand.today()
        call = allowances.draft_month if is_post else allowances.draft_bonuses
        self._run(self._say_drafted, call, self.month.first if is_post else day)

    def _say_drafted(self, count: int) -> None:
        text = _("{count} {count:claim is|claims are} on the list now.")
        self.told.emit(text.format(count=count))

    def _ask_claim(self) -> None:
        title = _("When were these {count} {count:claim|claims} handed in?")
        blame = (rules.NotDrafted,)
        self._ask_day(title, self._allowances.mark_claimed, blame, "claimed")

    def _ask_receipt(self) -> None:
        title = _("When did the money of {count} {count:claim|claims} come?")
        blame = (rules.NotClaimed, rules.ReceivedTooEarly)
        self._ask_day(title, self._allowances.mark_received, blame, "received")

    def _ask_day(
        self,
        title: str,
        call: Callable[..., object],
        blame: tuple[type[rules.NotDrafted] | Any, ...],
        draft: str,
    ) -> None:
        numbers = tuple(line.claim_id for line in self._chosen())
        today = self._hand.today()
        form = Form()
        form.add("day", DateField(_("Day"), today, sense=Sense.PAST), blame=blame)
        form.set_values({"day": today})

        def deed(values: dict[str, Any]) -> "partial[Any]":
            return partial(call, numbers, values["day"])

        told = title.format(count=len(numbers))
        jobs, name = self._hand.jobs, f"claims-{draft}"
        dialog = DeedDialog(told, form, _("Save"), jobs, deed, self, name)
        dialog.accepted.connect(lambda: self.told.emit(_("Noted.")))
        dialog.open()

    def _ask_back(self) -> None:
        chosen = self._chosen()
        point = _("{name}: {state}")
        points = [
            point.format(name=line.name, state=_(STATE_NAMES[line.state]))
            for line in chosen[:5]
        ]
        numbers = tuple(line.claim_id for line in chosen)
        do = partial(self._run, self._say_back, self._allowances.take_back, numbers)
        title = _("Take the last step of {count} {count:claim|claims} back?")
        dialogs.confirm(
            self, title.format(count=len(chosen)), points, _("One step back"), do
        )

    def _say_back(self, _done: object) -> None:
        self.told.emit(_("Taken back by one step."))

    def _run(
        self, then: Callable[..., object], call: Callable[..., object], *values: object
    ) -> None:
        self._hand.jobs.run(self, then, call, *values, failed=self._fail)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def _open(self, line: AllowanceLine) -> None:
        self.member_wanted.emit(line.staff_id, _("Certificates"))


def _read_month(allowances: Allowances, first: date) -> Read:
    return allowances.month(first), allowances.rule()


def _read_bonuses(allowances: Allowances, day: date) -> Read:
    return allowances.bonuses(day), allowances.rule()
