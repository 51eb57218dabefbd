"""Notices of fees: looked at on A4 or A3, hung up, taken down; what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QVBoxLayout

from carehome.i18n import N_, _, show_day
from carehome.rules.days import Sense
from carehome.rules.residents import NotComeYet
from carehome.rules.rights import Right
from carehome.services.prices import Prices, PriceSheet
from carehome.services.prices.notices import (
    KIND_NAMES,
    PART_NAMES,
    AlreadyDown,
    DownBeforeUp,
    HangsThere,
    Hung,
    Kind,
    Notices,
    NotPublic,
    PlaceMissing,
)
from carehome.ui.kit import table, theme
from carehome.ui.kit.cards import ListCard
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField, NoteField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.bar import Bar
from carehome.ui.parts.deeds import DeedDialog
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab

COLUMNS: tuple[Column[Hung], ...] = (
    Column(
        N_("Kind of notice"),
        lambda row: _(KIND_NAMES[row.kind]),
        stretch=True,
        bold=True,
    ),
    table.day(N_("Price list from"), lambda row: row.starts),
    Column(N_("Place"), lambda row: row.place, stretch=True),
    table.day(N_("Put up on"), lambda row: row.up_on),
    table.day(N_("Taken down on"), lambda row: row.down_on),
    Column(
        N_("State"),
        lambda row: _("Hangs") if row.down_on is None else _("Taken down"),
        chip=lambda row: "ok" if row.down_on is None else "quiet",
    ),
    Column(N_("Entered by"), lambda row: row.noted_by),
)


@dataclass(frozen=True, slots=True)
class Board:
    """The notices, the lists they may show, and what the home says in them."""

    hung: Sequence[Hung]
    sheets: Sequence[PriceSheet]
    texts: dict[str, str]


class NoticeBoard(Tab):
    """Lists the notices that hang or hung, and prints those to be hung up."""

    SHOWS = frozenset({"price_notice", "notice_text", "price_list", "price", "home"})

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._notices = hand.service(Notices)
        self._board = Board((), (), {})
        self.view = TableView(
            TableModel(COLUMNS, lambda row: row.notice_id),
            "fees.price_notices",
            N_("Notices of fees"),
        )
        self.bar = Bar()
        self.show_one = self.bar.add_button(_("Look at a notice"), "print", "Ctrl+P")
        self.texts = self.bar.add_button(_("Words of the notices"), "edit")
        self.take_down = self.bar.add_button(_("Taken down"), "check")
        self.put_up = self.bar.add_button(_("Put up"), "plus", "Ctrl+N", "primary")
        self.view.set_empty(
            _("No notice has been put up yet. Print one and hang it up.")
        )
        if not hand.may(Right.CHANGE_PRICES):
            for deed in (self.texts, self.take_down, self.put_up):
                deed.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(ListCard(self.view, _("Notices of fees")), 1)
        lead(self, self.view)

        self.view.picked.connect(self._judge)
        self.show_one.clicked.connect(self.ask_which)
        self.put_up.clicked.connect(self.ask_put_up)
        self.take_down.clicked.connect(self.ask_take_down)
        self.texts.clicked.connect(self.ask_texts)
        self._judge()

    def refresh(self) -> None:
        self.hand.jobs.run_last(self, self._show, _read, self.hand)

    def _show(self, board: Board) -> None:
        self._board = board
        self.view.table.set_rows(board.hung)
        self._judge()

    def _judge(self, _row: object = None) -> None:
        row = self.view.current_row()
        self.take_down.setEnabled(row is not None and row.down_on is None)
        for deed in (self.put_up, self.show_one, self.texts):
            deed.setEnabled(bool(self._board.texts))

    def ask_which(self) -> DeedDialog:
        """Ask which notice, and how large; it is shown before it is printed."""
        form = self._which()
        sizes = {"A4": "A4", "A3": _("A3, for a wall")}
        form.add("size", ChoiceField(_("Paper size"), sizes))
        form.set_values({"size": "A4"})
        dialog = self._open(
            _("Look at a notice"), form, _("Show"), lambda v: partial(dict, v), "look"
        )
        dialog.answered.connect(self._draw)
        return dialog

    def _draw(self, values: dict[str, Any]) -> None:
        kind = cast(Kind, values["kind"])
        name = f"{_(KIND_NAMES[kind])} {values['size']}.pdf"
        paper = PaperDialog(_(KIND_NAMES[kind]), name, self.hand.jobs, self)
        large = values["size"] == "A3"
        paper.draw(self._notices.write, values["list"], kind, large)

    def ask_put_up(self) -> DeedDialog:
        """Ask what was put up, where and when."""
        form = self._which()
        form.blame("list", NotPublic)
        place = TextField(_("Place"), hint=_("For example in the entrance hall"))
        form.add("place", place, blame=(PlaceMissing, HangsThere))
        today = self.hand.today()
        up_on = DateField(_("Put up on"), today, sense=Sense.PAST)
        form.add("day", up_on, blame=(NotComeYet,))
        form.set_values({"day": today})

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(
                self._notices.put_up,
                values["list"],
                values["kind"],
                values["place"],
                values["day"],
            )

        title = _("A notice was put up")
        return self._open(title, form, _("Save"), deed, "up")

    def ask_take_down(self) -> DeedDialog | None:
        """Ask when the notice was taken down."""
        row = self.view.current_row()
        if row is None:
            return None
        form = Form()
        today = self.hand.today()
        day = DateField(_("Taken down on"), today, sense=Sense.PAST)
        form.add("day", day, blame=(DownBeforeUp, AlreadyDown, NotComeYet))
        form.set_values({"day": today})
        number = row.notice_id

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(self._notices.take_down, number, values["day"])

        title = _("The notice was taken down")
        return self._open(title, form, _("Save"), deed, f"down:{number}")

    def ask_texts(self) -> DeedDialog:
        """Ask what the home itself says in the parts of its notices."""
        form = Form()
        for part, lines in (("guide", 9), ("standards", 7)):
            form.add(part, NoteField(_(PART_NAMES[part]), lines=lines))
        hint = _("Empty: a line to write it by hand.")
        name = PART_NAMES["complaints"]
        phone = TextField(_(name), needed=False, hint=hint)
        form.add("complaints", phone)
        form.set_values(self._board.texts)

        def deed(values: dict[str, Any]) -> partial[None]:
            texts = {part: values[part] or "" for part in PART_NAMES}
            return partial(self._notices.save_texts, texts)

        title = _("Words of the notices")
        dialog = self._open(title, form, _("Save"), deed, "texts")
        dialog.setMinimumWidth(theme.px(640))
        return dialog

    def _which(self) -> Form:
        """Ask for the price list and the kind of notice."""
        form = Form()
        lists = {
            sheet.list_id: _("In force from {day}").format(day=show_day(sheet.starts))
            for sheet in self._board.sheets
        }
        kinds = {code: _(name) for code, name in KIND_NAMES.items()}
        form.add("list", ChoiceField(_("Price list"), lists))
        form.add("kind", ChoiceField(_("Kind of notice"), kinds))
        newest = next(iter(lists), None)
        form.set_values({"list": newest, "kind": "fees"})
        return form

    def _open(
        self, title: str, form: Form, do: str, deed: Any, name: str
    ) -> DeedDialog:
        draft = f"price-notice:{name}"
        dialog = DeedDialog(title, form, do, self.hand.jobs, deed, self, draft)
        dialog.open()
        form.focus()
        return dialog


def _read(hand: Hand) -> Board:
    notices = hand.service(Notices)
    sheets = hand.service(Prices).sheets()
    return Board(notices.hung(), sheets, notices.texts())
