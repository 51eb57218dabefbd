"""Facts as text: what a posted bill keeps, to be computed again for ever."""

import json
from datetime import date
from operator import attrgetter

from carehome.errors import Trouble
from carehome.i18n import N_
from carehome.rules.billing.facts import (
    Absence,
    Cover,
    Extra,
    Facts,
    HomeSettings,
    ItemUse,
    PersonalPrice,
    StayDays,
)
from carehome.rules.billing.tariff import Item, PriceList, Tariff, Terms
from carehome.rules.periods import Period

EDITION = 1  # of the text; bills written in an old edition must stay readable
_SPAN = ("period.start", "period.end")
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=date.isoformat
).encode
_settings = attrgetter("charge_admission_day", "charge_discharge_day")
_item = attrgetter("code", "name", "category", "unit", "vat_exempt")
_terms = attrgetter(
    "day_basis",
    "leave_meal_refund",
    "leave_care_refund",
    "leave_bed_kept",
    "leave_min_days",
    "hospital_meal_refund",
    "hospital_care_refund",
    "hospital_bed_kept",
    "hospital_min_days",
)
_stay = attrgetter("admitted", "discharged")
_use = attrgetter("item_code", *_SPAN)
_price = attrgetter("item_code", *_SPAN, "kind", "value", "reason", "approver")
_absence = attrgetter("kind", "left_on", "returned_on")
_extra = attrgetter("item_code", "on", "quantity", "note")
_cover = attrgetter(
    "payer", "payer_name", *_SPAN, "kind", "value", "categories", "items"
)
_ranked = attrgetter("rank", "most")


class UnreadableFacts(Trouble):
    """The facts kept with a bill are damaged or of a newer program."""

    text = N_(
        "What this bill was computed from cannot be read. "
        "The file may be damaged: go back to a backup, or update the program."
    )


def facts_to_json(facts: Facts) -> str:
    """Return facts as compact text, the same text for the same facts."""
    kept: dict[str, object] = {
        "edition": EDITION,
        "resident": facts.resident_id,
        "month": facts.month,
        "known_until": facts.known_until,
        "settings": _settings(facts.settings),
        "items": [_item(item) for item in facts.items.values()],
        "lists": [
            (listed.starts, _terms(listed.terms), listed.prices)
            for listed in facts.tariff.lists
        ],
        "stays": [_stay(stay) for stay in facts.stays],
        "uses": [_use(use) for use in facts.uses],
    }
    if facts.personal_prices:
        kept["prices"] = [_price(price) for price in facts.personal_prices]
    if facts.absences:
        kept["absences"] = [_absence(absence) for absence in facts.absences]
    if facts.extras:
        kept["extras"] = [_extra(extra) for extra in facts.extras]
    if facts.covers:
        kept["covers"] = [
            _cover(cover)
            + (_ranked(cover) if cover.rank else ())
            + (() if cover.counts_away else (False,))
            for cover in facts.covers
        ]
    return _encode(kept)


def facts_from_json(text: str) -> Facts:
    """Return the facts that `facts_to_json` wrote."""
    try:
        kept = json.loads(text)
        if kept["edition"] != EDITION:
            raise UnreadableFacts
        items = [Item(*row) for row in kept["items"]]
        lists = [
            PriceList(_day(starts), prices, Terms(*terms))
            for starts, terms, prices in kept["lists"]
        ]
        return Facts(
            kept["resident"],
            _day(kept["month"]),
            _day(kept["known_until"]),
            HomeSettings(*kept["settings"]),
            {item.code: item for item in items},
            Tariff(tuple(lists)),
            tuple(StayDays(_day(a), _open(d)) for a, d in kept["stays"]),
            tuple(ItemUse(code, _span(a, b)) for code, a, b in kept["uses"]),
            tuple(
                PersonalPrice(code, _span(a, b), *rest)
                for code, a, b, *rest in kept.get("prices", ())
            ),
            tuple(
                Absence(kind, _day(left), _open(back))
                for kind, left, back in kept.get("absences", ())
            ),
            tuple(
                Extra(code, _day(on), *rest)
                for code, on, *rest in kept.get("extras", ())
            ),
            tuple(
                Cover(
                    payer,
                    name,
                    _span(a, b),
                    kind,
                    value,
                    tuple(cats),
                    tuple(codes),
                    *ranked,
                )
                for payer, name, a, b, kind, value, cats, codes, *ranked in kept.get(
                    "covers", ()
                )
            ),
        )
    except (ValueError, KeyError, TypeError) as damage:
        raise UnreadableFacts from damage


_day = date.fromisoformat


def _open(text: str | None) -> date | None:
    """Return a day that may be open."""
    return None if text is None else _day(text)


def _span(start: str, end: str | None) -> Period:
    """Return a period that may be open."""
    return Period(_day(start), _open(end))
