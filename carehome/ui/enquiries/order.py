"""The order of the waiting list, as the director sets it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _
from carehome.rules.residents import ABILITY_NAMES
from carehome.rules.waiting import (
    RANKS,
    AnswerDaysOutOfRange,
    OrderRules,
    Rank,
)
from carehome.services.home import Home
from carehome.services.waiting import WaitingList
from carehome.ui.enquiries.hand import Choices, Hand, read_choices
from carehome.ui.kit import theme
from carehome.ui.kit.fields import CheckField, ChoiceField, NumberField
from carehome.ui.kit.forms import Form
from carehome.ui.parts.deeds import DeedDialog, let_scroll

WIDE = 740
NEEDS = 100  # added to a rank that only counts for who needs care


def ask_order(hand: Hand, parent: QWidget) -> None:
    """Ask for the order of the list; the log keeps every change."""
    services = hand.services
    then = partial(_ask, hand, parent)
    hand.jobs.run(parent, then, _read, services.waiting, services.home)


def _read(waiting: WaitingList, home: Home) -> tuple[OrderRules, Choices]:
    return waiting.rules(), read_choices(home)


def _ask(hand: Hand, parent: QWidget, found: tuple[OrderRules, Choices]) -> None:
    rules, choices = found
    form = Form(columns=2)
    by_category = CheckField(_("Category"), _("The category decides first"))
    form.add("by_category", by_category)
    by_ability = CheckField(_("Ability"), _("Then who needs more care comes first"))
    form.add("by_ability", by_ability)
    levels = {level: _(ABILITY_NAMES[level]) for level in (1, 2, 3, 4)}
    form.add("care_from", ChoiceField(_("Needs care from"), levels))
    days = NumberField(_("Days an offer stands"))
    form.add("answer_days", days, blame=(AnswerDaysOutOfRange,))
    tie = ChoiceField(_("First among equals"), choices.categories, needed=False)
    form.add("tie_category", tie)
    form.add_heading(_("Rank that a category gives, 1 first"))
    for code, label in choices.categories.items():
        form.add(f"rank-{code}", ChoiceField(label, _ranks(), needed=False))
    form.set_values(_values(rules, choices))

    def deed(values: dict[str, Any]) -> "partial[None]":
        return partial(hand.services.waiting.change_rules, _rules(values, choices))

    dialog = DeedDialog(
        _("Order of the waiting list"),
        form,
        _("Order the list so"),
        hand.jobs,
        deed,
        parent,
        "waiting-order",
    )
    note = QLabel(
        _(
            "Public homes: first those in extreme hardship, then hardship with need of "
            "care, families that lost their only child, veterans; then others. "
            "Whoever stands equal waits by the day of application."
        )
    )
    note.setWordWrap(True)
    theme.mark(note, "hint")
    dialog.body.insertWidget(0, note)
    dialog.setMinimumWidth(theme.px(WIDE))
    let_scroll(dialog)
    dialog.open()


def _ranks() -> dict[int, str]:
    """Return the ranks to choose from, first for everybody, then for need of care."""
    everybody = {rank: _("rank {rank}").format(rank=rank) for rank in RANKS[:4]}
    text = _("rank {rank}, needing care")
    needing = {NEEDS + rank: text.format(rank=rank) for rank in RANKS[:4]}
    return everybody | needing


def _values(rules: OrderRules, choices: Choices) -> dict[str, Any]:
    ranks = {
        f"rank-{each.category}": each.rank + (NEEDS if each.needs_care else 0)
        for each in rules.ranks
        if each.category in choices.categories
    }
    return {
        "by_category": rules.by_category,
        "by_ability": rules.by_ability,
        "care_from": rules.care_from,
        "answer_days": rules.answer_days,
        "tie_category": rules.tie_category or None,
        **ranks,
    }


def _rules(values: dict[str, Any], choices: Choices) -> OrderRules:
    chosen = {code: values[f"rank-{code}"] for code in choices.categories}
    return OrderRules(
        bool(values["by_category"]),
        bool(values["by_ability"]),
        tuple(
            Rank(code, rank % NEEDS, rank > NEEDS)
            for code, rank in chosen.items()
            if rank is not None
        ),
        values["tie_category"] or "",
        values["care_from"],
        values["answer_days"],
    )
