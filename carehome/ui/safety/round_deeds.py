"""The dialogs of rounds: finishing one, entering a sheet of paper, signing, voiding."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.rosters.kinds import BadTime, read_time
from carehome.rules.safety.rounds import ClockBehind
from carehome.services.safety.rounds import RoundLine, Rounds
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.safety.hand import Hand

DAY = timedelta(days=1)


class FinishDialog(DeedDialog):
    """Asks who made the round that was filled in on the way."""

    def __init__(
        self, line: RoundLine, failed: int, rounds: Rounds, hand: Hand, parent: QWidget
    ) -> None:
        form = Form()
        patroller = form.add("patroller", TextField(_("Round made by")))
        patroller.set_value(hand.user.name)
        form.add("note", NoteField(_("Remark"), lines=2))
        super().__init__(
            _("Finish the round"),
            form,
            _("Finish the round"),
            hand.jobs,
            lambda values: partial(
                rounds.finish,
                line.round_id,
                values["patroller"],
                values["note"] or "",
            ),
            parent,
            f"round-finish:{line.round_id}",
        )
        _tell_consequences(self, failed)


class LateDialog(DeedDialog):
    """Asks for both times of a round that was made on paper."""

    def __init__(
        self, line: RoundLine, failed: int, rounds: Rounds, hand: Hand, parent: QWidget
    ) -> None:
        super().__init__(
            _("Enter from a sheet of paper"),
            _late_form(line, hand),
            _("Finish the round"),
            hand.jobs,
            lambda values: partial(
                rounds.finish_late,
                line.round_id,
                values["patroller"],
                *read_times(values),
                values["note"] or "",
            ),
            parent,
            f"round-late:{line.round_id}",
        )
        now = hand.clock()
        text = _("The sheet shows both times: when it was made, and now ({time}).")
        _tell(self, text.format(time=f"{now:%H:%M}"))
        _tell_consequences(self, failed)


class VoidDialog(DeedDialog):
    """Asks why a round counts for nothing; it stays in the list."""

    def __init__(
        self, line: RoundLine, rounds: Rounds, hand: Hand, parent: QWidget
    ) -> None:
        form = Form()
        form.add("why", NoteField(_("Reason"), needed=True))
        super().__init__(
            _("Make the round void"),
            form,
            _("Make void"),
            hand.jobs,
            lambda values: partial(rounds.void, line.round_id, values["why"]),
            parent,
            f"round-void:{line.round_id}",
        )
        _tell(self, _("It stays in the list, but its time counts as missed."))


class ExtraDialog(DeedDialog):
    """Asks which form is filled in beyond the plan, and where."""

    def __init__(
        self,
        forms: Mapping[int, str],
        places: Mapping[int, str],
        rounds: Rounds,
        hand: Hand,
        parent: QWidget,
    ) -> None:
        form = Form()
        form.add("form_id", ChoiceField(_("Checklist"), dict(forms)))
        form.add("place_id", ChoiceField(_("Place"), dict(places)))
        super().__init__(
            _("A round beyond the plan"),
            form,
            _("Begin"),
            hand.jobs,
            lambda values: partial(
                rounds.start_extra, values["form_id"], values["place_id"]
            ),
            parent,
            "round-extra",
        )


def confirm_signing(
    parent: QWidget, lines: Sequence[RoundLine], do: Callable[[], None]
) -> None:
    """Ask before rounds are signed; those that look odd are counted."""
    odd = sum(line.is_suspicious for line in lines)
    failed = sum(line.failed for line in lines)
    text = _("{count} {count:round|rounds}, {failed} failed items")
    points = [text.format(count=len(lines), failed=failed)]
    if odd:
        text = _("{count} of them {count:looks|look} odd. Ask before you sign.")
        points.append(text.format(count=odd))
    dialogs.confirm(parent, _("Sign as supervisor"), points, _("Sign off"), do)


def confirm_discarding(parent: QWidget, do: Callable[[], None]) -> None:
    """Ask before a sheet that is under way is put away."""
    points = [_("What was answered on it is gone, and the round is due as before.")]
    title = _("Put the sheet away")
    dialogs.confirm(parent, title, points, _("Put it away"), do, "danger")


def confirm_early(parent: QWidget, opens: datetime, do: Callable[[], None]) -> None:
    """Ask before a round is begun ahead of its time."""
    text = _("It is due from {time} on. Made before, it is marked as made too early.")
    points = [text.format(time=f"{opens:%H:%M}")]
    dialogs.confirm(parent, _("Begin ahead of time"), points, _("Begin"), do)


def read_times(values: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Return both times of a sheet; an end before the beginning is the next day."""
    start, end = (_clock(values[name]) for name in ("started", "ended"))
    began = datetime.combine(values["day"], start)
    ended = datetime.combine(values["day"], end)
    return began, ended + DAY if ended < began else ended


def _clock(typed: str) -> time:
    hours, minutes = divmod(read_time(typed), 60)
    return time(hours, minutes)


def _late_form(line: RoundLine, hand: Hand) -> Form:
    form = Form(columns=2)
    form.add("patroller", TextField(_("Round made by")))
    today = hand.today()
    made_on = DateField(_("Day of the round"), today, sense=Sense.PAST)
    day = form.add("day", made_on, blame=(ClockBehind,))
    day.set_value(line.due.opens.date() if line.due else today)
    for name, title in (("started", _("Begun at")), ("ended", _("Ended at"))):
        hint = _("Such as 14:05")
        field = TextField(title, check=read_time, most=5, hint=hint)
        form.add(name, field, blame=(BadTime,))
    form.add("note", NoteField(_("Remark"), lines=2), wide=True)
    return form


def _tell_consequences(dialog: DeedDialog, failed: int) -> None:
    if failed:
        text = _("{count} failed {count:item opens a hazard|items open hazards}.")
        _tell(dialog, text.format(count=failed))


def _tell(dialog: DeedDialog, text: str) -> None:
    told = QLabel(text)
    told.setWordWrap(True)
    theme.mark(told, "note")
    dialog.body.addWidget(told)
