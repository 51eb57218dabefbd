"""One hazard beside the list: its facts, its pictures, its history, what comes next."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from carehome.i18n import _, show_moment
from carehome.rules.rights import Right
from carehome.rules.safety.hazards import (
    ORIGIN_NAMES,
    SEVERITY_NAMES,
    SEVERITY_TONES,
    STAGE_NAMES,
    STATE_NAMES,
    STATE_TONES,
    STEP_NAMES,
    Hazard,
    Signed,
    Stage,
    State,
    is_own,
)
from carehome.services.safety.hazards import HazardFile, Hazards
from carehome.services.safety.pictures import Picture, Pictures
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid
from carehome.ui.kit.chips import Tag
from carehome.ui.kit.flow import Flow
from carehome.ui.parts.hand import Hand
from carehome.ui.safety import hazard_deeds
from carehome.ui.safety.hazard_forms import Asked
from carehome.ui.safety.hazard_origins import way_to
from carehome.ui.safety.photo_thumb import small
from carehome.ui.safety.photo_viewer import Photo, PhotoViewer

THUMB = 112


class HazardPanel(QWidget):
    """Shows one hazard and offers the steps that this person may take now.

    `plan_wanted` goes out with a hazard whose plan is to be set, since that needs
    more than the panel knows; `wanted` names the tab and the thing that brought it to
    light; `told` says what was done.
    """

    told = Signal(str)
    plan_wanted = Signal(object)
    wanted = Signal(str, object)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand
        self._file: HazardFile | None = None
        self.tags = QWidget()
        self.item = QLabel()
        self.facts = FactGrid(columns=1, wraps=True)
        self.origin = button(_("See where it was found"), "right", kind="link")
        self.rectify = button(_("Report as put right"), "check", "Alt+R", "primary")
        self.check = button(_("It is put right"), "check", "Alt+R", "primary")
        self.close_it = button(_("Close and strike off"), "check", "Alt+R", "primary")
        self.back = button(_("Send it back"), "undo")
        self.plan = button(_("Measure and deadline"), "edit")
        self.own = QLabel(_("Somebody else re-checks and closes what you reported."))
        self.pictures = QWidget()
        self.compare = button(_("Before and after"), "grid", kind="small")
        self._photos: list[Photo] = []
        self.history = QLabel()
        self._arrange()
        self.plan.clicked.connect(self._ask_plan)
        self.origin.clicked.connect(self._go_to_origin)
        self.compare.clicked.connect(partial(self.look, 0, paired=True))
        asks: dict[QPushButton, Callable[..., hazard_deeds.HazardDialog]] = {
            self.rectify: hazard_deeds.rectify,
            self.check: hazard_deeds.pass_check,
            self.close_it: hazard_deeds.close,
            self.back: hazard_deeds.send_back,
        }
        for deed, ask in asks.items():
            deed.clicked.connect(partial(self._ask, ask))

    def show_hazard(self, hazard_id: int) -> None:
        """Read and show one hazard."""
        read = self._hand.service(Hazards).file
        self._hand.jobs.run_last(self, self.show_file, read, hazard_id)

    def show_file(self, file: HazardFile) -> None:
        """Show what was read."""
        self._file, hazard = file, file.hazard
        self.show()
        self._show_tags(hazard)
        self.item.setText(hazard.item)
        self.facts.show_facts(list(_facts(file)))
        self.origin.setVisible(way_to(hazard) is not None)
        self._offer(hazard)
        self.history.setText("\n".join(_lines(file)))
        ids = [each.picture_id for each in file.pictures]
        self._show_pictures({})
        if ids:
            read = self._hand.service(Pictures).pictures
            self._hand.jobs.run_last(self, self._show_pictures, read, ids)

    def _offer(self, hazard: Hazard) -> None:
        """Offer what is next on the way, as far as this person may do it."""
        may, state, user = self._hand.may, hazard.state, self._hand.user
        own = is_own(hazard, user.name, user.account_id)
        rounds, closes = may(Right.MAKE_ROUNDS), may(Right.CLOSE_HAZARDS)
        waits = state in (State.RECTIFIED, State.CHECKED)
        self.rectify.setVisible(state is State.OPEN and rounds)
        self.plan.setVisible(state is State.OPEN and may(Right.CHANGE_SAFETY))
        self.check.setVisible(state is State.RECTIFIED and rounds and not own)
        self.close_it.setVisible(state is State.CHECKED and closes and not own)
        self.back.setVisible(waits and rounds)
        self.own.setVisible(waits and own)

    def _ask(self, ask: Callable[..., hazard_deeds.HazardDialog]) -> None:
        if self._file is not None:
            self._open(ask(self._file.hazard, self._hand, self))

    def _ask_plan(self) -> None:
        if self._file is not None:
            self.plan_wanted.emit(self._file.hazard)

    def ask_plan(self, hazard: Hazard, asked: Asked) -> None:
        """Ask for measure, person and deadline, once people are known."""
        self._open(hazard_deeds.plan(hazard, asked, self._hand, self))

    def _open(self, dialog: hazard_deeds.HazardDialog) -> None:
        dialog.accepted.connect(self._tell)
        dialog.open()

    def _tell(self) -> None:
        if self._file is not None:
            text = _("Hazard {number}: saved.")
            self.told.emit(text.format(number=self._file.hazard.number))

    def _show_tags(self, hazard: Hazard) -> None:
        row = self.tags.layout()
        assert row, "it is laid out from the beginning"
        _empty(row)
        tags = [
            (SEVERITY_NAMES[hazard.severity], SEVERITY_TONES[hazard.severity]),
            (STATE_NAMES[hazard.state], STATE_TONES[hazard.state]),
        ]
        for name, tone in tags:
            row.addWidget(Tag(_(name), tone))
        if hazard.is_late:
            row.addWidget(Tag(_("Overdue"), "bad"))

    def look(self, at: int, paired: bool = False) -> None:
        """Show the photos large, from one of them on, or in pairs."""
        viewer = PhotoViewer(self._photos, at, self)
        viewer.pairs.setChecked(paired)
        viewer.open()

    def _go_to_origin(self) -> None:
        way = way_to(self._file.hazard) if self._file else None
        if way is not None:
            self.wanted.emit(*way)

    def _show_pictures(self, found: dict[int, Picture]) -> None:
        row = self.pictures.layout()
        assert row, "it is laid out from the beginning"
        _empty(row)
        known = self._file.pictures if self._file else ()
        shown = [each for each in known if each.picture_id in found]
        self._photos = [_photo(found[each.picture_id], each.stage) for each in shown]
        for at, each in enumerate(shown):
            row.addWidget(self._thumb(at, found[each.picture_id], each.stage))
        stages = {each.stage is Stage.BEFORE for each in shown}
        self.compare.setVisible(len(stages) > 1)
        self.pictures.setVisible(bool(shown))

    def _thumb(self, at: int, picture: Picture, stage: Stage) -> QToolButton:
        """Return a small picture that opens the large one."""
        thumb = small(picture.content, picture.name, THUMB)
        thumb.setText(_(STAGE_NAMES[stage]))
        thumb.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        thumb.clicked.connect(partial(self.look, at))
        return thumb

    def _arrange(self) -> None:
        Flow(self.tags, 6)
        Flow(self.pictures, 8)
        deeds = QWidget()
        row = Flow(deeds, 8)
        for deed in (self.rectify, self.check, self.close_it, self.back, self.plan):
            row.addWidget(deed)
        heading = QLabel(_("History"))
        looks = {self.item: "strong", self.own: "note", heading: "heading"}
        for label, look in looks.items():
            theme.mark(label, look)
        for label in (self.item, self.own, self.history):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        left = Qt.AlignmentFlag.AlignLeft
        for each in (self.tags, self.item, deeds, self.own, self.facts):
            column.addWidget(each)
        column.addWidget(self.origin, alignment=left)
        column.addWidget(self.pictures)
        column.addWidget(self.compare, alignment=left)
        for label in (heading, self.history):
            column.addWidget(label)
        column.addStretch()


def _facts(file: HazardFile) -> Iterator[Fact]:
    hazard, plan = file.hazard, file.hazard.plan
    yield Fact(_("Place"), hazard.place, strong=True)
    yield Fact(_("Deadline"), show_moment(plan.due_at), strong=True)
    if hazard.is_late:
        yield Fact(_("Overdue"), _("The director is told daily."))
    if file.first_due_at != plan.due_at:
        yield Fact(_("First deadline"), show_moment(file.first_due_at))
    yield Fact(_("Responsible"), plan.responsible or _("Nobody named yet"))
    yield Fact(_("Measure to be taken"), plan.measure or _("None yet"))
    yield Fact(_("Found"), _signature(hazard.found_at, hazard.found_by))
    yield Fact(_("How it came to light"), _(ORIGIN_NAMES[hazard.origin]))
    if hazard.source:
        yield Fact(_("Basis"), hazard.source)
    signed = {
        _("Put right: when, who"): hazard.rectified,
        _("Re-checked: when, who"): hazard.checked,
        _("Struck off"): hazard.closed,
    }
    for name, done in signed.items():
        if done is not None:
            yield Fact(name, _said(done))


def _photo(picture: Picture, stage: Stage) -> Photo:
    """Say below a photo what it shows, when it was taken or added, and by whom."""
    added = _signature(picture.added_at.astimezone(), picture.added_by)
    text = _("{stage}: {name}, added {moment}")
    if picture.taken_at:
        text = _("{stage}: {name}, taken {taken}, added {moment}")
    taken = show_moment(picture.taken_at.astimezone()) if picture.taken_at else ""
    name = _(STAGE_NAMES[stage])
    words = text.format(stage=name, name=picture.name, moment=added, taken=taken)
    return Photo(picture.content, words, stage is Stage.BEFORE)


def _said(done: Signed) -> str:
    return "\n".join(filter(None, (_signature(done.at, done.name), done.note)))


def _signature(at: datetime, name: str) -> str:
    return _("{moment}, {name}").format(moment=show_moment(at), name=name)


def _lines(file: HazardFile) -> Iterator[str]:
    for step in file.steps:
        text = _("{moment}  {name}: {what}")
        yield text.format(
            moment=show_moment(step.at), name=step.by, what=_(STEP_NAMES[step.kind])
        )
        if step.text:
            yield "    " + step.text.replace("\n", "\n    ")


def _empty(layout: QLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.deleteLater()
