"""Why a bill line is what it is, in sentences for the person who asks."""

from collections.abc import Iterator

from carehome.i18n import N_, _, say_month, show_day, show_money
from carehome.rules.billing.lines import Kind, Line, Source
from carehome.rules.billing.tariff import CATEGORY_NAMES

KIND_NAMES: dict[Kind, str] = {
    "fee": N_("Fee"),
    "refund": N_("Refund for days away"),
    "use": N_("Charged by use"),
    "payer": N_("Borne by another payer"),
    "adjustment": N_("Correction"),
}
_PERSONAL = {
    "fixed": N_("Personal price {price} instead of the list price {listed}."),
    "percent": N_("Personal price: {value} % of the list price {listed}."),
    "waived": N_("Waived; the list price is {listed}."),
}
_BACK = {
    "leave": N_("On leave: left on {left}, back on {returned}."),
    "hospital": N_("In hospital: left on {left}, back on {returned}."),
}
_STILL_AWAY = {
    "leave": N_("On leave: left on {left}, not back yet."),
    "hospital": N_("In hospital: left on {left}, not back yet."),
}

_CHANGED = {
    "bed": N_("The bed fee of these days is another one: the bed changed."),
    "care": N_("The care fee of these days is another one: the nursing grade changed."),
    "meal": N_("The meal fee of these days is another one: the meals changed."),
}


def explain(line: Line) -> list[str]:
    """Return the sentences that say how the amount of a line comes about."""
    if line.kind == "fee":
        return [*_days(line), *_price(line)]
    if line.kind == "refund":
        return _refund(line)
    if line.kind == "use":
        return _use(line)
    return _payer(line) if line.kind == "payer" else _adjustment(line)


def _days(line: Line) -> list[str]:
    """Say how the days of a fee were counted."""
    price, amount = show_money(line.price_fen), show_money(line.amount_fen)
    counted = int(line.source.get("counted", line.days))
    together = line.source.get("together")
    texts = []
    if line.basis_days == 1:
        text = _("{price} a day × {days} {days:day|days} = {amount}.")
        return [text.format(price=price, days=line.days, amount=amount)]
    if counted == line.basis_days:
        texts.append(_("A whole month at {price}.").format(price=price))
    else:
        text = _("{price} a month × {days} ÷ {basis} days = {amount}.")
        days = {"days": counted, "basis": line.basis_days}
        texts.append(text.format(price=price, amount=amount, **days))
    if counted != line.days:
        text = _(
            "Its {days} {days:day counts|days count} as {counted}, as a whole month "
            "counts 30 days."
        )
        texts.append(text.format(days=line.days, counted=counted))
    if together:
        text = _(
            "Rounded together with the {days} {days:day|days} before at the same "
            "price, so that the parts come to the whole."
        )
        texts.append(text.format(days=together))
    return texts


def _price(line: Line) -> list[str]:
    """Say where the price comes from."""
    source = line.source
    if "personal" in source:
        listed = source.get("list_fen")
        text = _(_PERSONAL[str(source["personal"])]).format(
            price=show_money(line.price_fen),
            value=source["value"],
            listed="—" if listed is None else show_money(int(listed)),
        )
        why = _("Reason: {reason}. Approved by {approver}.")
        reason, approver = source["reason"], source["approver"]
        return [text, why.format(reason=reason, approver=approver)]
    if "list_last" in source:
        text = _("Price list from {day}, unchanged in the one from {last}.")
        return [text.format(day=source["list"], last=source["list_last"])]
    return [_("Price list from {day}.").format(day=source["list"])]


def _refund(line: Line) -> list[str]:
    """Say for which absence, and how much of the price, is given back."""
    source = line.source
    days = (source["absence"], source["left"], source.get("returned", ""))
    away = _away(*map(str, days))
    text = _("Absent days {first} to {last}: {price} × {days} ÷ {basis} × {percent} %.")
    texts = [
        away,
        text.format(
            first=show_day(line.starts),
            last=show_day(line.last_day),
            price=show_money(line.price_fen),
            days=source.get("counted", line.days),
            basis=line.basis_days,
            percent=line.percent,
        ),
    ]
    if "at_most" in source:
        texts.append(_("No more is given back than was charged."))
    return texts


def _use(line: Line) -> list[str]:
    """Say what was used, when, and at which price."""
    text = _("{day}: {quantity} × {price} = {amount}.")
    what = text.format(
        day=show_day(line.starts),
        quantity=line.quantity,
        price=show_money(line.price_fen),
        amount=show_money(line.amount_fen),
    )
    note = line.source.get("note")
    return [what, *_price(line), *([str(note)] if note else [])]


def _payer(line: Line) -> list[str]:
    """Say what another payer bears."""
    worth = show_money(int(line.source["worth"]))
    if line.source["cover"] == "percent":
        text = _(
            "{payer} bears {percent} % of {worth}, what the items covered come to."
        )
        if int(line.source.get("rank", 1)) > 1:
            text = _(
                "{payer} bears {percent} % of {worth}, what the payers before leave of "
                "the items covered."
            )
        what = text.format(payer=line.item_name, percent=line.percent, worth=worth)
    elif line.source["cover"] == "day":
        text = _("{payer} bears {price} a day × {days} {days:day|days}.")
        price = show_money(line.price_fen)
        what = text.format(payer=line.item_name, price=price, days=line.days)
    else:
        text = _("{payer} bears {price} a month × {days} ÷ {basis} days.")
        what = text.format(
            payer=line.item_name,
            price=show_money(line.price_fen),
            days=line.days,
            basis=line.basis_days,
        )
    texts = [what]
    if "category" in line.source:
        names: dict[str, str] = {code: _(name) for code, name in CATEGORY_NAMES.items()}
        covered = " ".join(names[x] for x in str(line.source["category"]).split())
        texts.append(_("It covers: {items}.").format(items=covered))
    elif "item" in line.source:
        texts.append(_("It covers: {items}.").format(items=line.source["item"]))
    if "most" in line.source:
        most = show_money(int(line.source["most"]))
        texts.append(_("It bears at most {most} a month.").format(most=most))
    if int(line.source.get("wanted", 0)) + line.amount_fen > 1:  # no mere rounding
        texts.append(_("Limited to what is left to pay of the items covered."))
    return texts


