"""Figures of safety: hazards, drills, trainings, equipment, papers, incidents."""

from collections.abc import Callable, Iterable
from datetime import date

from carehome.i18n import N_
from carehome.rules.certificates import Urgency
from carehome.rules.figures import (
    ONLY_TODAY,
    Figure,
    Rows,
    count,
    quotient,
    total,
    unknown,
)
from carehome.rules.safety import approvals, emergencies
from carehome.rules.safety.approvals import KIND_NAMES, Matter, Paper
from carehome.rules.safety.drills import Drill
from carehome.rules.safety.equipment import Press
from carehome.rules.safety.hazards import SEVERITY_NAMES, Hazard, Severity
from carehome.rules.safety.inspections import OFFICE_NAMES, PENALTY_NAMES, Inspection
from carehome.rules.safety.trainings import STANDING_NAMES, Standing
from carehome.rules.today import Fen, words
from carehome.services.figures.asked import Asked
from carehome.services.figures.registry import Counter, counts

Hazards = Callable[[Asked, Hazard], bool]


def _hazard_rows(hazards: Iterable[Hazard]) -> Rows:
    titles = (N_("Number"), N_("Item"), N_("Place"), N_("Severity"), N_("Found on"))
    lines = tuple(
        (
            *(each.number, each.item, each.place),
            *(words(SEVERITY_NAMES[each.severity]), each.found_at.date()),
            each.closed.at.date() if each.closed else None,
        )
        for each in hazards
    )
    return Rows((*titles, N_("Closed on")), lines)


def _hazards(wanted: Hazards) -> Counter:
    """Count the hazards that are wanted."""

    def counter(asked: Asked) -> Figure:
        found = [each for each in asked.watch.hazards if wanted(asked, each)]
        return count(_hazard_rows(found))

    return counter


def _was_found(asked: Asked, hazard: Hazard) -> bool:
    return asked.span.holds(hazard.found_at.date())


def _was_closed(asked: Asked, hazard: Hazard) -> bool:
    return hazard.closed is not None and asked.span.holds(hazard.closed.at.date())


def _is_closed(asked: Asked, hazard: Hazard) -> bool:
    return hazard.closed is not None and hazard.closed.at.date() <= asked.last


def _is_open(asked: Asked, hazard: Hazard) -> bool:
    return hazard.found_at.date() <= asked.last and not _is_closed(asked, hazard)


def _is_overdue(asked: Asked, hazard: Hazard) -> bool:
    """Say whether nobody had put a hazard right by the end of its last day."""
    done = hazard.rectified is not None and hazard.rectified.at.date() <= asked.last
    is_late = hazard.due_at.date() <= asked.last
    return _is_open(asked, hazard) and not done and is_late


def _is_major(hazard: Hazard) -> bool:
    return hazard.severity is Severity.MAJOR


counts("safety.hazards_found")(_hazards(_was_found))
counts("safety.hazards_closed")(_hazards(_was_closed))
counts("safety.hazards_open")(_hazards(_is_open))
counts("safety.hazards_overdue")(_hazards(_is_overdue))
counts("safety.major_hazards_found")(
    _hazards(lambda asked, each: _is_major(each) and _was_found(asked, each))
)
counts("safety.major_hazards_open")(
    _hazards(lambda asked, each: _is_major(each) and _is_open(asked, each))
)


@counts("safety.hazards_closed_share")
def hazards_closed_share(asked: Asked) -> Figure:
    """Return the share of the hazards found in the period that are closed."""
    found = [each for each in asked.watch.hazards if _was_found(asked, each)]
    closed = sum(_is_closed(asked, each) for each in found)
    return quotient(closed, len(found), _hazard_rows(found))


@counts("safety.hazards_in_time_share")
def hazards_in_time_share(asked: Asked) -> Figure:
    """Return the share of the hazards closed in the period put right in time."""
    closed = [each for each in asked.watch.hazards if _was_closed(asked, each)]
    timely = [h for h in closed if h.rectified and h.rectified.at <= h.due_at]
    return quotient(len(timely), len(closed), _hazard_rows(closed))


