"""The words of papers and inspections: what they say, how long they hold."""

from datetime import date

from carehome.i18n import _, show_day, show_money
from carehome.rules.certificates import Urgency
from carehome.rules.safety.approvals import (
    OUTCOME_NAMES,
    Group,
    Paper,
    PaperRules,
    good_until,
)
from carehome.rules.safety.inspections import (
    BASIS_NAMES,
    CHANNEL_NAMES,
    OFFICE_NAMES,
    PENALTY_NAMES,
    Inspection,
)
from carehome.ui.kit.cards import Fact

TONES = {
    Urgency.LAPSED: "bad",
    Urgency.NEAR: "bad",
    Urgency.MIDDLE: "warn",
    Urgency.FAR: "info",
}


def say_left(last_day: date, today: date) -> str:
    """Say how many days something still holds."""
    days = (last_day - today).days
    if days < 0:
        return _("Over for {count} {count:day|days}").format(count=-days)
    if days == 0:
        return _("Last day today")
    return _("{count} {count:day|days} left").format(count=days)


def say_answer(inspection: Inspection, today: date) -> str | None:
    """Say whether an office was answered, or by when it wants to be."""
    if inspection.answered_on:
        return _("Answer given")
    if inspection.answer_due is None:
        return None
    return say_left(inspection.answer_due, today)


def facts_of_paper(paper: Paper, rules: PaperRules) -> list[Fact]:
    """Tell what a paper says; of insurance also who bears what."""
    last = good_until(paper, rules)
    outcome = _(OUTCOME_NAMES[paper.outcome]) if paper.outcome else ""
    price = "" if paper.group is Group.INSURANCE else _money(paper.fen)
    facts = _filled(
        (_("About"), paper.subject),
        (party_of(paper.group), paper.party),
        (_("Number"), paper.number),
        (_("Contact"), paper.contact),
        (first_day_of(paper.group), show_day(paper.starts)),
        (_("Last valid day"), show_day(last) if last else _("Without end")),
        (_("Outcome"), outcome),
        (_("Price"), price),
    )
    if paper.group is Group.INSURANCE:
        facts += _insured(paper)
    return facts + _filled((_("Note"), paper.note))


def party_of(group: Group) -> str:
    """Say who stands behind a paper of a group."""
    names = {
        Group.APPROVAL: _("Issued by"),
        Group.CONTRACT: _("Firm"),
        Group.TEST: _("Tested by"),
        Group.INSURANCE: _("Insurer"),
    }
    return names[group]


def first_day_of(group: Group) -> str:
    """Say what the first day of a paper of a group is."""
    names = {
        Group.APPROVAL: _("Issued on"),
        Group.CONTRACT: _("From"),
        Group.TEST: _("Tested on"),
        Group.INSURANCE: _("From"),
    }
    return names[group]


def facts_of_inspection(inspection: Inspection) -> list[Fact]:
    """Tell who came, what they wrote and imposed, where it was published."""
    return _filled(
        (_("Day"), show_day(inspection.day)),
        (_("Office"), office_of(inspection)),
        (_("Inspectors"), inspection.inspectors),
        (_("Ground"), _(BASIS_NAMES[inspection.basis])),
        (_("Number of the notice"), inspection.number),
        (_("What the office wrote"), inspection.told),
        (_("Answer due by"), _day(inspection.answer_due)),
        (_("Answered on"), _day(inspection.answered_on)),
        (_("Answer to the office"), inspection.answer),
        (_("Penalty"), _(PENALTY_NAMES[inspection.penalty])),
        (_("Amount of the fine"), _money(inspection.penalty_fen)),
        (_("Number of the decision"), inspection.penalty_number),
        (_("Published in"), _(CHANNEL_NAMES[inspection.channel])),
        (_("Published on"), _day(inspection.published_on)),
        (_("Note"), inspection.note),
    )


def office_of(inspection: Inspection) -> str:
    """Say which office came."""
    kind = _(OFFICE_NAMES[inspection.office])
    if not inspection.office_name:
        return kind
    return _("{office} ({kind})").format(office=inspection.office_name, kind=kind)


def _filled(*known: tuple[str, str]) -> list[Fact]:
    return [Fact(name, value) for name, value in known if value]


def _insured(paper: Paper) -> list[Fact]:
    facts = [Fact(_("Premium"), _money(paper.fen), strong=True)]
    split = paper.share
    if split:
        text = _("Borne by the government, {percent} % (estimate)")
        name = text.format(percent=paper.percent)
        facts.append(Fact(name, show_money(split.government)))
        facts.append(Fact(_("Borne by the home (estimate)"), show_money(split.home)))
        facts.append(Fact(_("Share received"), _received(paper)))
    if paper.people:
        facts.append(Fact(_("People covered"), str(paper.people)))
    if paper.limit_fen:
        facts.append(Fact(_("Sum insured"), show_money(paper.limit_fen)))
    return facts


def _received(paper: Paper) -> str:
    if paper.received_on is None:
        return _("Not yet")
    amount, day = _money(paper.received_fen), show_day(paper.received_on)
    return _("{amount} on {day}").format(amount=amount, day=day)


def _money(fen: int | None) -> str:
    return "" if fen is None else show_money(fen)


def _day(day: date | None) -> str:
    return show_day(day) if day else ""
