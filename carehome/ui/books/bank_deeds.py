"""Dialogs in which people say whose a line of the bank is, or what it is."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _
from carehome.rules.bank.accounts import CODES, OWN_PLACES
from carehome.rules.bank.choosing import Does
from carehome.rules.bank.linking import NothingLeft, OpenDeed, OtherSum
from carehome.rules.bank.matching import Part as Share
from carehome.rules.home import NameMissing
from carehome.rules.ledger.accounts import Code
from carehome.services.bank import (
    BankLines,
    KeptLine,
    LineRefused,
    NotOpen,
    Posting,
)
from carehome.services.deposits import BankedTooEarly
from carehome.services.residents import ResidentIndex, Residents
from carehome.ui.books.bank_part import Part
from carehome.ui.books.bank_pick import DeedsField
from carehome.ui.books.bank_split import SharesField
from carehome.ui.books.bank_words import Names, say_line
from carehome.ui.kit import theme
from carehome.ui.kit.fields import ChoiceField, MoneyField, TextField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.resident_field import ResidentField

WIDE = 680
KINDS = (Does.CHARGE, Does.INTEREST, Does.TRANSFER)


class LineDeeds:
    """Opens the dialogs about one line of an account."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._hand = part.hand
        self._lines = part.hand.service(BankLines)
        self.names = Names()

    def ask_person(self, line: KeptLine) -> None:
        """Ask whose payment a line is."""
        read = self._hand.service(Residents).index
        self._hand.jobs.run(self._part, partial(self._person, line), read)

    def ask_split(self, line: KeptLine) -> None:
        """Ask how a line is shared out among residents."""
        form = Form()
        shares = SharesField(_("Residents"), line.unclaimed, self.names)
        form.add("shares", shares, wide=True, blame=(LineRefused,))

        def deed(values: dict[str, Any]) -> "partial[list[int]]":
            parts = tuple(Share(who, fen) for who, fen in values["shares"].items())
            return partial(self._lines.post, [Posting(line.line_id, parts)])

        done = _("The payments are booked, each with its receipt.")
        title = _("Payment of several residents")
        self._open(line, title, form, deed, ("bank-split", done))

    def ask_books(self, line: KeptLine) -> None:
        """Ask which deeds in the books a line is the money of."""
        account = self._part.account
        assert account, "a line belongs to an account"
        then = partial(self._books, line)
        self._hand.jobs.run(
            self._part, then, self._lines.open_deeds, account.account_id
        )

    def ask_own(self, line: KeptLine) -> None:
        """Ask what the bank itself did."""
        account = self._part.account
        assert account, "a line belongs to an account"
        does = PickField(
            _("What it is"),
            {
                Does.CHARGE: _("Charge of the bank"),
                Does.INTEREST: _("Interest of the bank"),
                Does.TRANSFER: _("Transfer between own accounts"),
            },
        )
        own = CODES[account.purpose]
        places = {code: _(name) for code, name in OWN_PLACES.items() if code != own}
        other = ChoiceField(_("The other account"), places)
        form = Form()
        form.add("does", does, blame=(OtherSum, NothingLeft))
        form.add("other", other)
        form.add("text", TextField(_("Note"), needed=False, most=80))
        does.changed.connect(
            lambda: form.show_field("other", does.value() == Does.TRANSFER)
        )
        first = Does.INTEREST if line.fen > 0 else Does.CHARGE
        form.set_values({"does": first, "text": line.text})
        form.show_field("other", False)

        def deed(values: dict[str, Any]) -> "partial[None]":
            chosen, text = Does(values["does"]), values["text"] or ""
            to = Code(values["other"]) if chosen is Does.TRANSFER else None
            return partial(self._lines.note, line.line_id, chosen, text, to)

        done = _("The line is in the books as what the bank did.")
        self._open(
            line, _("Charge, interest, transfer"), form, deed, ("bank-own", done)
        )

    def ask_aside(self, line: KeptLine) -> None:
        """Ask what a line is that is no money of residents."""
        form = Form()
        hint = _("such as wages, food, a supplier")
        reason = TextField(_("What it is"), hint=hint, most=80)
        form.add("reason", reason, blame=(NameMissing, OtherSum, NothingLeft))
        said = [choice.text for choice in line.choices if choice.does is Does.ASIDE]
        form.set_values({"reason": said[0] if said else ""})

        def deed(values: dict[str, Any]) -> "partial[None]":
            return partial(self._lines.set_aside, line.line_id, values["reason"] or "")

        done = _("The line is set aside.")
        self._open(line, _("Not of residents"), form, deed, ("bank-aside", done))

    def _person(self, line: KeptLine, index: ResidentIndex) -> None:
        form = Form()
        who = ResidentField(_("Resident"))
        who.set_index(index)
        form.add("who", who, blame=(LineRefused,))

        def deed(values: dict[str, Any]) -> "partial[list[int]]":
            share = Share(values["who"], line.unclaimed)
            return partial(self._lines.post, [Posting(line.line_id, (share,))])

        done = _("The payment is booked, with its receipt.")
        self._open(line, _("Payment of a resident"), form, deed, ("bank-who", done))

    def _books(self, line: KeptLine, deeds: Sequence[OpenDeed]) -> None:
        form = Form()
        mine = [each for each in deeds if (each.fen > 0) is (line.unclaimed > 0)]
        field = DeedsField(_("Deeds in the books"), mine, line)
        blame = (OtherSum, NothingLeft, NotOpen, BankedTooEarly)
        form.add("deeds", field, wide=True, blame=blame)
        fee = MoneyField(
            _("Fee kept by the bank"), needed=False, hint=_("card payments only")
        )
        form.add("fee", fee)
        form.changed.connect(lambda: field.show_left(fee.value() or 0))

        def deed(values: dict[str, Any]) -> "partial[None]":
            chosen, kept = values["deeds"], values["fee"] or 0
            return partial(self._lines.link, line.line_id, chosen, kept)

        done = _("The line is matched with the books.")
        self._open(line, _("From the books"), form, deed, ("bank-books", done))

    def _open(
        self,
        line: KeptLine,
        title: str,
        form: Form,
        deed: Deed,
        after: tuple[str, str],
    ) -> None:
        """Open a dialog about a line; `after` is its draft and what is said then."""
        draft, done = after
        dialog = DeedDialog(
            title,
            form,
            _("Save"),
            *(self._hand.jobs, deed, self._part),
            draft=f"{draft}:{line.line_id}",
        )
        dialog.setMinimumWidth(theme.px(WIDE))
        about_it = QLabel(say_line(line))
        about_it.setWordWrap(True)
        theme.mark(about_it, "strong")
        dialog.body.insertWidget(0, about_it)
        dialog.accepted.connect(partial(self._part.tab.told.emit, done))
        dialog.open()
