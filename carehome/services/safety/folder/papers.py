"""Approvals, contracts, tests and insurance as the folder shows them."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from carehome.i18n import _, show_day, show_money
from carehome.reports.safety_folder import Figure, Part
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.certificates import Urgency
from carehome.rules.periods import DAY, Period
from carehome.rules.safety import approvals as rules
from carehome.rules.safety.approvals import (
    GROUP_NAMES,
    KIND_NAMES,
    MATTER_NAMES,
    OUTCOME_NAMES,
    Due,
    Group,
    Matter,
    Paper,
    PaperRules,
)
from carehome.services.safety.approvals import papers_in, rules_in
from carehome.services.safety.folder.values import Section, title

_MISSING = frozenset({Matter.NO_FIRE_APPROVAL, Matter.NO_TEST, Matter.NO_LIABILITY})


def gather(session: Session, span: Period, now: datetime) -> Section:
    """Show what was in force on some day of the span, and what is missing or over."""
    papers, limits = papers_in(session), rules_in(session)
    shown = rules.in_force(papers, limits, span)
    day = min(now.date(), (span.end or date.max) - DAY)
    dues = rules.dues(papers, limits, day)
    gaps = tuple(_gap(due) for due in dues if _is_gap(due))
    told = _("{count} {count:paper|papers} in force in this span.")
    return Section(
        Part(
            title("papers"),
            (told.format(count=len(shown)), *gaps),
            tuple(_table(group, shown, limits) for group in Group),
        ),
        (Figure(_("Papers in force"), len(shown), _note(len(gaps))),),
        gaps,
    )


def _note(gaps: int) -> str:
    return _("{count} missing or over").format(count=gaps) if gaps else ""


def _is_gap(due: Due) -> bool:
    return due.matter in _MISSING or due.urgency is Urgency.LAPSED


def _gap(due: Due) -> str:
    """Say what is not there, or no longer good."""
    if due.matter in _MISSING:
        return _("{matter}.").format(matter=_(MATTER_NAMES[due.matter]))
    about = " ".join(filter(None, (_(KIND_NAMES[due.kind]), due.subject)))
    if due.last_day is not None:
        text = _("{paper}: ended on {day}, nothing newer on file.")
        return text.format(paper=about, day=show_day(due.last_day))
    matter = _(MATTER_NAMES[due.matter])
    return _("{paper}: {matter}.").format(paper=about, matter=matter)


def _table(group: Group, papers: list[Paper], limits: PaperRules) -> Table:
    judged = group in (Group.APPROVAL, Group.TEST)
    result = (
        Column(_("Outcome"), 12)
        if judged
        else Column(_("Amount (yuan)"), 14, Kind.MONEY)
    )
    return Table(
        _(GROUP_NAMES[group]),
        (
            Column(_("Kind"), 26),
            Column(_("What it is about"), 22),
            Column(_("Issued by or with"), 26),
            Column(_("Number"), 20),
            Column(_("From"), 12, Kind.DAY),
            Column(_("Good until"), 12, Kind.DAY),
            result,
            Column(_("Note"), 30),
        ),
        [_row(each, judged, limits) for each in papers if each.group is group],
    )


def _row(paper: Paper, judged: bool, limits: PaperRules) -> tuple[Cell, ...]:
    result = _(OUTCOME_NAMES[paper.outcome]) if judged else paper.fen
    return (
        _(KIND_NAMES[paper.kind]),
        paper.subject,
        paper.party,
        paper.number,
        paper.starts,
        rules.good_until(paper, limits),
        result,
        "\n".join(filter(None, (_shares(paper), paper.note))),
    )


def _shares(paper: Paper) -> str:
    """Say who bears how much of a premium; empty where nobody shares it."""
    if paper.share is None:
        return ""
    said = _("Estimate: government {government} yuan, home {home} yuan").format(
        government=show_money(paper.share.government, sign=False),
        home=show_money(paper.share.home, sign=False),
    )
    if paper.received_on is None:
        return said
    received = _("{shares}; received on {day}")
    return received.format(shares=said, day=show_day(paper.received_on))