def _adjustment(line: Line) -> list[str]:
    """Say which month is corrected, and from what to what."""
    if line.source.get("cut"):
        text = _("{payer} did not pay {amount} of what it bears of {month}: {reason}")
        return [
            text.format(
                payer=line.item_name,
                amount=show_money(line.amount_fen),
                month=say_month(line.for_month),
                reason=line.source["reason"],
            )
        ]
    texts = [_corrected(line), *_causes(line)]
    if "confirmed_by" in line.source:
        text = _("Confirmed by {name}: {reason}")
        name, reason = line.source["confirmed_by"], line.source["reason"]
        texts.append(text.format(name=name, reason=reason))
    return texts


def was_and_is(line: Line) -> tuple[int, int]:
    """Return what a correction says was charged, and what is right, as people count.

    What is given back, or borne by others, is told as a sum of its own.
    """
    source = line.source
    if "net_old" in source:
        return int(source["net_old"]), int(source["net_new"])
    sign = -1 if source["corrects"] in ("refund", "payer") else 1
    return sign * int(source["old"]), sign * int(source["new"])


def _corrected(line: Line) -> str:
    """Say what was charged for a month, what is right, and what follows."""
    if "cut" in line.source:
        text = _(
            "Of {month} you were charged {old} that a payer refused; as it bears less "
            "of it now, {new} of that stays."
        )
        old, new = (show_money(int(line.source[each])) for each in ("old", "new"))
        return text.format(month=say_month(line.for_month), old=old, new=new)
    if "net_old" in line.source:
        text = (
            _(
                "Corrects {month}: charged so far {old} after refunds, right is {new}, "
                "so {fen} more is due."
            )
            if line.amount_fen > 0
            else _(
                "Corrects {month}: charged so far {old} after refunds, right is {new}, "
                "so {fen} goes back."
            )
        )
    elif line.source["corrects"] == "refund":
        text = _("Corrects {month}: given back so far {old}, right is {new}.")
    elif line.source["corrects"] == "payer":
        text = _("Corrects {month}: {payer} bore {old} so far, right is {new}.")
    elif line.amount_fen > 0:
        text = _(
            "Corrects {month}: charged so far {old}, right is {new}, so {fen} more is "
            "due."
        )
    else:
        text = _(
            "Corrects {month}: charged so far {old}, right is {new}, so {fen} goes "
            "back."
        )
    old, new = map(show_money, was_and_is(line))
    return text.format(
        month=say_month(line.for_month),
        payer=line.item_name,
        old=old,
        new=new,
        fen=show_money(abs(line.amount_fen)),
    )


def _causes(line: Line) -> Iterator[str]:
    """Yield which facts let a month differ, as far as they were kept."""
    source = line.source
    if "changed" in source:
        yield _(_CHANGED[str(source["changed"])])
    if "days_old" in source:
        text = _("Right are {days} {days:day|days}, charged so far for {old}.")
        if "first" in source:
            text = _(
                "Right are {days} {days:day|days} ({first} to {last}), charged so far "
                "for {old}."
            )
        first, last = source.get("first", ""), source.get("last", "")
        days, old = source["days"], source["days_old"]
        yield text.format(days=days, old=old, first=first, last=last)
    if "price_old" in source:
        text = _("The price is {price}, charged so far at {old}.")
        if "since" in source:
            text = _("Since {since} the price is {price}, charged so far at {old}.")
        prices = (int(source["price"]), int(source["price_old"]))
        price, before = map(show_money, prices)
        yield text.format(price=price, old=before, since=source.get("since", ""))
        yield _price_from(source)
    if "cover_first" in source:
        text = _("{payer} bears something of {first} to {last}.")
        first, last = source["cover_first"], source["cover_last"]
        yield text.format(payer=line.item_name, first=first, last=last)
    if "cover_gone" in source:
        text = _("{payer} bears nothing of that month any more.")
        yield text.format(payer=line.item_name)
    for name, text in (
        ("away", N_("Now counted: {what}")),
        ("not_away", N_("No longer counted: {what}")),
    ):
        for away in str(source.get(name, "")).split():
            yield _(text).format(what=_away(*away.split("/")))


def _price_from(source: Source) -> str:
    if "price_list" in source:
        return _("Price list from {day}.").format(day=source["price_list"])
    text = _("Personal price, approved by {name}: {reason}")
    return text.format(name=source["own_by"], reason=source["own_reason"])


def _away(kind: str, left: str, returned: str) -> str:
    """Say when somebody left and came back."""
    if not returned:
        return _(_STILL_AWAY[kind]).format(left=left)
    return _(_BACK[kind]).format(left=left, returned=returned)
