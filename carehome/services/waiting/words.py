"""Why somebody stands where they do on the waiting list, in words."""

from carehome.i18n import _, show_day
from carehome.rules.residents import ABILITY_NAMES
from carehome.rules.waiting import GROUND_NAMES, OrderRules
from carehome.services.waiting.entries import WaitingLine


def why(line: WaitingLine, rules: OrderRules) -> str:
    """Say what decides on a place: rank, ability, day, and what put it behind."""
    parts = [rank(line)] if rules.by_category else []
    if rules.by_ability:
        parts.append(ability(line))
    day = show_day(line.application.applied_on)
    parts.append(_("applied on {day}").format(day=day))
    facts = _("; ").join(parts)
    ground = _(GROUND_NAMES[line.ground])
    return _("{ground} ({facts})").format(ground=ground, facts=facts)


def rank(line: WaitingLine) -> str:
    """Say which rank the category gives."""
    if not line.rank_category:
        return _("rank {rank}: other applicants").format(rank=line.rank)
    return _("rank {rank}: {category}").format(
        rank=line.rank, category=line.rank_category
    )


def ability(line: WaitingLine) -> str:
    """Say how able somebody is, and whether that was assessed or told."""
    if line.ability_level is None:
        return _("ability not known")
    level = _(ABILITY_NAMES[line.ability_level])
    if line.is_assessed:
        return _("{level} (assessed)").format(level=level)
    return _("{level} (as told)").format(level=level)
