"""Prices of the demonstration home that wait for approval, and notices that hang."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from carehome import paths
from carehome.db.database import Database
from carehome.rules.periods import Period, months_after
from carehome.rules.residents import LIVES_HERE
from carehome.rules.rights import Role, User
from carehome.services.prices import (
    OwnPrices,
    PersonalPriceTaken,
    Prices,
    PriceSheet,
    PriceVersions,
)
from carehome.services.prices.notices import Kind, Notices
from carehome.services.residents import Residents
from carehome.services.service import Clock

SUBMITTED = timedelta(days=3)  # before today
KINDS: tuple[Kind, ...] = ("fees", "three_parts")


def furnish(db: Database, users: Mapping[Role, User], day: date) -> None:
    """Submit next year's prices, ask for two personal ones, hang up the notices."""
    path = paths.resource("demo") / "prices.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))

    def now() -> datetime:
        return datetime.combine(day - SUBMITTED, time(2), tzinfo=UTC)

    clerk, director = users[Role.ACCOUNTANT], users[Role.DIRECTOR]
    prices = Prices(db, clerk, now)
    (sheet, *_older) = prices.sheets()
    notices = Notices(db, clerk, now)
    for kind, place in zip(KINDS, told["places"], strict=True):
        up_on = day.replace(day=1) - timedelta(days=20)
        notices.put_up(sheet.list_id, kind, place, up_on)
    starts = date(day.year + 1, 1, 1)
    fresh = _raised(sheet, prices, told, starts)
    versions = PriceVersions(db, clerk, now)
    versions.submit(prices.save_sheet(fresh))
    asked = _ask(db, users[Role.FRONT_DESK], now, told, months_after(day, 1))
    OwnPrices(db, director, now).refuse(asked[-1], told["refused"])


def _raised(
    sheet: PriceSheet, prices: Prices, told: Mapping[str, Any], starts: date
) -> PriceSheet:
    """Return next year's list: some prices changed, some gone."""
    codes = {item.item_id: item.code for item in prices.items()}
    listed = tuple(
        replace(price, fen=price.fen + 100 * told["raises"].get(code, 0))
        for price in sheet.prices
        if (code := codes[price.item_id]) not in told["gone"]
    )
    return replace(sheet, list_id=0, starts=starts, note=told["note"], prices=listed)


def _ask(
    db: Database,
    user: User,
    now: Clock,
    told: Mapping[str, Any],
    day: date,
) -> list[int]:
    """Ask for personal prices of the care of some who live here."""
    prices = Prices(db, user, now)
    items = {item.applies_to: item.item_id for item in prices.items()}
    here = [
        line
        for line in Residents(db, user, now).find("")
        if line.status in LIVES_HERE and line.grade
    ]
    found: list[int] = []
    span = Period(day.replace(day=1))
    for line in here:
        if len(found) == len(told["asked"]):
            break
        wish = told["asked"][len(found)]
        what = span, wish["kind"], wish["value"], wish["reason"]
        try:
            item_id = items[line.grade]
            number = prices.set_own_price(line.resident_id, item_id, *what)
        except PersonalPriceTaken:
            continue  # some pay a price of their own already
        found.append(number)
    return found