def _drills(wanted: Callable[[Drill], bool]) -> Counter:
    """Count the drills of the period that are wanted."""

    def counter(asked: Asked) -> Figure:
        lines = tuple(
            (drill.held_on, drill.title, drill.place)
            for drill in asked.watch.drills
            if wanted(drill)
        )
        return count(Rows((N_("Held on"), N_("Drill"), N_("Place")), lines))

    return counter


counts("safety.drills")(_drills(lambda _each: True))
counts("safety.real_drills")(_drills(lambda each: each.is_real))
counts("safety.night_drills")(_drills(lambda each: each.is_night))
counts("safety.disabled_unit_drills")(_drills(lambda each: each.is_disabled_unit))


@counts("safety.fire_trainings")
def fire_trainings(asked: Asked) -> Figure:
    """Count the trainings about fire."""
    lines = tuple(
        (each.training.day, each.subject, len(each.people))
        for each in asked.watch.fire_trainings
    )
    return count(Rows((N_("Day"), N_("Subject"), N_("People")), lines))


@counts("safety.fire_trained_share")
def fire_trained_share(asked: Asked) -> Figure:
    """Return the share of the staff whose training about fire holds."""
    trained = (Standing.TRAINED, Standing.SOON)
    found = [
        (each, each.last is not None and each.standing in trained)
        for each in asked.watch.fire_standings
    ]
    lines = tuple(
        (
            *(each.person.trainee.name, each.person.trainee.post, each.last),
            words(STANDING_NAMES[each.standing]),
        )
        for each, _holds in found
    )
    titles = (N_("Name"), N_("Post"), N_("Last trained"), N_("How it stands"))
    return quotient(sum(holds for _e, holds in found), len(found), Rows(titles, lines))


def _equipment(is_overdue: bool) -> Counter:
    """Count equipment that is not scrapped, all of it or what is overdue."""

    def counter(asked: Asked) -> Figure:
        if asked.last != asked.today:
            return unknown(ONLY_TODAY)
        there = (e for e in asked.watch.equipment if e.scrapped_on is None)
        lines = tuple(
            (each.label, each.kind.name, each.place, each.due.day if each.due else None)
            for each in there
            if not is_overdue or (each.due and each.due.press is Press.OVERDUE)
        )
        titles = (N_("Number"), N_("Equipment"), N_("Place"), N_("To be done by"))
        return count(Rows(titles, lines))

    return counter


counts("safety.equipment")(_equipment(is_overdue=False))
counts("safety.equipment_overdue")(_equipment(is_overdue=True))


def _paper_rows(papers: Iterable[Paper]) -> Rows:
    titles = (N_("Paper"), N_("Number"), N_("Issued by"), N_("From"), N_("Until"))
    lines = tuple(
        (words(KIND_NAMES[p.kind]), p.number, p.party, p.starts, p.last_day)
        for p in papers
    )
    return Rows(titles, lines)


def _good(*kinds: str) -> Counter:
    """Count the papers of some kinds that are good on the last day."""

    def counter(asked: Asked) -> Figure:
        rules = asked.watch.paper_rules
        found = [p for p in asked.watch.papers if not kinds or p.kind in kinds]
        good = [p for p in found if approvals.holds(p, rules, asked.last)]
        return count(_paper_rows(good))

    return counter


counts("safety.papers_good")(_good())
counts("safety.fire_approval")(_good(*sorted(approvals.FIRE_APPROVALS)))
counts("safety.facility_test")(_good("facility_test"))
counts("safety.liability_insurance")(_good("liability"))
counts("safety.accident_insurance")(_good("accident"))
counts("safety.food_licence")(_good("food_licence"))
counts("safety.medical_licence")(_good("medical_licence"))
counts("safety.registration")(_good("registration"))
counts("safety.filing")(_good("home_filing"))


@counts("safety.papers_lapsed")
def papers_lapsed(asked: Asked) -> Figure:
    """Count the papers that have run out and that no later one goes on from."""
    papers = asked.watch.papers
    told = approvals.dues(papers, asked.watch.paper_rules, asked.last)
    lapsed = {
        due.paper_id
        for due in told
        if due.matter is Matter.ENDS and due.urgency is Urgency.LAPSED
    }
    return count(_paper_rows(each for each in papers if each.paper_id in lapsed))


