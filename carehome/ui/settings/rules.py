"""The fee rules of the home: those in force, those after them, and their change."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import N_, _, say_day, show_day, show_money
from carehome.rules.days import Sense
from carehome.rules.rights import Right, User
from carehome.rules.rulebook import (
    ReasonMissing,
    RuleBook,
    RulesBehind,
    RulesTooEarly,
    SameRules,
)
from carehome.rules.rulepacks import (
    STANDING_NAMES,
    RulePack,
    Source,
    Standing,
    read_packs,
)
from carehome.rules.rulepacks_said import rules_of
from carehome.services.deposits import OverHeldDeposit
from carehome.services.deposits.fee_rules import FeeRules, RuleEffect
from carehome.ui.kit import dialogs, table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import DeedDialog

TONES: dict[Standing, str] = {"in force": "ok", "draft": "warn", "ours": "quiet"}
WIDE, LIST_HEIGHT = 600, 170
OVER: tuple[Column[OverHeldDeposit], ...] = (
    Column(N_("Name"), lambda row: row.standing.resident, bold=True),
    table.money(N_("Held"), lambda row: row.standing.held),
    table.money(N_("At most"), lambda row: row.standing.cap),
    table.money(N_("To be given back"), lambda row: row.standing.excess, bold=True),
    table.day(N_("Refund by"), lambda row: row.refund_by),
)


class RulesCard(LiveView):
    """The rules of today with their sources, those before and after, and the deeds."""

    SHOWS = frozenset({"home", "rule_choice"})
    told = Signal(str)

    def __init__(
        self, fee_rules: FeeRules, user: User, jobs: Jobs, today: date
    ) -> None:
        super().__init__(jobs)
        self._rules_of_home = fee_rules
        self._jobs = jobs
        self._today = today
        self._book: RuleBook | None = None
        self.name = QLabel()
        self.standing = Tag("")
        self.remark, self.history = QLabel(), QLabel()
        self.change = button(_("Change the rules"))
        self.withdraw = button(_("Withdraw what is chosen"), kind="small")
        self._rules = QVBoxLayout()
        self._dress(user.may(Right.CHANGE_HOME))

        self.change.clicked.connect(self._ask_change)
        self.withdraw.clicked.connect(self._ask_withdrawal)

    def refresh(self) -> None:
        self._jobs.run_last(self, self._show, self._rules_of_home.rulebook)

    def _show(self, book: RuleBook) -> None:
        self._book = book
        self._show_pack(book.on(self._today))
        self.history.setText("\n".join(_say_history(book)))
        self.history.setVisible(bool(book.choices))
        last = book.choices[-1] if book.choices else None
        self.withdraw.setEnabled(last is not None and last.starts > self._today)

    def _show_pack(self, pack: RulePack) -> None:
        self.name.setText(pack.name)
        self.standing.setText(_(STANDING_NAMES[pack.standing]))
        self.standing.set_tone(TONES[pack.standing])
        self.remark.setText(pack.note)
        while item := self._rules.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if pack.effective_from:
            text = _("In force since {day}").format(day=show_day(pack.effective_from))
            self._rules.addWidget(_rule(text, None))
        for text, source in rules_of(pack):
            self._rules.addWidget(_rule(text, source))

    def _ask_change(self) -> None:
        dialog = RulesDialog(self._rules_of_home, self._jobs, self._today, self)
        dialog.accepted.connect(partial(self.told.emit, _("The rules are chosen.")))
        dialog.open()
        dialog.form.focus()

    def _ask_withdrawal(self) -> None:
        if self._book is None or not self._book.choices:
            return
        last = self._book.choices[-1]
        text = _("“{pack}” will not be followed from {day} on.")
        text = text.format(pack=last.pack.name, day=show_day(last.starts))
        undo = partial(
            self._jobs.run,
            self,
            self._withdrawn,
            self._rules_of_home.withdraw,
            last.choice_id,
        )
        title = _("Withdraw the choice of rules?")
        dialogs.confirm(self, title, [text], _("Withdraw the rules"), undo)

    def _withdrawn(self, _answer: object) -> None:
        self.told.emit(_("The choice is withdrawn."))

    def _dress(self, may_change: bool) -> None:
        theme.mark(self.name, "strong")
        for label in (self.remark, self.history):
            theme.mark(label, "note")
            label.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.standing)
        head.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.withdraw)
        foot.addStretch()
        foot.addWidget(self.change)
        for deed in (self.change, self.withdraw):
            if not may_change:
                deed.hide()
        self._rules.setSpacing(theme.px(12))
        card = Card(_("Fee rules"))
        card.body.setSpacing(theme.px(12))
        card.body.addLayout(head)
        card.body.addLayout(self._rules)
        card.add(self.remark)
        card.add(self.history)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


class RulesDialog(DeedDialog):
    """Asks for other rules from a day on, and shows at once what they do."""

    def __init__(
        self, fee_rules: FeeRules, jobs: Jobs, today: date, parent: QWidget
    ) -> None:
        self._fee_rules = fee_rules
        form = Form()
        packs = {code: pack.name for code, pack in read_packs().items()}
        form.add("pack", ChoiceField(_("Fee rules"), packs), blame=(SameRules,))
        day = DateField(_("Followed from"), today, sense=Sense.FUTURE)
        form.add("starts", day, blame=(RulesBehind, RulesTooEarly))
        hint = _("Such as the document and its number")
        form.add("reason", TextField(_("Reason"), hint=hint), blame=(ReasonMissing,))
        form.set_values({"starts": today})

        def deed(values: dict[str, Any]) -> partial[int]:
            what = (values["pack"], values["starts"], values["reason"])
            return partial(fee_rules.choose, *what)

        title = _("Follow other fee rules")
        super().__init__(title, form, _("Follow them"), jobs, deed, parent, "fee-rules")
        self.effect = QLabel()
        self.effect.setWordWrap(True)
        theme.mark(self.effect, "banner_info")
        self.over = TableView(
            TableModel(OVER, lambda row: row.standing.resident_id),
            "settings.rules.over",
            N_("Above the cap by the new rules"),
        )
        self.over.setFixedHeight(theme.px(LIST_HEIGHT))
        self.setMinimumWidth(theme.px(WIDE))
        self.over.hide()
        self.body.addWidget(self.effect)
        self.body.addWidget(self.over)
        self.effect.hide()
        form.changed.connect(self._look)

    def _look(self) -> None:
        """Reckon what the rules would do, as soon as both are known."""
        values = {name: field.value() for name, field in self.form.fields.items()}
        if values["pack"] and values["starts"]:
            what = (self._fee_rules.preview, values["pack"], values["starts"])
            self._jobs.run_last(self, self._show, *what)

    def _show(self, effect: RuleEffect) -> None:
        self.effect.setText(_say_effect(effect))
        self.effect.show()
        theme.mark(self.effect, "banner_info" if not effect.newly else "banner")
        self.over.table.set_rows(effect.after)
        self.over.setVisible(bool(effect.after))


def _say_effect(effect: RuleEffect) -> str:
    if not effect.has_cap:
        return _(
            "The sources give no cap in these rules: no deposit can be taken by them, "
            "and none is above a cap."
        )
    if not effect.after:
        return _("No deposit is above the cap by these rules.")
    text = _(
        "{count} {count:deposit is|deposits are} above the cap from that day on, {new} "
        "of them newly: {fen} to give back. Nothing is blocked."
    )
    return text.format(
        count=len(effect.after), new=len(effect.newly), fen=show_money(effect.excess)
    )


def _say_history(book: RuleBook) -> Sequence[str]:
    """Name the rules from the beginning on, each with its reason."""
    first = _("From the beginning: {pack}").format(pack=book.first.name)
    text = _("From {day} on: {pack} ({reason}; {who})")
    return [
        first,
        *(
            text.format(
                day=say_day(choice.starts),
                pack=choice.pack.name,
                reason=choice.reason,
                who=choice.decided_by,
            )
            for choice in book.choices
        ),
    ]


def _rule(text: str, source: Source | None) -> QWidget:
    """Lay out one rule over its source."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    rule = QLabel(text)
    rule.setWordWrap(True)
    column.addWidget(rule)
    if source:
        said = QLabel(source.document)
        said.setWordWrap(True)
        theme.mark(said, "hint")
        column.addWidget(said)
    return both
