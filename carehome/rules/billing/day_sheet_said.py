"""The sheet of a bill in words: its columns, its days, and where prices come from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.billing.day_sheet import (
    Charged,
    DayOfBill,
    DaySheet,
    LineSheet,
    Where,
)
from carehome.rules.billing.lines import Line

WHERE_NAMES: dict[Where, str] = {
    "here": N_("Here this day"),
    "leave": N_("Away on leave"),
    "hospital": N_("In hospital"),
    "gone": N_("Not charged"),
}
LATE_SHEET = N_(
    "This month was charged before. Here are its days as they are known now; this bill "
    "holds only the difference."
)
Approved = Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Share:
    """A column of the sheet: what is added up in it."""

    title: str
    of: Callable[[DayOfBill], Fraction]


def _fees_of(category: str) -> Callable[[DayOfBill], Fraction]:
    def of(day: DayOfBill) -> Fraction:
        found = (x.part.exact for x in day.charged if _is_fee(x.line, category))
        return sum(found, Fraction())

    return of


def _is_fee(line: Line, category: str) -> bool:
    return line.kind == "fee" and line.category == category


SHARES = (
    Share(N_("Bed fee"), _fees_of("bed")),
    Share(N_("Care fee"), _fees_of("care")),
    Share(N_("Meal fee"), _fees_of("meal")),
    Share(N_("Other fees"), _fees_of("other")),
    Share(N_("Given back"), lambda day: day.sum_of("refund")),
    Share(N_("By use"), lambda day: day.sum_of("use")),
    Share(N_("Others pay"), lambda day: day.sum_of("payer")),
)
WHOLE = Share(N_("This day"), lambda day: day.total)


def shares_of(sheet: DaySheet) -> tuple[Share, ...]:
    """Return the columns that a sheet needs; what is nowhere charged has none."""
    found = (x for x in SHARES if any(x.of(day) for day in sheet.days))
    return (*found, WHOLE)


def show_exact(fen: Fraction) -> str:
    """Show an exact amount in yuan; parts of a fen to the hundredth of it."""
    if fen.denominator == 1:
        return show_money(int(fen), sign=False)
    yuan = Decimal(fen.numerator) / Decimal(fen.denominator) / 100
    text = f"{abs(yuan).quantize(Decimal('0.0001'), ROUND_HALF_UP):,}"
    return f"−{text}" if fen < 0 else text


def show_rounding(fen: Fraction) -> str:
    """Show what rounding adds or takes, with its sign."""
    if not fen:
        return _("nothing to round")
    return f"+{show_exact(fen)}" if fen > 0 else show_exact(fen)


def say_closing(sheet: DaySheet) -> list[str]:
    """Say how the days lead to the total of the bill."""
    return [
        _("All days together come to {exact}.").format(exact=show_exact(sheet.exact)),
        *_limit(sheet.limit),
        *_rounding(sheet.rounding),
        _("So the month comes to {total}.").format(total=show_money(sheet.total)),
    ]


def say_corrected(sheet: DaySheet, fen: int) -> list[str]:
    """Say how the days of an earlier month lead to what corrects it by `fen`."""
    month, right = say_month(sheet.month), sheet.total
    text = _(
        "{month} was charged before: {charged} so far, right is {right}, so this bill "
        "corrects it by {fen}."
    )
    return [
        _("All days together come to {exact}.").format(exact=show_exact(sheet.exact)),
        *_limit(sheet.limit),
        *_rounding(sheet.rounding),
        text.format(
            month=month,
            charged=show_money(right - fen),
            right=show_money(right),
            fen=show_money(fen),
        ),
    ]


def say_bill(month: date, own: int, late: int) -> str:
    """Say what a bill with corrections comes to: its own month, and they."""
    text = _(
        "This bill: services of {month} {own}, corrections {late}, in all {total}."
    )
    return text.format(
        month=say_month(month),
        own=show_money(own),
        late=show_money(late),
        total=show_money(own + late),
    )


def _rounding(rounding: Fraction) -> list[str]:
    if not rounding:
        return [_("Nothing had to be rounded.")]
    text = _("Each line is rounded once to the fen: {rounding}.")
    return [text.format(rounding=show_rounding(rounding))]


def say_line(sheet: LineSheet) -> list[str]:
    """Say how the days of a line lead to its amount."""
    exact, amount = show_exact(sheet.exact), show_money(sheet.line.amount_fen)
    if sheet.line.kind == "payer":
        text = _(
            "What the payer bears, {amount}, is shared out by what each day costs."
        )
        return [text.format(amount=amount)]
    if not sheet.rounding and not sheet.limit:
        return [_("The days come to {amount} exactly.").format(amount=amount)]
    text = _(
        "The days come to {exact}; rounded once to the fen ({rounding}): {amount}."
    )
    rounding = show_rounding(sheet.rounding)
    return [
        *_limit(sheet.limit),
        text.format(exact=exact, rounding=rounding, amount=amount),
    ]


def say_day(day: DayOfBill, approved: Approved) -> list[str]:
    """Say item by item what a day adds, at which price and from where it comes."""
    told = []
    for each in day.charged:
        why = [say_part(each), say_source(each.line, approved)]
        text = _("{item}: {fen}, {why}")
        told.append(
            text.format(
                item=each.line.item_name,
                fen=show_exact(each.part.exact),
                why=_(", ").join(filter(None, why)) or _("Others pay"),
            )
        )
    return told


def _limit(limit: Fraction) -> list[str]:
    if not limit:
        return []
    text = _("No more is given back than was charged: {limit}.")
    return [text.format(limit=show_rounding(limit))]


def say_part(charged: Charged) -> str:
    """Say how one day of a line comes about."""
    line, part = charged.line, charged.part
    if line.kind == "use":
        return _("{quantity} × {price}").format(
            quantity=line.quantity, price=show_money(line.price_fen)
        )
    if line.kind == "payer":
        return ""
    price = show_money(line.price_fen)
    if line.basis_days == 1:
        return _("{price} a day").format(price=price)
    text = _("{price} ÷ {basis}").format(price=price, basis=line.basis_days)
    if part.units != 1:
        times = _("{text}, counts as {count} days")
        text = times.format(text=text, count=part.units)
    if line.percent != 100:
        text = _("{text} × {percent} %").format(text=text, percent=line.percent)
    return text


def say_source(line: Line, approved: Approved) -> str:
    """Say where a price comes from, and who approved it."""
    source = line.source
    if "personal" in source:
        text = _("Personal price, approved by {name}: {reason}")
        return text.format(name=source["approver"], reason=source["reason"])
    if "list" not in source:
        return ""
    starts = date.fromisoformat(str(source["list"]))
    name = approved.get(starts)
    if name:
        text = _("Price list from {day}, approved by {name}")
        return text.format(day=show_day(starts), name=name)
    return _("Price list from {day}").format(day=show_day(starts))