def _premiums(told: Callable[[Paper], int]) -> Counter:
    """Add up something of the policies that begin in the period."""

    def counter(asked: Asked) -> Figure:
        found = [
            each
            for each in asked.watch.papers
            if each.group is approvals.Group.INSURANCE and each.fen
            if asked.span.holds(each.starts)
        ]
        lines = tuple(
            (words(KIND_NAMES[p.kind]), p.number, p.starts, Fen(told(p))) for p in found
        )
        titles = (N_("Paper"), N_("Number"), N_("From"), N_("Amount"))
        return total(sum(map(told, found)), Rows(titles, lines))

    return counter


def _government_part(paper: Paper) -> int:
    return paper.share.government if paper.share else 0


counts("safety.premiums")(_premiums(lambda paper: paper.fen or 0))
counts("safety.premiums_government")(_premiums(_government_part))
counts("safety.premiums_home")(
    _premiums(lambda paper: (paper.fen or 0) - _government_part(paper))
)


def _inspections(wanted: Callable[[Asked, Inspection], bool]) -> Counter:
    """Count the inspections that are wanted."""

    def counter(asked: Asked) -> Figure:
        lines = tuple(
            (
                each.day,
                each.office_name or words(OFFICE_NAMES[each.office]),
                words(PENALTY_NAMES[each.penalty]),
            )
            for each in asked.watch.inspections
            if wanted(asked, each)
        )
        return count(Rows((N_("Day"), N_("Office"), N_("Penalty")), lines))

    return counter


def _took_place(asked: Asked, inspection: Inspection) -> bool:
    return asked.span.holds(inspection.day)


def _is_unanswered(asked: Asked, inspection: Inspection) -> bool:
    answered = inspection.answered_on or date.max
    is_asked = inspection.answer_due is not None and inspection.day <= asked.last
    return is_asked and answered > asked.last


counts("safety.inspections")(_inspections(_took_place))
counts("safety.inspections_unanswered")(_inspections(_is_unanswered))
counts("safety.penalties")(
    _inspections(lambda asked, each: bool(each.penalty) and _took_place(asked, each))
)


@counts("safety.fines")
def fines(asked: Asked) -> Figure:
    """Add up the fines of the period."""
    found = [
        (each.day, each.penalty_number, Fen(each.penalty_fen))
        for each in asked.watch.inspections
        if each.penalty_fen and _took_place(asked, each)
    ]
    rows = Rows((N_("Day"), N_("Number"), N_("Amount")), tuple(found))
    return total(sum(fen for *_of, fen in found), rows)


def _incident_rows(asked: Asked) -> Rows:
    titles = (N_("Number"), N_("Day"), N_("Kind"), N_("Injured"), N_("Dead"))
    lines = tuple(
        (
            *(each.number, each.happened_on, words(emergencies.KIND_NAMES[each.kind])),
            *(each.injured, each.dead),
        )
        for each in asked.watch.incidents
    )
    return Rows(titles, lines)


@counts("safety.incidents")
def incidents(asked: Asked) -> Figure:
    """Count the incidents."""
    return count(_incident_rows(asked))


@counts("safety.injured")
def injured(asked: Asked) -> Figure:
    """Count the people whom incidents injured."""
    return total(sum(i.injured for i in asked.watch.incidents), _incident_rows(asked))


@counts("safety.dead")
def dead(asked: Asked) -> Figure:
    """Count the people whom incidents killed."""
    return total(sum(i.dead for i in asked.watch.incidents), _incident_rows(asked))


@counts("safety.larger_incidents")
def larger_incidents(asked: Asked) -> Figure:
    """Count the incidents above the lowest grade."""
    found = [each for each in asked.watch.incidents if each.grade != "general"]
    return total(len(found), _incident_rows(asked))


@counts("safety.incidents_reported_share")
def incidents_reported_share(asked: Asked) -> Figure:
    """Return the share of incidents that were reported to somebody outside."""
    told = sum(bool(each.reports) for each in asked.watch.incidents)
    return quotient(told, len(asked.watch.incidents), _incident_rows(asked))
