"""The dialogs that agree on what other payers bear of a resident's fees."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from carehome.i18n import N_, _, say_month, show_money
from carehome.rules.billing.checks import TurnedSpan
from carehome.rules.billing.tariff import CATEGORY_NAMES
from carehome.rules.days import Sense
from carehome.rules.payers.payer import KIND_NAMES, PayerNameMissing
from carehome.rules.periods import Period
from carehome.services.payers import FamilyPart, Payer, Payers
from carehome.services.payers.splitting import BadSplit, SplitAlready
from carehome.services.prices import Example, FeeItem, OwnCover, Prices
from carehome.services.prices.own import BadCover, CoverTaken, PayerAway
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    MoneyField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import DeedDialog

COVER_NAMES = {
    "percent": N_("Per cent"),
    "fen": N_("An amount a month"),
    "day": N_("An amount a day"),
}
RANK_NAMES = {
    1: N_("Before all others"),
    2: N_("Of what the first leave"),
    3: N_("Of what the second leave"),
}
ALL, CATEGORY, ITEM = "all", "category:", "item:"
MEMBERS = 4


class CoverDeeds:
    """Opens the dialogs about one resident's payers, over the widget that asks."""

    def __init__(
        self,
        prices: Prices,
        payers: Payers,
        jobs: Jobs,
        today: date,
        resident_id: int,
        known: Sequence[Payer],
        items: Sequence[FeeItem],
        parent: QWidget,
    ) -> None:
        self._prices = prices
        self._payers = payers
        self._jobs = jobs
        self._today = today
        self._who = resident_id
        self._known = [payer for payer in known if payer.is_active]
        self._items = [item for item in items if item.is_active]
        self._parent = parent

    def cover(self) -> DeedDialog:
        """Ask which payer bears how much of which fee, and in which order."""
        form = Form()
        payer = ChoiceField(
            _("Payer"),
            {each.payer_id: _named(each) for each in self._known},
            hint=_("New payers are entered under Fees, Payers."),
        )
        form.add("payer", payer, blame=(PayerAway,))
        form.add("scope", ChoiceField(_("Fee"), self._scopes()))
        kinds = {code: _(name) for code, name in COVER_NAMES.items()}
        kind = form.add("kind", PickField(_("Bears"), kinds))
        form.add("percent", NumberField(_("Per cent")), blame=(BadCover,))
        form.add("fen", MoneyField(_("Amount")), blame=(BadCover,))
        most = MoneyField(
            _("At most a month"),
            needed=False,
            hint=_("What is more goes to the next payer, or to the resident."),
        )
        form.add("most", most)
        told = _("Also for days on which all is given back, such as in hospital")
        form.add("counts_away", CheckField(_("Days away"), told))
        ranks = {code: _(name) for code, name in RANK_NAMES.items()}
        form.add("rank", ChoiceField(_("Order of bearing"), ranks))
        _add_span(form, self._today)
        form.blame("starts", CoverTaken)

        def show() -> None:
            form.show_field("percent", kind.value() == "percent")
            form.show_field("fen", kind.value() != "percent")
            form.show_field("most", kind.value() != "fen")
            form.show_field("counts_away", kind.value() == "day")

        kind.changed.connect(show)
        form.set_values({"kind": "percent", "scope": f"{CATEGORY}care", "rank": 1})
        show()

        def deed(values: dict[str, Any]) -> partial[int]:
            return partial(self._prices.add_cover, self._who, cover_of(values))

        return self._opened(_("Other payer"), form, deed, f"cover:{self._who}")

    def split(self) -> DeedDialog:
        """Ask who of the family bears how much of what all others leave."""
        form = Form(columns=2)
        for number in range(1, MEMBERS + 1):
            needed = number == 1
            hint = _("Who bore a share before: the same name.") if needed else ""
            name = TextField(_("Member of the family"), needed=needed, hint=hint)
            share = NumberField(_("Per cent"), needed=needed)
            form.add(f"name{number}", name, blame=(PayerNameMissing,) if needed else ())
            form.add(f"percent{number}", share, blame=(BadSplit,) if needed else ())
        _add_span(form, self._today)
        form.blame("starts", SplitAlready)
        form.set_values({"percent1": 50})

        def deed(values: dict[str, Any]) -> partial[list[int]]:
            span = Period(values["starts"], values["ends"])
            return partial(self._payers.split, self._who, parts_of(values), span)

        title = _("Split among the family")
        return self._opened(title, form, deed, f"split:{self._who}")

    def _scopes(self) -> dict[str, str]:
        """Return what may be covered: all, a category, or one item."""
        names = {f"{CATEGORY}{code}": _(name) for code, name in CATEGORY_NAMES.items()}
        single = {f"{ITEM}{item.item_id}": item.name for item in self._items}
        return {ALL: _("All fees"), **names, **single}

    def _opened(self, title: str, form: Form, deed: Any, draft: str) -> DeedDialog:
        parent, do = self._parent, _("Save")
        dialog = DeedDialog(title, form, do, self._jobs, deed, parent, draft)
        dialog.open()
        form.focus()
        return dialog


