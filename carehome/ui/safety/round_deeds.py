"""The dialogs of rounds: finishing one, entering a sheet of paper, signing, voiding."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import N_, _, show_moment
from carehome.rules.days import Sense
from carehome.rules.rosters.kinds import BadTime, read_time
from carehome.rules.safety.hazards import SEVERITY_NAMES
from carehome.rules.safety.rounds import ClockBehind, Limits, check_limit
from carehome.services.safety.hazards import Mark
from carehome.services.safety.rounds import RoundLine, Rounds
from carehome.services.safety.rounds.sheets import NoPatroller
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, NumberField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.name_field import NameField

DAY = timedelta(days=1)


class FinishDialog(DeedDialog):
    """Asks who made the round that was filled in on the way."""

    def __init__(
        self, line: RoundLine, failed: int, rounds: Rounds, hand: Hand, parent: QWidget
    ) -> None:
        form = Form()
        patroller = _add_patroller(form, hand, rounds)
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
            _late_form(line, rounds, hand),
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


class HazardsDialog(dialogs.ConfirmDialog):
    """Names the hazards that a round opened, and leads to the first one."""

    def __init__(self, hazards: Sequence[Mark], parent: QWidget) -> None:
        text = _("Hazard {number}: {severity}, to be put right by {moment}")
        points = [
            text.format(
                number=each.number,
                severity=_(SEVERITY_NAMES[each.severity]),
                moment=show_moment(each.due_at.astimezone()),
            )
            for each in hazards
        ]
        title = _(
            "The round is finished, {count} {count:hazard was|hazards were} opened"
        )
        do = _("Go to the hazards")
        super().__init__(title.format(count=len(hazards)), points, do, parent)
        self.cancel.setText(_("Back to all rounds"))


class OddDialog(DeedDialog):
    """Asks what counts as odd in this home."""

    def __init__(
        self, limits: Limits, rounds: Rounds, hand: Hand, parent: QWidget
    ) -> None:
        form = Form(columns=2)
        for name, title in _ODD.items():
            field = NumberField(_(title), check=partial(check_limit, name))
            form.add(name, field)
            field.set_value(getattr(limits, name))
        super().__init__(
            _("What counts as odd"),
            form,
            _("Save"),
            hand.jobs,
            lambda values: partial(rounds.set_limits, Limits(**values)),
            parent,
            "round-limits",
        )
        _tell(self, _(_OURS))


_ODD = {
    "haste_seconds": N_("Answered too fast, seconds"),
    "few_items": N_("Answered fast by anybody, items"),
    "afterwards_minutes": N_("Entered afterwards, minutes"),
    "apart_minutes": N_("Too far apart at night, minutes"),
    "in_a_row": N_("Without a finding, rounds in a row"),
}
_OURS = N_(
    "No law or standard gives these figures: they are ours, and the home may set its "
    "own. All rounds are judged by them, also those of the past."
)


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


def _add_patroller(form: Form, hand: Hand, rounds: Rounds) -> NameField:
    """Ask who went round: who is on duty is offered first, any name can be typed."""
    hint = _("Choose with the arrows or type. Another person signs as supervisor.")
    field = NameField(_("Round made by"), hint=hint)
    form.add("patroller", field, wide=True, blame=(NoPatroller,))
    hand.jobs.run(form, field.offer, rounds.people, hand.today())
    return field


def _late_form(line: RoundLine, rounds: Rounds, hand: Hand) -> Form:
    form = Form(columns=2)
    _add_patroller(form, hand, rounds)
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
