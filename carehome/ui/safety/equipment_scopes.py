"""Which pieces a service is recorded for: one, those chosen, all of a kind …"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carehome.i18n import _
from carehome.services.safety.ledger import Ledger, Line

ONE, CHOSEN, FLOOR, KIND, LISTED = "one", "chosen", "floor", "kind", "listed"


@dataclass(frozen=True, slots=True)
class Scope:
    """Some pieces of equipment, and what they are called together."""

    label: str
    ids: tuple[int, ...]


def scopes(
    line: Line, chosen: Sequence[Line], listed: Sequence[Line], ledger: Ledger
) -> dict[str, Scope]:
    """Offer what belongs together with a piece; what is scrapped is not serviced."""
    alike = [other for other in ledger.lines if other.kind == line.kind]
    kind = line.kind.name
    found = {
        ONE: Scope(_("Only {label}").format(label=line.label), _ids([line])),
        CHOSEN: _scope(_("The {count} chosen ones"), chosen),
        KIND: _scope(_("All {count} of {kind}"), alike, kind=kind),
        LISTED: _scope(_("All {count} in the list"), listed),
    }
    if line.point is not None:
        plan_id = line.point.plan_id
        plan = next(plan.name for plan in ledger.plans if plan.plan_id == plan_id)
        near = [each for each in alike if each.point and each.point.plan_id == plan_id]
        text = _("All {count} of {kind} on {plan}")
        found[FLOOR] = _scope(text, near, kind=kind, plan=plan)
    return _distinct(found)


def _scope(text: str, lines: Iterable[Line], **facts: str) -> Scope:
    ids = _ids(lines)
    return Scope(text.format(count=len(ids), **facts), ids)


def _ids(lines: Iterable[Line]) -> tuple[int, ...]:
    return tuple(line.equipment_id for line in lines if line.scrapped_on is None)


def _distinct(found: dict[str, Scope]) -> dict[str, Scope]:
    """Offer the same pieces once only, from the few to the many."""
    order = [code for code in (ONE, CHOSEN, FLOOR, KIND, LISTED) if code in found]
    told: dict[frozenset[int], str] = {}
    for code in order:
        if found[code].ids:
            told.setdefault(frozenset(found[code].ids), code)
    return {code: found[code] for code in told.values()}
