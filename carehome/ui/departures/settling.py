"""The steps about the money that is held: the deposit, and the settlement."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from carehome.i18n import _, show_money
from carehome.rules.departures import Step
from carehome.rules.deposits import MoreThanHeld, NoConsent, NoPurpose
from carehome.rules.rights import Right, User
from carehome.rules.settlement import (
    Books,
    NotEven,
    NothingToClaim,
    PaidDespiteDebt,
    Side,
    TrustWayMissing,
    most_set_off,
)
from carehome.rules.trust import CashShort
from carehome.services.accounts import (
    Approval,
    MayNotApprove,
    SamePerson,
    WrongApproval,
)
from carehome.services.departures import (
    ApprovalMissing,
    ClaimByDirector,
    Deductions,
    Departures,
    Giving,
    Settlement,
    WayMissing,
)
from carehome.services.deposits import MoreThanOwed
from carehome.ui.departures.chain import Loaded
from carehome.ui.departures.signing import Signatures, ask_signature
from carehome.ui.departures.step import Doubt, FormStep
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Fact, FactGrid, Figure
from carehome.ui.kit.fields import MoneyField, NoteField, SecretField, TextField
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.pick import PickField
from carehome.ui.kit.preview import PdfPreview
from carehome.ui.parts.money import methods
from carehome.ui.parts.paper import bytes_of


class DepositStep(FormStep):
    """What is taken off the deposit: arrears and damage, each with signed consent."""

    STEP = Step.DEPOSIT
    RIGHT = Right.SETTLE

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._books = Books()
        self.facts = FactGrid(columns=3)
        self.rest = Figure()
        set_off = MoneyField(_("Set off against arrears"), needed=False)
        self.set_off = self.form.add("set_off", set_off, blame=(MoreThanOwed,))
        consent = TextField(
            _("Consent paper no."),
            needed=False,
            hint=_("The family signs whatever is taken off."),
        )
        self.consent = self.form.add("consent", consent, blame=(NoConsent,))
        damage = MoneyField(_("Kept for damage"), needed=False)
        self.damage = self.form.add("damage", damage, blame=(MoreThanHeld,))
        why = TextField(_("What was damaged"), needed=False, most=100)
        self.why = self.form.add("damage_reason", why, blame=(NoPurpose,))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.form)
        self.body.addWidget(self.rest)
        self.body.addStretch()
        self.form.changed.connect(self._reckon)

    def show_loaded(self, loaded: Loaded) -> None:
        self._books = loaded.money.books if loaded.money else Books()
        books = self._books
        self.facts.show_facts(
            [
                Fact(_("Deposit held"), show_money(books.held)),
                Fact(_("Still owed"), show_money(books.owed)),
                Fact(_("Prepaid"), show_money(books.prepaid)),
            ]
        )
        self.form.set_values(
            {
                "set_off": most_set_off(books) or None,
                "consent": None,
                "damage": None,
                "damage_reason": None,
            }
        )
        self._reckon()

    def _reckon(self) -> None:
        """Show at once what is left of the deposit."""
        off = (self.set_off.value() or 0) + (self.damage.value() or 0)
        left = _("left of the deposit")
        self.rest.show_number(show_money(self._books.held - off), left)

    def deed(self, departures: Departures) -> "partial[Any]":
        values = self.form.values()
        off = Deductions(
            self._today(),
            values["set_off"] or 0,
            values["damage"] or 0,
            values["damage_reason"] or "",
            values["consent"] or "",
        )
        return partial(departures.take_off, off=off)


class SettleStep(FormStep):
    """The one sum that all comes to; what is left is given back by two people.

    Once made, the sheet stands here to be printed. `payment_wanted` leads to where
    what is still owed is paid.
    """

    STEP = Step.SETTLE
    RIGHT = Right.SETTLE
    payment_wanted = Signal()
    printed = Signal()

    def __init__(
        self, departures: Departures, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._departures = departures
        self._jobs = jobs
        self._today = today
        self._may_claim = user.may(Right.LEAVE_CLAIM)
        self._may_take = user.may(Right.TAKE_MONEY)
        self._books = Books()
        self._shares: Sequence[tuple[str, int]] = ()
        self._made: int | None = None
        self.sum = Figure()
        self.facts = FactGrid(columns=3)
        self.hint = QLabel()
        self.pay = button(_("Take the payment"), "fees", kind="small")
        self.preview = PdfPreview(jobs)
        self.signatures = Signatures()
        self._settlement: Settlement | None = None
        self._signers: Mapping[Side, tuple[str, ...]] = {}
        way = PickField(_("Given back by"), methods(), needed=False)
        self.way = self.form.add("method", way, blame=(WayMissing,), wide=True)
        way = PickField(_("Trust money given back by"), methods(), needed=False)
        self.trust_way = self.form.add(
            "trust_method", way, blame=(TrustWayMissing, CashShort), wide=True
        )
        signs = TextField(_("Second person: sign-in name"), needed=False)
        blame = (SamePerson, MayNotApprove, ApprovalMissing)
        self.signs = self.form.add("sign_in", signs, blame=blame)
        secret = SecretField(_("Second person: password"))
        secret.set_needed(False)
        self.password = self.form.add("password", secret, blame=(WrongApproval,))
        claim = NoteField(_("Why it is closed with a claim"), lines=2)
        blame_claim = (NotEven, NothingToClaim, ClaimByDirector, PaidDespiteDebt)
        self.claim = self.form.add("claim", claim, blame=blame_claim, wide=True)
        self.hint.setWordWrap(True)
        self.preview.setMinimumHeight(theme.px(360))
        theme.mark(self.hint, "banner_info")
        self.body.addWidget(self.sum)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.pay, alignment=Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.form)
        self.body.addWidget(self.signatures)
        self.body.addWidget(self.preview, 1)
        self.body.addStretch()
        self.signatures.wanted.connect(self._ask_signature)
        self.signatures.taken_back.connect(self._unsign)
        self.pay.clicked.connect(self.payment_wanted)
        self.preview.printed.connect(self._count)
        self.preview.saved.connect(self._count)

    @property
    def is_open(self) -> bool:
        """Say whether there is still something to settle."""
        return self._made is None

    def show_loaded(self, loaded: Loaded) -> None:
        state, money = loaded.state, loaded.money
        self._books = books = money.books if money else Books()
        self._shares = money.shares if money else ()
        is_made = money is not None and money.settlement is not None
        self._made = state.line.departure_id if state and is_made else None
        gives, owes = books.held + books.prepaid, books.owed
        self._settlement = money.settlement if money else None
        self._signers = money.signers if money else {}
        is_handed = gives > 0 or books.trust > 0
        self.form.show_field("method", gives > 0)
        self.form.show_field("trust_method", books.trust > 0)
        for field in (self.signs, self.password):
            field.set_needed(is_handed)
        for name in ("sign_in", "password"):
            self.form.show_field(name, is_handed)
        self.way.set_needed(gives > 0)
        self.trust_way.set_needed(books.trust > 0)
        self.form.show_field("claim", owes > 0 and self._may_claim)
        self.claim.set_needed(owes > 0)
        self.form.setVisible(not is_made)
        self.preview.setVisible(is_made)
        self.signatures.setVisible(is_made)
        if self._settlement:
            made = self._settlement
            self.signatures.show_signed(made.signatures, made.is_sealed)
        self.pay.setVisible(owes > 0 and self._may_take and not is_made)
        self.form.set_values(dict.fromkeys(self.form.fields))
        self._show_sums(loaded)
        if self._made is not None:
            draw = self._departures.preview_sheet
            self._jobs.run_last(self, self._show_sheet, bytes_of, draw, self._made)

    def _show_sums(self, loaded: Loaded) -> None:
        books = self._books
        made = loaded.money.settlement if loaded.money else None
        if made is not None:
            told, fen = _say_made(made)
        elif books.to_family < 0:
            told, fen = _("net: still to be paid by the family"), -books.to_family
        else:
            told, fen = _("net: to pay to the family"), books.to_family
        self.sum.show_number(show_money(fen), told)
        self.facts.show_facts(
            [
                Fact(_("Billed in all"), show_money(books.billed)),
                Fact(_("Paid in all"), show_money(books.paid)),
                Fact(_("Set off against arrears"), show_money(books.set_off)),
                Fact(_("Deposit held"), show_money(books.held)),
                Fact(_("Prepaid"), show_money(books.prepaid)),
                Fact(_("Still owed"), show_money(books.owed)),
                Fact(_("Kept for damage"), show_money(books.damage)),
                *self._trust_fact(made),
            ]
        )
        hints = [_say_owed(books)] if books.owed else []
        hints += [_say_share(*each) for each in self._shares]
        self.hint.setVisible(bool(hints) and made is None)
        self.hint.setText("\n".join(hints))

    def _trust_fact(self, made: Settlement | None) -> list[Fact]:
        """Tell trust money apart from the sum: it never was the home's."""
        fen = made.books.trust if made else self._books.trust
        name = _("Trust money given back") if made else _("Trust money kept apart")
        return [Fact(name, show_money(fen), strong=True)] if fen else []

    def _ask_signature(self, side: Side) -> None:
        if self._settlement:
            made, names = self._settlement, self._signers.get(side, ())
            doors = self._departures, self._jobs
            ask_signature(*doors, made, side, names, self._today(), self)

    def _unsign(self, side: Side) -> None:
        if self._settlement:
            number = self._settlement.departure_id
            undo = self._departures.unsign
            self._jobs.run(self, lambda _done: None, undo, number, side)

    def _show_sheet(self, data: bytes) -> None:
        self.preview.show_bytes(data, _("Settlement.pdf"))

    def _count(self, _told: object) -> None:
        if self._made is not None:
            count = self._departures.count_print
            self._jobs.run(self, lambda _done: None, count, self._made)

    def reason(self) -> str:
        if self._made is not None:
            return ""
        if self._books.owed and not self._may_claim:
            return _("{owed} is still to be paid.").format(
                owed=show_money(self._books.owed)
            )
        return super().reason()

    def doubt(self) -> Doubt | None:
        """Ask before money is paid out, or all is settled, while something is owed."""
        books = self._books
        if self._made is not None:
            return None
        if not (books.held and books.owed):
            return self._doubt_shares()
        held, owed = show_money(books.held), show_money(books.owed)
        points = (
            _("{held} of the deposit is paid out.").format(held=held),
            _("{owed} stays owed, as a claim.").format(owed=owed),
            _say_net(books),
            _("Go back to the step “Deposit” to set the debt off first."),
            *(_say_share(*each) for each in self._shares),
        )
        title = _("Pay out the deposit though something is owed?")
        return Doubt(title, points, _("Pay out all the same"))

    def _doubt_shares(self) -> Doubt | None:
        """Ask before settling while members of the family owe their shares."""
        if not self._shares:
            return None
        points = [_say_share(*each) for each in self._shares]
        if gives := self._books.held + self._books.prepaid:
            text = _("{amount} is paid out all the same.")
            points.append(text.format(amount=show_money(gives)))
        points.append(_("The sheet names these shares as still to be paid."))
        title = _("Settle though shares of the family are open?")
        return Doubt(title, tuple(points), _("Settle all the same"))

    def focus(self) -> None:
        books = self._books
        if self._made is None and (books.held or books.prepaid or books.trust):
            self.form.focus()

    def typed(self) -> dict[str, Any]:
        kept = ("method", "trust_method", "claim")
        return {k: v for k, v in super().typed().items() if k in kept}

    def deed(self, departures: Departures) -> "partial[Any]":
        if self._made is not None:
            return partial(_settled_already)
        values = self.form.values()
        approval = None
        if values.get("sign_in"):
            approval = Approval(values["sign_in"], values["password"] or "")
        giving = Giving(
            self._today(),
            values.get("method") or "",
            values.get("claim") or "",
            values.get("trust_method") or "",
            self._books.owed if self._books.held else 0,
        )
        return partial(departures.settle, giving=giving, approval=approval)


