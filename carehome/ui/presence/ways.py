"""How everybody is brought out: the list, and the dialog in which it is said."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.i18n import _
from carehome.rules.presence import WAY_NAMES
from carehome.rules.rights import Right, User
from carehome.services.presence import Here, NoWay, Presence, Somebody
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.presence.faces import say_way
from carehome.ui.presence.listing import WayList


class WayDialog(DeedDialog):
    """Asks how somebody is brought out, and what must go along."""

    def __init__(
        self, one: Somebody, presence: Presence, jobs: Jobs, parent: QWidget
    ) -> None:
        form = Form()
        leaving = one.leaving
        hint = ""
        if leaving.suggested:
            text = _("The assessment or the ability level suggests: {way}")
            hint = text.format(way=say_way(leaving.suggested))
        ways = {way.value: _(name) for way, name in WAY_NAMES.items()}
        field = PickField(_("How to bring out"), ways, hint=hint)
        self.way = form.add("way", field, blame=(NoWay,))
        hint = _("Such as: oxygen, hearing aid, does not follow strangers.")
        note = TextField(_("Take along, take care"), needed=False, hint=hint)
        self.needs = form.add("needs", note)
        self.way.set_value(leaving.way or leaving.suggested or None)
        self.needs.set_value(leaving.needs)

        def deed(values: dict[str, Any]) -> "partial[None]":
            way, needs = values["way"], values["needs"] or ""
            return partial(presence.set_way, one.resident_id, way, needs)

        title = _("How {name} is brought out").format(name=one.name)
        draft = f"way-out:{one.resident_id}"
        super().__init__(title, form, _("Save"), jobs, deed, parent, draft)


class Ways(QWidget):
    """Lists how everybody is brought out; a nurse says it or takes it over."""

    told = Signal(str)

    def __init__(self, presence: Presence, user: User, jobs: Jobs) -> None:
        super().__init__()
        self._presence = presence
        self._jobs = jobs
        self._may_say = user.may(Right.ASSESS)
        self.summary = QLabel()
        self.take = button(_("Take over suggestions"), "check", "Alt+U")
        self.say = button(_("Say how"), "edit", kind="primary")
        self.list = WayList()
        theme.mark(self.summary, "note")
        self.summary.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(8))
        bar.addWidget(self.summary, 1)
        bar.addWidget(self.take)
        bar.addWidget(self.say)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(bar)
        column.addWidget(ListCard(self.list), 1)
        for deed in (self.take, self.say):
            deed.setVisible(self._may_say)
        lead(self, self.list)

        self.list.opened.connect(self._ask)
        self.say.clicked.connect(lambda: self._ask(self.list.current_row()))
        self.take.clicked.connect(self._ask_to_take)
        self.list.picked.connect(lambda one: self.say.setEnabled(one is not None))
        self.say.setEnabled(False)

    def show_people(self, here: Here, people: list[Somebody]) -> None:
        """Show some of those who are here."""
        self.list.table.set_rows(people)
        tally = here.tally
        text = _(
            "{count} in the house need {helpers} helpers at once (our own estimate), "
            "{unknown} unknown reckoned as carried."
        )
        said = text.format(
            count=tally.inside, helpers=tally.helpers, unknown=tally.unknown
        )
        self.summary.setText(said)
        self.take.setEnabled(bool(self._open()))

    def _open(self) -> dict[int, str]:
        """Return what is suggested for those of whom nobody has said anything."""
        return {
            one.resident_id: one.leaving.suggested
            for one in self.list.table.rows
            if one.leaving.suggested and not one.leaving.way
        }

    def _ask(self, one: Somebody | None) -> None:
        if one is not None and self._may_say:
            dialog = WayDialog(one, self._presence, self._jobs, self)
            text = _("How {name} is brought out is noted.").format(name=one.name)
            dialog.accepted.connect(partial(self.told.emit, text))
            dialog.open()

    def _ask_to_take(self) -> None:
        ways = self._open()
        text = _(
            "{count} listed residents of whom nothing is said get what their "
            "assessment or ability level suggests. Change whoever it does not fit."
        )
        dialogs.confirm(
            self,
            _("Take over the suggestions?"),
            [text.format(count=len(ways))],
            _("Take over"),
            partial(self._take, ways),
        )

    def _take(self, ways: dict[int, str]) -> None:
        said = _("Suggestions taken over for {count} residents.").format(
            count=len(ways)
        )
        self._jobs.run(self, partial(self._tell, said), self._presence.take_over, ways)

    def _tell(self, said: str, _answer: object) -> None:
        self.told.emit(said)
