"""How a price list stands, in words and colours, and what can be done with it."""

from dataclasses import dataclass
from datetime import date

from carehome.i18n import _, say_month, show_day, show_moment
from carehome.rules.periods import months_after
from carehome.rules.prices.approval import LIST_STATE_NAMES, ListState
from carehome.services.prices import PriceSheet, Version

_TONES = {
    ListState.DRAFT: "quiet",
    ListState.SUBMITTED: "warn",
    ListState.REPLACED: "quiet",
    ListState.TAKEN_BACK: "quiet",
}


def say_corrected(first: date | None, posted: date | None) -> str:
    """Say which months a list corrects that begins on a day; empty for none.

    `posted` is the last posted month.
    """
    if first is None or posted is None or first >= months_after(posted, 1):
        return ""
    text = _(
        "Bills are posted up to {month}. This price list begins before that, so "
        "differences since {day} are corrected in the next bill."
    )
    return text.format(month=say_month(posted), day=first.isoformat())


@dataclass(frozen=True, slots=True)
class Shown:
    """A price list and where it stands in time."""

    version: Version
    is_in_force: bool
    today: date

    @property
    def sheet(self) -> PriceSheet:
        """The list itself."""
        return self.version.sheet

    @property
    def state(self) -> str:
        """Say how far it has come, and whether it holds today."""
        if not self.version.counts:
            return _(LIST_STATE_NAMES[self.version.state])
        if self.is_in_force:
            return _("In force")
        return _("To come") if self.sheet.starts > self.today else _("Past")

    @property
    def tone(self) -> str:
        """The colour of the state."""
        if not self.version.counts:
            return _TONES[self.version.state]
        if self.is_in_force:
            return "ok"
        return "info" if self.sheet.starts > self.today else "quiet"

    @property
    def may_be_corrected(self) -> bool:
        """Say whether a new list can take its place."""
        return self.version.counts

    @property
    def may_be_taken_back(self) -> bool:
        """Say whether no bill was posted by it."""
        return self.version.counts and not self.version.is_billed


def say_history(version: Version) -> str:
    """Say who wrote it, who approved it and when, and why it came back."""
    said = []
    if version.writer:
        said.append(_("Written by {name}").format(name=version.writer))
    if version.submitted_at and version.state is ListState.SUBMITTED:
        at = show_moment(version.submitted_at.astimezone())
        said.append(_("submitted {moment}").format(moment=at))
    if version.decider and version.decided_at:
        day = show_day(version.decided_at.astimezone().date())
        text = _("approved by {name} on {day}")
        if version.is_alone:
            text = _("approved alone by {name} on {day}")
        said.append(text.format(name=version.decider, day=day))
    elif version.counts:
        said.append(_("from before approvals were noted"))
    line = _(", ").join(said)
    if version.answer:
        reason = _("Reason: {reason}").format(reason=version.answer)
        line = f"{line}\n{reason}" if line else reason
    return line
