"""Emergency plans and incidents as the folder shows them."""

from collections.abc import Sequence
from datetime import date

from carehome.i18n import _
from carehome.reports.table import Cell, Column, Kind, Table
from carehome.rules.safety.emergencies import (
    GRADE_NAMES,
    KIND_NAMES,
    PLAN_STATE_NAMES,
    EmergencyPlan,
    Incident,
    PlanState,
)

_BAD = frozenset({PlanState.OVERDUE, PlanState.EMPTY})


def plan_gaps(plans: Sequence[EmergencyPlan], day: date) -> tuple[str, ...]:
    """Say which plans have no version, or one that should have been reviewed."""
    if not plans:
        return (_("No emergency plan on file."),)
    text = _("Emergency plan “{plan}”: {state}.")
    return tuple(
        text.format(plan=each.title, state=_(PLAN_STATE_NAMES[each.state(day, 0)]))
        for each in plans
        if each.state(day, 0) in _BAD
    )


def plans_table(plans: Sequence[EmergencyPlan], day: date) -> Table:
    """Return the plans with the version that is in force on a day."""
    return Table(
        _("Emergency plans"),
        (
            Column(_("Emergency plan"), 34),
            Column(_("Kind of event"), 18),
            Column(_("Version"), 10),
            Column(_("In force since"), 14, Kind.DAY),
            Column(_("Review by"), 12, Kind.DAY),
            Column(_("Approved by"), 14),
            Column(_("Grades with measures"), 30),
            Column(_("State"), 14),
        ),
        [_plan(each, day) for each in plans],
    )


def _plan(plan: EmergencyPlan, day: date) -> tuple[Cell, ...]:
    version = plan.in_force(day)
    state = _(PLAN_STATE_NAMES[plan.state(day, 0)])
    kind = _(KIND_NAMES[plan.kind])
    if version is None:
        return (plan.title, kind, "", None, None, "", "", state)
    grades = _(", ").join(_(GRADE_NAMES[grade]) for grade, _done in version.responses)
    return (
        plan.title,
        kind,
        str(version.number),
        version.effective_on,
        version.review_on,
        version.approved_by,
        grades,
        state,
    )


def incidents_table(incidents: Sequence[Incident]) -> Table:
    """Return what happened, whom it was told, and how it ended."""
    return Table(
        _("Incidents"),
        (
            Column(_("Number"), 12),
            Column(_("Happened"), 17),
            Column(_("Kind"), 14),
            Column(_("Grade of the event"), 12),
            Column(_("Place"), 16),
            Column(_("What happened"), 40),
            Column(_("Injured"), 8, Kind.NUMBER),
            Column(_("Dead"), 8, Kind.NUMBER),
            Column(_("Reported to"), 26),
            Column(_("Cause and measures"), 36),
            Column(_("Closed on"), 12, Kind.DAY),
        ),
        [_incident(each) for each in incidents],
    )


def _incident(incident: Incident) -> tuple[Cell, ...]:
    reports = "\n".join(
        f"{each.receiver} {each.reported_on} {each.reported_at}"
        for each in incident.reports
    )
    return (
        incident.number,
        f"{incident.happened_on} {incident.happened_at}",
        _(KIND_NAMES[incident.kind]),
        _(GRADE_NAMES[incident.grade]),
        incident.place,
        incident.told,
        incident.injured,
        incident.dead,
        reports,
        "\n".join(filter(None, (incident.cause, incident.measures))),
        incident.closed_on,
    )
