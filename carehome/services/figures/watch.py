"""What fire safety knows of a period, read once for all its figures."""

from datetime import date, datetime, time
from functools import cached_property

from carehome.rules.periods import Period
from carehome.rules.safety.approvals import Paper, PaperRules
from carehome.rules.safety.drills import Drill
from carehome.rules.safety.emergencies import Incident
from carehome.rules.safety.hazards import Hazard
from carehome.rules.safety.inspections import Inspection
from carehome.rules.safety.trainings import FireTraining, PersonStanding
from carehome.services.figures.records import Records
from carehome.services.safety.approvals import papers_in, rules_in
from carehome.services.safety.drills import drills_in
from carehome.services.safety.hazards import hazards_in
from carehome.services.safety.incidents import incidents_in
from carehome.services.safety.inspections import inspections_in
from carehome.services.safety.ledger import Line, ledger_in
from carehome.services.safety.rounds import DueLine, due_in
from carehome.services.safety.trainings import fire_trainings_in, standings_in


class Watch:
    """Rounds, hazards, drills, papers and equipment of a period and its last day."""

    def __init__(self, records: Records, span: Period, last: date) -> None:
        self._session, self._today = records.session, records.today
        self._now = records.now
        self._span, self._last = span, last

    @cached_property
    def rounds(self) -> list[DueLine] | None:
        """What was due up to yesterday; None where nothing of the period is over."""
        assert self._span.end, "figures are asked of a period that ends"
        end = min(self._span.end, self._today)
        if end <= self._span.start:
            return None
        midnight = datetime.combine(self._today, time.min)
        return due_in(self._session, Period(self._span.start, end), midnight)

    @cached_property
    def hazards(self) -> list[Hazard]:
        """The whole register."""
        return hazards_in(self._session, Period(date.min), self._now)

    @cached_property
    def drills(self) -> list[Drill]:
        """The drills that were held in the period."""
        found = drills_in(self._session, self._span)
        return [each for each in found if each.held_on]

    @cached_property
    def fire_trainings(self) -> list[FireTraining]:
        """The trainings about fire in the period."""
        return fire_trainings_in(self._session, self._span)

    @cached_property
    def fire_standings(self) -> list[PersonStanding]:
        """How everybody stands with the training about fire on the last day."""
        return standings_in(self._session, self._last)

    @cached_property
    def equipment(self) -> list[Line]:
        """All equipment as it stands today."""
        return ledger_in(self._session, self._today)

    @cached_property
    def papers(self) -> list[Paper]:
        """All approvals, contracts, tests and policies."""
        return papers_in(self._session)

    @cached_property
    def paper_rules(self) -> PaperRules:
        """How long papers are good here."""
        return rules_in(self._session)

    @cached_property
    def inspections(self) -> list[Inspection]:
        """All inspections by offices."""
        return inspections_in(self._session)

    @cached_property
    def incidents(self) -> list[Incident]:
        """The incidents of the period."""
        return incidents_in(self._session, self._span)
