"""The lists of who is here, and of how everybody is brought out."""

from datetime import date

from carehome.i18n import N_, _
from carehome.rules.beds import label_key
from carehome.rules.presence import News, Way, is_harder
from carehome.services.presence import Somebody
from carehome.ui.kit import table
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts import ability
from carehome.ui.presence import faces


class HereList(TableView[Somebody]):
    """Lists who is here, with what is new and what is to be watched."""

    def __init__(self, with_care: bool) -> None:
        columns = (*_WHO, *_WHERE, *(_CARE if with_care else ()))
        model = TableModel(columns, key=lambda one: one.resident_id)
        super().__init__(model, "presence.here", N_("Who is here"))


class WayList(TableView[Somebody]):
    """Lists how everybody is brought out; who said it, and what may be expected."""

    def __init__(self) -> None:
        model = TableModel((*_WHO, *_WAYS), key=lambda one: one.resident_id)
        super().__init__(model, "presence.ways", N_("Ways of being brought out"))


def _state(one: Somebody) -> str:
    return _("Out") if one.out else _("In the house")


def _state_tone(one: Somebody) -> str | None:
    return faces.tone_of(one.out) if one.out else None


def _out(one: Somebody) -> str | None:
    return faces.say_out(one.out) if one.out else None


def _news(one: Somebody) -> str | None:
    told = (each for each in one.news if not one.out or each.news != News.WENT_OUT)
    return _(", ").join(map(faces.say_news, told)) or None


def _risks(one: Somebody) -> str | None:
    marks = [_("Dementia")] if one.has_dementia else []
    return _(", ").join([*one.risks, *marks]) or None


def _risk_tone(one: Somebody) -> str | None:
    return "bad" if one.risks else None


def _ability(one: Somebody) -> str:
    return ability.word(one.ability_level)


def _suggested(one: Somebody) -> str | None:
    way = one.leaving.suggested
    return faces.say_way(way) if way and way != one.leaving.way else None


def _suggested_tone(one: Somebody) -> str | None:
    """Warn where somebody is noted as easier to bring out than they seem to be."""
    way, likely = one.leaving.way, one.leaving.suggested
    return "warn" if way and likely and is_harder(Way(likely), Way(way)) else None


def _set_on(one: Somebody) -> date | None:
    return one.leaving.set_on


_WHO: tuple[Column[Somebody], ...] = (
    Column(
        N_("Bed"),
        lambda one: one.bed or _("Without a bed"),
        bold=True,
        order=lambda one: label_key(one.bed),
    ),
    Column(N_("Name"), lambda one: one.name, bold=True),
    Column(N_("Sex and age"), faces.sex_and_age),
    Column(N_("In or out"), _state, chip=_state_tone),
)
_WHERE: tuple[Column[Somebody], ...] = (
    Column(N_("Out since and until"), _out, stretch=True),
    Column(N_("What is new"), _news, stretch=True),
)
_CARE: tuple[Column[Somebody], ...] = (
    Column(N_("Nursing grade"), lambda one: one.grade or None),
    Column(
        N_("Ability"),
        _ability,
        chip=lambda one: ability.tone(one.ability_level),
        order=lambda one: one.ability_level,
    ),
    Column(N_("At risk"), _risks, tone=_risk_tone, stretch=True),
)
_WAYS: tuple[Column[Somebody], ...] = (
    Column(
        N_("How to bring out"),
        lambda one: faces.say_way(one.leaving.way),
        chip=lambda one: "quiet" if one.leaving.way else "bad",
    ),
    Column(N_("Take along"), lambda one: one.leaving.needs or None, stretch=True),
    Column(N_("Suggested"), _suggested, chip=_suggested_tone),
    table.day(N_("Said on"), _set_on),
    Column(N_("Said by"), lambda one: one.leaving.set_by or None),
)
