"""The list of staff: searched with every key."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules.days import Sense
from carehome.rules.home import NameMissing
from carehome.rules.phones import show_phone
from carehome.rules.rights import Right
from carehome.services.staff import LeftBeforeHired, StaffMember
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.live import LiveView
from carehome.ui.kit.page import Search
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.phone_field import PhoneField
from carehome.ui.staff.hand import Hand

LEFT_ON = N_("Left on")
COLUMNS: tuple[Column[StaffMember], ...] = (
    Column[StaffMember](N_("Name"), lambda member: member.name, bold=True, width=140),
    Column[StaffMember](N_("Post"), lambda member: member.post),
    Column[StaffMember](N_("Phone"), lambda member: show_phone(member.phone)),
    table.day(N_("Works here since"), lambda member: member.hired_on),
    table.day(LEFT_ON, lambda member: member.left_on, stretch=True),
)


class StaffList(LiveView):
    """Lists the staff of today, or those who left; a row opens to be corrected."""

    SHOWS = frozenset({"staff_member"})
    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.jobs)
        self._staff = hand.staff
        self._jobs = hand.jobs
        self._today = hand.today
        self._may_change = hand.may(Right.CHANGE_STAFF)
        self._members: list[StaffMember] = []
        self.bar = Bar()
        self.former = Tick(_("Those who left"))
        self.search = Search()
        self.search.look_for(_("Name, post or phone"))
        self.bar.add(self.former)
        self.bar.add(self.search)
        self.add = self.bar.add_button(_("New member"), "plus", "Ctrl+N", "primary")
        self.add.setVisible(self._may_change)
        self.table = TableModel(COLUMNS, key=lambda member: member.staff_id)
        self.view = TableView(self.table, "staff.list", N_("Staff"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view), 1)
        lead(self, self.view)

        self.former.toggled.connect(self.refresh)
        self.search.textChanged.connect(self._find)
        self.search.left_down.connect(self.view.setFocus)
        self.add.clicked.connect(self._ask_new)
        self.view.first_step.connect(self._ask_new)
        if self._may_change:
            self.view.opened.connect(self._ask)

    def refresh(self) -> None:
        call = self._staff.former if self.former.isChecked() else self._staff.members
        self._jobs.run_last(self, self._show, call, self._today())

    def _show(self, members: list[StaffMember]) -> None:
        self._members = members
        self.view.columns.leave_out(() if self.former.isChecked() else {LEFT_ON})
        self.bar.note.setText(
            _("{count} {count:person|people}").format(count=len(members))
        )
        self._find()

    def _find(self) -> None:
        typed = self.search.text().strip().lower()
        found = [
            member
            for member in self._members
            if typed in f"{member.name} {member.post} {member.phone}".lower()
        ]
        self.table.set_rows(found)
        may_begin = self._may_change and not self._members
        self.view.set_empty(
            _("Nobody found.") if self._members else _("Nobody is listed yet."),
            _("New member") if may_begin else "",
        )

    def _ask_new(self) -> None:
        self._ask(StaffMember(0, "", "", "", self._today()))

    def _ask(self, member: StaffMember) -> None:
        form = Form()
        form.add("name", TextField(_("Name")), blame=(NameMissing,))
        form.add("post", TextField(_("Post"), hint=_("Such as caregiver or cook")))
        form.add("phone", PhoneField(_("Phone")))
        since = DateField(_("Works here since"), self._today(), sense=Sense.PAST)
        form.add("hired_on", since)
        form.add(
            "left_on",
            DateField(
                _("Left on"),
                self._today(),
                needed=False,
                hint=_("Only for people who have left"),
            ),
            blame=(LeftBeforeHired,),
        )
        form.set_values(
            {
                "name": member.name,
                "post": member.post,
                "phone": member.phone,
                "hired_on": member.hired_on,
                "left_on": member.left_on,
            }
        )
        form.show_field("left_on", bool(member.staff_id))
        title = member.name or _("New member")
        draft = f"staff:{member.staff_id}"
        dialog = FormDialog(title, form, _("Save"), self, draft)
        dialog.chosen.connect(partial(self._save, dialog, member.staff_id))
        dialog.open()

    def _save(self, dialog: FormDialog, staff_id: int, values: dict[str, Any]) -> None:
        member = StaffMember(
            staff_id,
            values["name"],
            values["post"],
            values["phone"] or "",
            values["hired_on"],
            values.get("left_on"),
        )
        done = partial(self._saved, dialog, member)
        self._jobs.run(dialog, done, self._staff.save, member, failed=dialog.refuse)

    def _saved(self, dialog: FormDialog, member: StaffMember, _number: int) -> None:
        dialog.finish()
        if member.left_on:
            text = _("{name} no longer works here from {day} on.").format(
                name=member.name, day=show_day(member.left_on)
            )
        else:
            text = _("{name} was saved.").format(name=member.name)
        self.told.emit(text)
