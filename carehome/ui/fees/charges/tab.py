"""The tab of charges by use: a month as a sheet, saved as one deed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _, say_day, say_month, say_narrow_weekday, show_money
from carehome.rules.charges import AwayUnexplained, Cell, MonthPosted
from carehome.services.beds import Beds
from carehome.services.charges import Charged, ChargedItem, Charges, ChargeSheet
from carehome.services.residents import ResidentIndex, Residents
from carehome.services.residents.index import Filters
from carehome.ui.fees.charges.grid import ChargeGrid
from carehome.ui.fees.charges.work import Column, Refused, Work
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.choice import Choice
from carehome.ui.kit.drafts import Draft
from carehome.ui.kit.elided import Elided
from carehome.ui.kit.fields import TextField
from carehome.ui.kit.flow import Flow
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import Search
from carehome.ui.kit.pick import Pick
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.turner import Turner

BY_ITEM, BY_DAY = "item", "day"
MOST_TOLD = 4  # refused cells that are told one by one
Read = tuple[ChargeSheet, ResidentIndex, dict[int, str]]


class UseChargesTab(Tab):
    """Lets somebody type what everybody had, by one item or by one day."""

    SHOWS = frozenset(
        {"charge", "absence", "stay", "bill_run", "fee_item", "price", "price_list"}
    )
    changed = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._charges = hand.service(Charges)
        self._residents = hand.service(Residents)
        self._beds = hand.service(Beds)
        self._work: Work | None = None
        self._index = ResidentIndex()
        self._is_saving = False
        self.month = Turner(hand.today().replace(day=1))
        self.by = Pick({BY_ITEM: _("One item"), BY_DAY: _("One day")})
        self.item, self.day, self.floor = Choice(), Choice(), Choice()
        self.search = Search()
        self.print = button(_("Print a list to fill in"), "print", "Ctrl+P")
        self.posted = QLabel()
        self.late = button(_("Charge late"), "edit")
        self.grid = ChargeGrid()
        self.said = Elided()
        self.notice = QLabel()
        self.done_by = TextField(_("Who did it"), needed=False)
        self.reason = TextField(_("Why charged while away"))
        self.drop = button(_("Drop the entries"), kind="link")
        self.save = button(_("Save"), "check", "Ctrl+S", kind="primary")
        self.draft = Draft(self, self)
        self._dress()
        self._connect()
        self.by.set_code(BY_ITEM)
        lead(self, self.grid)

    # ---- reading

    def refresh(self) -> None:
        services = self._charges, self._residents, self._beds
        self.hand.jobs.run_last(self, self._show, _read, *services, self.month.first)

    def _show(self, read: Read) -> None:
        sheet, self._index, floors = read
        if sheet.month != self.month.first:
            return
        before, self._work = self._work, Work(sheet)
        is_same = before is not None and before.sheet.month == sheet.month
        if is_same and before:
            self._work.carry_over(before)
        self.item.set_choices({x.item_id: x.name for x in sheet.items})
        if self.item.code() is None and sheet.items:
            self.item.set_code(_usual(sheet).item_id)
        self.day.set_choices({day: say_day(day) for day in sheet.days})
        if self.day.code() not in sheet.days or not is_same:
            today = self.hand.today()
            self.day.set_code(today if today in sheet.days else sheet.days[-1])
        self.floor.set_choices({None: _("All floors"), **floors})
        self._lay_out()
        if not is_same:
            self.draft.begin(f"charges:{sheet.month.isoformat()}")

    def _lay_out(self) -> None:
        """Show the people and columns that are wanted now."""
        work = self._work
        if work is None:
            return
        by_day = self.by.code() == BY_DAY
        self.item.setVisible(not by_day)
        self.day.setVisible(by_day)
        columns = self._columns(work.sheet)
        people = self._people(work.sheet.people)
        self.grid.say_empty(self._why_empty(work.sheet))
        self.grid.show_work(work, people, columns, self.hand.today(), by_day)
        self._tell()

    def _columns(self, sheet: ChargeSheet) -> list[Column]:
        if self.by.code() == BY_DAY:
            day = self.day.code() or sheet.month
            return [Column(x.item_id, day, x.name) for x in sheet.items]
        item_id = self.item.code()
        if item_id is None:
            return []
        return [
            Column(item_id, day, str(day.day), say_narrow_weekday(day))
            for day in sheet.days
        ]

    def _people(self, everybody: Sequence[Charged]) -> list[Charged]:
        typed, floor = self.search.text(), self.floor.code()
        if not typed.strip() and floor is None:
            return list(everybody)
        found = self._index.find(typed, Filters(floor_id=floor))
        wanted = {line.resident_id for line in found}
        return [each for each in everybody if each.resident_id in wanted]

    def _why_empty(self, sheet: ChargeSheet) -> str:
        if not sheet.items:
            return _(
                "Nothing is charged by use yet. Add a fee item by use under Price "
                "lists, and give it a price."
            )
        if not sheet.people:
            return _("Nobody lived here in {month}.").format(
                month=say_month(sheet.month)
            )
        return _("Nobody has that name. Try a part of the name, the pinyin or the bed.")

    # ---- what is typed

    @property
    def work(self) -> Work:
        """What is typed over the month that is shown."""
        assert self._work is not None, "the sheet has been read"
        return self._work

    def typed(self) -> dict[str, Any]:
        """Return what is not saved yet, as JSON can hold it."""
        if self._work is None:
            return {}
        cells = [
            [*cell[:2], cell.day.isoformat(), quantity]
            for cell, quantity in self._work.typed.items()
        ]
        return {"cells": cells} if cells else {}

    def type_again(self, draft: Mapping[str, Any]) -> None:
        """Put back what was typed and not saved."""
        if self._work is None:
            return
        self._work.drop()
        values = {
            Cell(who, item, date.fromisoformat(day)): quantity
            for who, item, day, quantity in draft.get("cells", [])
        }
        self._work.put(
            {
                cell: quantity
                for cell, quantity in values.items()
                if self._work.knows(cell)
            }
        )
        self.grid.refresh()
        self._tell()

    def _note_change(self) -> None:
        self.notice.hide()
        self._tell()
        self.changed.emit()

    def _puzzle(self, why: str) -> None:
        self._say(why)

    def _note_paste(self, taken: int, refused: list[Refused]) -> None:
        """Say what of the pasted cells was not taken, and why."""
        if not refused:
            text = _("{count} {count:cell|cells} pasted.").format(count=taken)
            self.told.emit(text)
            return
        lines = [
            _("{name}, {column}: {why}").format(name=x.name, column=x.column, why=x.why)
            for x in refused[:MOST_TOLD]
        ]
        more = len(refused) - MOST_TOLD
        if more > 0:
            lines.append(_("… and {count} more.").format(count=more))
        text = _("{taken} {taken:cell|cells} pasted, {count} not taken:").format(
            taken=taken, count=len(refused)
        )
        self._say("\n".join([text, *lines]))

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def _tell(self) -> None:
        """Say what can be saved, and what it still needs."""
        work = self.work
        changes, away = work.changes(), work.away()
        self.reason.setVisible(bool(away))
        self.drop.setVisible(bool(changes))
        self.done_by.setVisible(bool(changes))
        self.save.setEnabled(bool(changes) and not self._is_saving)
        self.save.setText(
            _("Save {count} {count:entry|entries}").format(count=len(changes))
            if changes
            else _("Save")
        )
        self.save.setShortcut("Ctrl+S")  # another text takes it away
        self.posted.setVisible(work.sheet.is_posted)
        self.late.setVisible(work.is_locked)
        self.posted.setText(
            _("The bills of {month} are posted, so this sheet can only be read.")
            if work.is_locked
            else _(
                "The bills of {month} are posted: what you enter now comes onto the "
                "next bill as a correction of that month."
            )
        )
        self.posted.setText(
            self.posted.text().format(month=say_month(work.sheet.month))
        )
        self._tell_cell()

    def _tell_cell(self) -> None:
        """Say in words what stands under the cursor."""
        text, cell = self.grid.describe(), self.grid.cell
        if cell is not None and (price := self.work.price(cell)) is not None:
            text = _("{cell}; {price} each time").format(
                cell=text, price=show_money(price)
            )
        self.said.setText(text)

    # ---- deeds

    def _charge_late(self) -> None:
        month = say_month(self.work.sheet.month)
        dialogs.confirm(
            self,
            _("Charge late for {month}").format(month=month),
            [
                _("The posted bills of {month} stay as they are.").format(month=month),
                _("What you enter comes onto the next bill as a correction."),
                _("Of a month long past the director decides first."),
            ],
            _("Charge late"),
            self._open_late,
        )

    def _open_late(self) -> None:
        self.work.is_late = True
        self.grid.refresh()
        self._tell()
        self.grid.setFocus()

    def _save(self) -> None:
        work = self.work
        changes = work.changes()
        if not changes or self._is_saving:
            return
        if work.away() and not self.reason.check_now():
            cell = work.away()[0]
            name = work.people[cell.resident_id].name
            self._say(AwayUnexplained(name=name, day=cell.day).message)
            self.reason.focus()
            return
        self._is_saving = True
        self.draft.hold()
        self._tell()
        values = self.reason.typed(), self.done_by.typed(), work.is_late
        self.hand.jobs.run(
            self,
            partial(self._saved, len(changes)),
            self._charges.save,
            work.sheet.month,
            changes,
            *values,
            failed=self._not_saved,
        )

    def _saved(self, count: int, _answer: int) -> None:
        self._is_saving = False
        was_late = self.work.is_late
        self.work.drop()
        self.work.is_late = was_late
        self.draft.keep()
        self.reason.set_value("")
        self.notice.hide()
        self._tell()
        text = _("{count} {count:entry|entries} saved.").format(count=count)
        self.told.emit(text)
        self.refresh()

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        self._tell()
        if not isinstance(error, CareHomeError):
            raise error
        self._say(error.message)
        if isinstance(error, MonthPosted):
            self.work.is_late = False
        self.refresh()

    def _drop(self) -> None:
        self.work.drop()
        self.grid.refresh()
        self._note_change()
        self.grid.setFocus()

    def _print(self) -> None:
        work = self.work
        people = [each.resident_id for each in self._people(work.sheet.people)]
        by_day = self.by.code() == BY_DAY
        about = self.day.code() if by_day else self.item.code()
        write = (
            self._charges.write_day_list if by_day else self._charges.write_item_list
        )
        title = _("List of charges {month}").format(month=say_month(work.sheet.month))
        dialog = PaperDialog(title, f"{title}.pdf", self.hand.jobs, self)
        dialog.draw(write, work.sheet.month, about, people)

    # ---- how it looks

    def _dress(self) -> None:
        for choice, name in (
            (self.item, _("Fee item")),
            (self.day, _("Day")),
            (self.floor, _("Floor")),
        ):
            choice.setAccessibleName(name)
            choice.setMinimumHeight(theme.px(34))
        wide = sum(each.sizeHint().width() for each in self.by.buttons.values())
        self.by.setMinimumWidth(wide + theme.px(12))  # both in one line
        self.by.setAccessibleName(_("What the columns are"))
        self.search.look_for(_("Name, pinyin, bed or phone"))
        self.search.setMaximumWidth(theme.px(220))
        self.notice.setWordWrap(True)
        theme.mark(self.notice, "banner_warn")
        for field in (self.done_by, self.reason):
            field.input.setPlaceholderText(field.name)
        self.notice.hide()
        self.posted.setWordWrap(True)
        theme.mark(self.posted, "banner_info")
        theme.mark(self.said, "note")
        self.done_by.setFixedWidth(theme.px(150))
        self.reason.setFixedWidth(theme.px(230))
        bar = QWidget()
        line = Flow(bar)
        for widget in (self.month, self.by, self.item, self.day, self.floor):
            line.addWidget(widget)
        line.addWidget(self.search)
        line.addWidget(self.print)
        line.push_right(self.print)
        late = QHBoxLayout()
        late.setSpacing(theme.px(8))
        late.addWidget(self.posted, 1)
        late.addWidget(self.late)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(10))
        foot.addWidget(self.said, 1)
        for field in (self.done_by, self.reason):
            foot.addWidget(field)
        foot.addWidget(self.drop)
        foot.addWidget(self.save)
        card = ListCard(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(bar)
        column.addLayout(late)
        column.addWidget(self.draft.note)
        column.addWidget(card, 1)
        column.addWidget(self.notice)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.month.turned.connect(self.refresh)
        self.by.chosen.connect(self._lay_out)
        for choice in (self.item, self.day, self.floor):
            choice.chosen.connect(self._lay_out)
        self.search.textChanged.connect(self._lay_out)
        self.search.left_down.connect(self.grid.setFocus)
        self.search.returnPressed.connect(self.grid.setFocus)
        self.print.clicked.connect(self._print)
        self.late.clicked.connect(self._charge_late)
        self.grid.changed.connect(self._note_change)
        self.grid.puzzled.connect(self._puzzle)
        self.grid.pasted.connect(self._note_paste)
        self.grid.moved.connect(self._tell_cell)
        self.drop.clicked.connect(self._drop)
        self.save.clicked.connect(self._save)


def _usual(sheet: ChargeSheet) -> ChargedItem:
    """Return the item that is charged most, or else the first that has a price."""
    had = Counter(cell.item_id for cell in sheet.cells)
    priced = [each for each in sheet.items if any(each.prices)]
    return max(priced or sheet.items, key=lambda each: had[each.item_id])


def _read(charges: Charges, residents: Residents, beds: Beds, month: date) -> Read:
    return charges.sheet(month), residents.index(), beds.floors()
