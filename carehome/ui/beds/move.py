"""Moving a resident: who, where to, from when, and what follows from it."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError, Refusal
from carehome.i18n import N_, _
from carehome.rules.days import Sense
from carehome.rules.residents import SEX_NAMES, check_happened
from carehome.services.beds import Beds, MovePreview
from carehome.services.consequences import Consequences, FeeChange
from carehome.services.residents import IN_HOUSE
from carehome.ui.beds.faces import kind_of, state_word
from carehome.ui.beds.house import EMPTY, House, Spot, can_take
from carehome.ui.kit import cards, theme
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.page import scrolling
from carehome.ui.parts import ability
from carehome.ui.parts.fee_change import facts_of, warnings_of
from carehome.ui.parts.resident_field import ResidentField

TITLE = N_("Move to another bed")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a move would mean; without fees where it is forbidden or has no price."""

    preview: MovePreview
    fees: FeeChange | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Who has been moved where."""

    name: str
    bed: str
    bed_id: int


class MovePanel(QWidget):
    """Asks who moves where and shows what follows; confirmed, it moves them.

    `changed` goes out when who or where changes, `moved` with a Moved when it is
    done, `dismissed` when the person lets it be.
    """

    changed = Signal()
    moved = Signal(object)
    dismissed = Signal()

    def __init__(
        self,
        beds: Beds,
        consequences: Consequences,
        jobs: Jobs,
        house: House,
        today: date,
    ) -> None:
        super().__init__()
        self._beds = beds
        self._consequences = consequences
        self._jobs = jobs
        self._house = house
        self._asked: tuple[int, int, date] | None = None
        self._outlook: Outlook | None = None
        self._goes_on = False
        self._offered_to: int | None = None
        self.form = Form()
        self.who = self.form.add("who", ResidentField(_("Resident"), whom=IN_HOUSE))
        self.where = self.form.add("where", ChoiceField(_("New bed"), {}))
        check = partial(check_happened, today=today)
        day = DateField(_("Day of the move"), today, check=check, sense=Sense.PAST)
        self.day = self.form.add("day", day)
        reason = TextField(_("Moved because"), needed=False, most=100)
        self.reason = self.form.add("reason", reason)
        self.hint = QLabel()
        self.outcome = cards.Consequences(_("What changes"), _("Confirm the move"))

        self._arrange()
        self.day.set_value(today)
        self.set_house(house)
        self.form.changed.connect(self._look)
        self.form.submitted.connect(self._go_on)
        self.outcome.confirmed.connect(self._move)
        self.outcome.dismissed.connect(self.dismissed)
        self._look()

    def set_house(self, house: House) -> None:
        """Take in what has changed in the house meanwhile."""
        self._house, self._asked = house, None
        self.who.set_index(house.people)
        self._offer_beds(self.where.value())
        self._look()

    def choose(self, resident_id: int | None, bed_id: int | None) -> None:
        """Begin with somebody, or with a bed; the other one is still to be chosen."""
        self.who.set_value(resident_id)
        self._offer_beds(bed_id)
        (self.who if resident_id is None else self.where).focus()

    def aim(self, bed_id: int) -> None:
        """Take a bed chosen on the board, and lead on to the confirmation."""
        self._goes_on = True
        self._asked = None
        self._offer_beds(bed_id)
        self._look()

    @property
    def mover(self) -> Spot | None:
        """The bed of who shall move."""
        who = self.who.value()
        return self._house.spot_of(who) if who is not None else None

    @property
    def target(self) -> int | None:
        """The bed to move to."""
        bed_id: int | None = self.where.value()
        return bed_id

    @property
    def is_refused(self) -> bool:
        """Say whether something forbids the move as it stands."""
        return bool(self._asked and self.outcome.obstacle.text())

    def fitting(self) -> frozenset[int] | None:
        """Return the beds that could take who moves; None while nobody is chosen."""
        who = self.who.chosen
        if who is None:
            return None
        own = self.mover
        return frozenset(
            spot.bed.bed_id
            for spot in self._house.spots()
            if spot == own or can_take(spot, who.resident_id, who.sex)
        )

    def _offer_beds(self, bed_id: int | None) -> None:
        """Offer the beds that fit, and the one that was chosen on the board."""
        self._offered_to = self.who.value()
        fitting, own = self.fitting(), self.mover
        if fitting is None:
            empty = (s.bed for s in self._house.spots() if s.bed.state in EMPTY)
            fitting = frozenset(bed.bed_id for bed in empty)
        offered = fitting - ({own.bed.bed_id} if own else set()) | {bed_id}
        self.where.set_choices(
            {
                spot.bed.bed_id: _describe(spot)
                for spot in self._house.spots()
                if spot.bed.bed_id in offered
            }
        )
        self.where.set_value(bed_id)

    def _look(self) -> None:
        """Ask what the move would mean, once all is chosen."""
        values = self.form.values()
        if values["who"] != self._offered_to:
            self._offer_beds(values["where"])
        self.changed.emit()
        asked = (values["who"], values["where"], values["day"])
        if None in asked or self.form.reason():
            self._asked = None
            self._wait()
            return
        if asked != self._asked:
            self._asked = asked
            self._goes_on = self._goes_on or self.outcome.confirm.hasFocus()
            self.outcome.set_obstacle("")
            self.outcome.confirm.setEnabled(False)
            self._jobs.run_last(
                self,
                self._show,
                look_ahead,
                self._beds,
                self._consequences,
                *asked,
                failed=self._refuse,
            )

    def _wait(self) -> None:
        """Say what is still to be chosen."""
        self.outcome.hide()
        if self.who.value() is None:
            text = _("Choose who moves: type a name, pinyin or bed.")
        elif self.where.value() is None:
            text = _(
                "Choose a bed: click it on the board, or walk there with the arrow "
                "keys and press Enter. Beds that fit stay bright."
            )
        else:
            text = self.form.reason()
        self.hint.setText(text)
        self.hint.show()

    def _show(self, outlook: Outlook) -> None:
        if self._asked is None:
            return
        self._outlook = outlook
        preview = outlook.preview
        self.hint.hide()
        obstacle = preview.obstacle
        facts = facts_of(outlook.fees) if outlook.fees else []
        warnings = [] if obstacle else _warnings(outlook)
        spot = self._house.spot(preview.to_bed_id)
        kind = kind_of(spot.bed) if spot else preview.to_class
        self.outcome.show_deed(_subject(preview, kind), facts, warnings)
        self.outcome.set_obstacle(obstacle.message if obstacle else "")
        self.outcome.show()
        self.changed.emit()
        if self._goes_on and not obstacle:
            self._lead_on()
        self._goes_on = False

    def _go_on(self, _values: object) -> None:
        """Enter in a field leads to the confirmation."""
        if self.outcome.confirm.isEnabled() and self.outcome.isVisible():
            self._lead_on()
        else:
            self._goes_on = True

    def _lead_on(self) -> None:
        """Put the cursor on the confirmation, and bring it into sight."""
        self.outcome.confirm.setFocus()
        QTimer.singleShot(0, self, self._reveal)  # once it is laid out

    def _reveal(self) -> None:
        self._scroll.ensureWidgetVisible(self.outcome.confirm)

    def _move(self) -> None:
        assert self._asked
        self.outcome.confirm.setEnabled(False)
        told = (*self._asked, self.reason.value() or "")
        move = self._beds.move
        self._jobs.run(self, self._done, move, *told, failed=self._refuse)

    def _done(self, _answer: object) -> None:
        assert self._outlook
        preview = self._outlook.preview
        self.moved.emit(Moved(preview.name, preview.to_bed, preview.to_bed_id))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        self.outcome.set_obstacle(error.message)
        self.outcome.show()

    def _arrange(self) -> None:
        self.hint.setWordWrap(True)
        theme.mark(self.hint, "note")
        theme.mark(self.outcome, "")
        outcome = self.outcome.layout()
        assert outcome
        outcome.setContentsMargins(0, theme.px(6), 0, 0)
        inner = QWidget()
        within = QVBoxLayout(inner)
        within.setContentsMargins(0, 0, theme.px(4), 0)
        within.setSpacing(theme.px(12))
        within.addWidget(self.form)
        within.addWidget(self.hint)
        within.addWidget(self.outcome)
        within.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolling(inner)
        column.addWidget(self._scroll)


def look_ahead(
    beds: Beds,
    consequences: Consequences,
    resident_id: int,
    bed_id: int,
    day: date,
) -> Outlook:
    """Ask what a move would mean, and what it would cost if it is allowed."""
    preview = beds.preview_move(resident_id, bed_id, day)
    if preview.obstacle:
        return Outlook(preview)
    try:
        return Outlook(preview, consequences.of_bed(resident_id, bed_id, day))
    except Refusal as refusal:  # a price is lacking: that stops bills, not moves
        return Outlook(preview, trouble=refusal.message)


def _describe(spot: Spot) -> str:
    return "  ".join((spot.bed.bed, state_word(spot.bed), kind_of(spot.bed)))


def _subject(preview: MovePreview, kind: str) -> str:
    age = "" if preview.age is None else f" {preview.age}"
    who = f"{_(SEX_NAMES[preview.sex])}{age}"
    level = ability.word(preview.ability_level)
    return _("<b>{name}</b>  {who}  {ability}<br>{old} → <b>{new}</b> ({kind})").format(
        name=escape(preview.name),
        who=escape(who),
        ability=escape(level),
        old=escape(preview.from_bed),
        new=escape(preview.to_bed),
        kind=escape(kind),
    )


def _warnings(outlook: Outlook) -> list[str]:
    preview, fees = outlook.preview, outlook.fees
    warnings = [concern.message for concern in preview.concerns]
    if preview.replaced:
        text = _("The later move to {beds} is replaced by this one.")
        warnings.append(text.format(beds=_(", ").join(preview.replaced)))
    if fees:
        warnings += warnings_of(fees)
    if outlook.trouble:
        warnings.append(outlook.trouble)
    return warnings
