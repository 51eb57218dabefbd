"""Why a month differs from what was charged for it: the facts behind a correction.

They are kept with the correction, so that it can say for ever why it was made. What
cannot be told from the lines is left out rather than guessed.
"""

from collections.abc import Iterable, Mapping, Sequence

from carehome.rules.billing.lines import Line
from carehome.rules.billing.tariff import SERVICE_CATEGORIES

Causes = dict[str, str | int]
Key = tuple[str, str, str]
Days = dict[str, int | None]  # of each item; None where nobody kept them
_OF_AN_ITEM = ("fee", "refund", "use")


def causes(
    key: Key,
    charged: Sequence[Line],
    now: Sequence[Line],
    sums: tuple[Mapping[Key, int], Mapping[Key, int]],
) -> Causes:
    """Return what lets the lines of a key differ; `sums` are before and after."""
    kind, code, payer = key
    if kind == "fee":
        return _of_fee(code, charged, now)
    if kind == "refund":
        return _net(key, *sums) | _of_refund(code, charged, now)
    if kind == "payer":
        return _of_cover(payer, now, *(each.get(key, 0) for each in sums))
    return {}


def _of_cover(payer: str, now: Iterable[Line], old: int, new: int) -> Causes:
    """Return from when to when a payer bears something that bore nothing, or not."""
    if old and not new:
        return {"cover_gone": 1}
    mine = [x for x in now if x.kind == "payer" and x.payer == payer]
    if old or not mine:
        return {}
    first, last = min(x.starts for x in mine), max(x.last_day for x in mine)
    return {"cover_first": first.isoformat(), "cover_last": last.isoformat()}


def _net(key: Key, before: Mapping[Key, int], after: Mapping[Key, int]) -> Causes:
    """Return what an item comes to with its refunds, if nothing else of it differs."""
    keys = [(kind, key[1], key[2]) for kind in _OF_AN_ITEM]
    old, new = (sum(sums.get(each, 0) for each in keys) for sums in (before, after))
    if new - old != after.get(key, 0) - before.get(key, 0):
        return {}
    return {"net_old": old, "net_new": new}


def _of_fee(code: str, charged: Sequence[Line], now: Sequence[Line]) -> Causes:
    """Return the days and the price of a fee, as charged and as they are right."""
    before, after = _days(charged), _days(now)
    old, new = before.get(code, 0), after.get(code, 0) or 0
    if old is None:
        return {"days": new}
    found: Causes = {"days": new}
    if old != new:
        found["days_old"] = old
        return found | _span(code, now) | _changed(code, charged, now)
    return found | _price(code, charged, now)


def _days(lines: Iterable[Line]) -> Days:
    """Return for how many days each item is charged, as far as it is known."""
    found: Days = {}
    for line in lines:
        if line.kind == "fee":
            found[line.item_code] = (found.get(line.item_code) or 0) + line.days
        elif _corrects(line, "fee"):
            kept = line.source.get("days")
            found[line.item_code] = None if kept is None else int(kept)
    return found


def _span(code: str, now: Iterable[Line]) -> Causes:
    """Return the first and the last day of a fee that has no gap."""
    mine = sorted((x.starts, x) for x in now if x.kind == "fee" and x.item_code == code)
    if not mine:
        return {}
    first, last = mine[0][1].starts, mine[-1][1].last_day
    if sum(line.days for _starts, line in mine) != (last - first).days + 1:
        return {}
    return {"first": first.isoformat(), "last": last.isoformat()}


def _changed(code: str, charged: Sequence[Line], now: Sequence[Line]) -> Causes:
    """Say that bed, grade or meals changed: the days together stayed the same."""
    of = {x.item_code: x.category for x in (*charged, *now) if not x.payer}
    category = of[code]
    if category not in SERVICE_CATEGORIES:
        return {}
    before, after = _days(charged), _days(now)
    sums = []
    for days in (before, after):
        mine = [count for item, count in days.items() if of[item] == category]
        if None in mine:
            return {}
        sums.append(sum(count or 0 for count in mine))
    return {"changed": category} if sums[0] == sums[1] else {}


def _price(code: str, charged: Sequence[Line], now: Sequence[Line]) -> Causes:
    """Return the price that changed, since when, and where the new one is from."""
    mine = sorted(
        (x for x in now if x.kind == "fee" and x.item_code == code),
        key=lambda line: line.starts,
    )
    old = {x.price_fen for x in charged if x.kind == "fee" and x.item_code == code}
    for line in charged:
        if line.item_code == code and _corrects(line, "fee") and "price" in line.source:
            price = {int(line.source["price"])}
            old = old | price if "since" in line.source else price
    new = {line.price_fen for line in mine}
    before, after = old - new or old, new - old or new
    if len(before) != 1 or len(after) != 1 or before == after:
        return {}
    found: Causes = {"price_old": before.pop(), "price": after.pop()}
    changed = next(line for line in mine if line.price_fen == found["price"])
    if len(new) > 1:
        found["since"] = changed.starts.isoformat()
    source = changed.source
    if "personal" in source:
        return found | {"own_reason": source["reason"], "own_by": source["approver"]}
    return found | {"price_list": source["list"]}


def _of_refund(code: str, charged: Sequence[Line], now: Sequence[Line]) -> Causes:
    """Return which absences count now, and which count no more."""
    before = _absences(code, charged)
    after = _absences(code, now)
    if before is None or after is None:
        return {}
    begun = {each.rsplit("/", 1)[0] for each in after}
    added = [x for x in after if x not in before or x.endswith("/")]
    gone = [x for x in before if x not in after and x.rsplit("/", 1)[0] not in begun]
    found = {"away": " ".join(added), "not_away": " ".join(gone)}
    return {name: text for name, text in found.items() if text}


def _absences(code: str, lines: Iterable[Line]) -> list[str] | None:
    """Return the absences for which an item was given back; None if it is unknown."""
    found: dict[str, None] = {}
    for line in lines:
        if line.item_code != code:
            continue
        if line.kind == "refund":
            found[_absence(line)] = None
        elif _corrects(line, "refund"):
            if "net_old" not in line.source and not _tells(line):
                return None
            added = str(line.source.get("away", "")).split()
            gone = str(line.source.get("not_away", "")).split()
            begun = {each.rsplit("/", 1)[0] for each in added}
            for known in list(found):
                if known in gone or known.rsplit("/", 1)[0] in begun:
                    del found[known]
            found |= dict.fromkeys(added)
    return list(found)


def _tells(line: Line) -> bool:
    return "away" in line.source or "not_away" in line.source


def _absence(line: Line) -> str:
    """Return an absence as a word: its kind, the days of leaving and coming back."""
    source = line.source
    return f"{source['absence']}/{source['left']}/{source.get('returned', '')}"


def _corrects(line: Line, kind: str) -> bool:
    return line.kind == "adjustment" and line.source.get("corrects") == kind