def cover_of(values: dict[str, Any]) -> OwnCover:
    """Return what a filled form agrees on."""
    scope: str = values["scope"]
    kind = values["kind"]
    return OwnCover(
        values["payer"],
        Period(values["starts"], values["ends"]),
        kind,
        values.get("percent" if kind == "percent" else "fen") or 0,
        scope.removeprefix(CATEGORY) if scope.startswith(CATEGORY) else None,
        int(scope.removeprefix(ITEM)) if scope.startswith(ITEM) else None,
        values.get("most") if kind != "fen" else None,
        values["rank"],
        counts_away=bool(values.get("counts_away")),
    )


def parts_of(values: dict[str, Any]) -> tuple[FamilyPart, ...]:
    """Return the members of the family of whom something was typed."""
    typed = [
        ((values[f"name{number}"] or "").strip(), values[f"percent{number}"] or 0)
        for number in range(1, MEMBERS + 1)
    ]
    return tuple(FamilyPart(name, share) for name, share in typed if name or share)


def say_cover(cover: OwnCover) -> str:
    """Say what a payer bears."""
    if cover.kind == "percent":
        worth = f"{cover.value} %"
    else:
        per = {"fen": N_("{amount} a month"), "day": N_("{amount} a day")}[cover.kind]
        worth = _(per).format(amount=show_money(cover.value))
    text = _("{payer} bears {worth}").format(payer=cover.payer, worth=worth)
    if cover.kind == "day" and cover.counts_away:
        text = _("{text}, {more}").format(text=text, more=_("days away too"))
    if cover.most is not None:
        most = _("at most {amount} a month").format(amount=show_money(cover.most))
        text = _("{text}, {more}").format(text=text, more=most)
    if cover.rank > 1:
        text = _("{text}, {more}").format(text=text, more=_("of what others leave"))
    return text


def say_example(example: Example) -> str:
    """Say what a month comes to, who bears what of it, and what is left."""
    borne = _("{payer} bears {worth}")
    parts = [
        borne.format(payer=part.payer, worth=show_money(part.fen))
        for part in example.parts
    ]
    text = _("{month} by what is agreed: {total} in all. {parts}. Left: {rest}.")
    return text.format(
        month=say_month(example.month),
        total=show_money(example.total),
        parts=_("; ").join(parts),
        rest=show_money(example.rest),
    )


def say_scope(cover: OwnCover) -> str:
    """Say of which fees a payer bears something."""
    if cover.item:
        return cover.item
    names = {str(code): _(name) for code, name in CATEGORY_NAMES.items()}
    return names[cover.category] if cover.category else _("All fees")


def _named(payer: Payer) -> str:
    kinds = {code.value: _(name) for code, name in KIND_NAMES.items()}
    if kinds[payer.kind] == payer.name:
        return payer.name
    return f"{payer.name}\u3000{kinds[payer.kind]}"


def _add_span(form: Form, today: date) -> None:
    form.add("starts", DateField(_("From"), today))
    hint = _("The first day without it; empty for as long as it lasts.")
    ends = DateField(
        _("Out of use from"), today, needed=False, hint=hint, sense=Sense.FUTURE
    )
    form.add("ends", ends, blame=(TurnedSpan,))
    form.set_values({"starts": today})
