"""Posting a month: what follows from it, and the director's word where it is due."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from carehome.i18n import _, say_month, show_money
from carehome.rules.billing.adjustments import Standing
from carehome.rules.periods import month_of
from carehome.services.billing import Trial
from carehome.ui.fees.trial_pane import Review
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.forms import Form

MOST = 6  # old corrections that are named one by one


class PostDialog(FormDialog):
    """Asks once more before a month is posted; names what stays out of it.

    `chosen` goes out when it shall be posted.
    """

    def __init__(self, review: Review, today: date, parent: QWidget) -> None:
        trial = review.trial
        title = _("Post {month}").format(month=say_month(trial.month))
        draft = f"post:{trial.month}"
        super().__init__(title, Form(), _("Post the bills"), parent, draft)
        for at, text in enumerate(_consequences(review, today)):
            self.body.insertLayout(at, _point(text))
        if trial.to_confirm:
            self.body.insertWidget(self.body.count() - 1, _waiting(trial))
        self.form.hide()
        self.primary.setFocus()


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
    if trial.to_confirm:
        text = _(
            "{count} {count:correction of a month|corrections of months} long past "
            "{count:waits|wait} for the director, {count:stays|stay} out of these "
            "bills, and {count:is|are} listed again next month."
        )
        texts.append(text.format(count=trial.to_confirm))
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


def _waiting(trial: Trial) -> QWidget:
    """List the corrections that wait for the director and stay out."""
    old = [x for x in trial.late if x.correction.standing is Standing.WAITING]
    shown = old[:MOST]
    facts = [
        Fact(
            _("{resident}, correction of {month}").format(
                resident=each.resident, month=f"{each.correction.month:%Y-%m}"
            ),
            show_money(each.correction.fen),
        )
        for each in shown
    ]
    if len(old) > MOST:
        rest = show_money(sum(each.correction.fen for each in old[MOST:]))
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
