"""Posting a month: what follows from it, and the director's word where it is due."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import _, say_month, show_money
from carehome.rules.billing.lines import Line
from carehome.rules.periods import month_of
from carehome.services.accounts import (
    Approval,
    MayNotApprove,
    SamePerson,
    WrongApproval,
)
from carehome.services.billing import OldFacts, Trial
from carehome.ui.fees.trial_pane import Review
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import CheckField, SecretField, TextField
from carehome.ui.kit.forms import Form

MOST = 6  # old corrections that are named one by one


class PostDialog(FormDialog):
    """Asks once more before a month is posted.

    With old corrections the director ticks that they are right, or signs beside
    whoever posts. `chosen` goes out when it shall be posted.
    """

    def __init__(
        self, review: Review, may_confirm: bool, today: date, parent: QWidget
    ) -> None:
        trial = review.trial
        form = Form()
        if trial.to_confirm and may_confirm:
            sentence = _("I have looked at these corrections and confirm them.")
            tick = Confirmation(_("Confirmation"), sentence)
            form.add("confirmed", tick, blame=(OldFacts,))
        elif trial.to_confirm:
            signs = TextField(_("Director's sign-in name"))
            form.add("sign_in", signs, blame=(SamePerson, MayNotApprove))
            word = SecretField(_("Director's password"))
            form.add("password", word, blame=(WrongApproval,))
        title = _("Post {month}").format(month=say_month(trial.month))
        draft = f"post:{trial.month}"
        super().__init__(title, form, _("Post the bills"), parent, draft)
        for at, text in enumerate(_consequences(review, today)):
            self.body.insertLayout(at, _point(text))
        if trial.to_confirm:
            self.body.insertWidget(self.body.count() - 1, _old_facts(trial))
        form.setVisible(bool(form.fields))
        if not form.fields:
            self.primary.setFocus()


class Confirmation(CheckField):
    """A tick without which nothing goes on."""

    def read(self) -> bool | None:
        return True if self.input.isChecked() else None

    def is_missing(self) -> bool:
        return not self.input.isChecked()


def approval_of(values: dict[str, Any]) -> Approval | None:
    """Return the director's signature, if one was asked for."""
    if "sign_in" not in values:
        return None
    return Approval(values["sign_in"], values["password"])


def _consequences(review: Review, today: date) -> list[str]:
    trial = review.trial
    first, last = number_span(trial)
    texts = [
        _(
            "{count} {count:bill|bills}, {total} in all, numbers {first} to {last}."
        ).format(
            count=len(trial.bills),
            total=show_money(review.total),
            first=first,
            last=last,
        ),
        _("What residents have prepaid settles these bills at once."),
        _(
            "It cannot be undone or changed afterwards. What turns out later is "
            "corrected in the next bill."
        ),
    ]
    end = month_of(trial.month).end
    if end is not None and end > today:
        text = _("{month} is not over yet: what still happens in it comes next month.")
        texts.append(text.format(month=say_month(trial.month)))
    return texts


def number_span(trial: Trial) -> tuple[str, str]:
    """Return the first and the last number that the bills will bear."""
    year, first = trial.month.year, trial.first_number
    last = first + max(len(trial.bills) - 1, 0)
    return f"{year}-{first:06d}", f"{year}-{last:06d}"


def _old_facts(trial: Trial) -> QWidget:
    """List the corrections that reach far back."""
    old = [(bill.resident, line) for bill in trial.bills for line in bill.to_confirm]
    shown: Sequence[tuple[str, Line]] = old[:MOST]
    facts = [
        Fact(
            _("{resident}, {month}: {item}").format(
                resident=name, month=f"{line.for_month:%Y-%m}", item=line.item_name
            ),
            show_money(line.amount_fen),
        )
        for name, line in shown
    ]
    if len(old) > MOST:
        rest = show_money(sum(line.amount_fen for _name, line in old[MOST:]))
        facts.append(Fact(_("{count} more").format(count=len(old) - MOST), rest))
    return Facts(facts)


def _point(text: str) -> QHBoxLayout:
    dot, line = QLabel("•"), QLabel(text)
    line.setWordWrap(True)
    theme.mark(dot, "note")
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addWidget(dot, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(line, 1)
    return row