def _say_made(made: Settlement) -> tuple[str, int]:
    """Say what a settlement came to; where a debt stays open, both sums."""
    if not made.claim:
        return _("already paid to the family"), made.paid_to_family
    if not made.paid_to_family:
        return _("left open as a claim"), made.claim
    text = _("net: {paid} paid to the family, {claim} left open as a claim")
    paid, open_still = show_money(made.paid_to_family), show_money(made.claim)
    return text.format(paid=paid, claim=open_still), abs(made.net)


def _say_owed(books: Books) -> str:
    """Say what to do about a debt before settling."""
    if books.held:
        text = _(
            "{owed} is owed and {held} of deposit is held. Set the debt off first, in "
            "the step “Deposit”, or take the payment. Otherwise the deposit is paid "
            "out whole and the debt stays as a claim."
        )
        return text.format(owed=show_money(books.owed), held=show_money(books.held))
    return _(
        "Take the payment first and come back. If it will not be paid, the "
        "director can close this with a claim, which stays on the list."
    )


def _say_share(name: str, fen: int) -> str:
    text = _("{name} still owes {amount} as a share of the family.")
    return text.format(name=name, amount=show_money(fen))


def _say_net(books: Books) -> str:
    text = _("Net, {fen} would be given back.")
    if books.to_family < 0:
        text = _("Net, {fen} would still be to pay.")
    return text.format(fen=show_money(abs(books.to_family)))


def _settled_already(_departure_id: int) -> None:
    """Nothing is left to store: on to the papers."""
