"""What one person can do with ability assessments."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from carehome.db.assessments import AssessmentRow
from carehome.i18n import speaking
from carehome.reports.assessments import AssessmentPaper, write_assessment
from carehome.rules.assessments import Form, all_forms, form_of
from carehome.rules.assessments.answers import Value
from carehome.rules.assessments.judging import Judgement
from carehome.rules.rights import Right
from carehome.rules.today import Line
from carehome.services.assessments import (
    drafts,
    finishing,
    flags,
    history,
    levels,
    on_paper,
    records,
    rules,
    standings,
)
from carehome.services.assessments import today as of_day
from carehome.services.assessments.values import (
    DRAFT,
    AssessmentLine,
    AssessmentRules,
    AssessmentState,
    Difference,
    DoneLine,
    DraftLine,
    DueLine,
    Flag,
    Head,
    LevelPoint,
)
from carehome.services.service import Service, needs


class Assessments(Service):
    """What one person can do with ability assessments."""

    @needs(Right.SEE_RESIDENTS)
    def forms(self) -> list[Form]:
        """List the forms that there are, the home's own first."""
        with self._reading() as session:
            own = rules.rules_in(session).form
        return sorted(all_forms().values(), key=lambda form: form.code != own)

    @needs(Right.ASSESS)
    def begin(
        self,
        resident_id: int,
        form: str = "",
        reason: str = "",
        base_on: date | None = None,
    ) -> int:
        """Begin an assessment, or go on with the one that is under way."""
        with self._writing() as session:
            chosen = form_of(form or rules.rules_in(session).form)
            day = base_on or self._today()
            drafts.check_base_day(chosen, day, self._today())
            row = drafts.begin_in(
                session, resident_id, chosen, reason, day, self._user.name, self._now()
            )
            return row.id

    @needs(Right.SEE_RESIDENTS)
    def state(self, assessment_id: int) -> AssessmentState:
        """Return one assessment whole, with the one before it."""
        with self._reading() as session:
            row = session.get_one(AssessmentRow, assessment_id)
            state = records.state_in(session, row, self._today())
        if state.status != DRAFT:
            return state
        found = finishing.refusals(
            state.form, state.head, state.judgement, self._today()
        )
        return replace(state, obstacles=tuple(each.message for each in found))

    @needs(Right.ASSESS)
    def keep(
        self,
        assessment_id: int,
        answers: Mapping[str, Value | None],
        head: Head | None = None,
    ) -> Judgement:
        """Keep what is filled in; an answer of None is taken away."""
        with self._writing() as session:
            return drafts.keep_in(
                session,
                assessment_id,
                answers,
                head,
                self._today(),
                self._user.name,
                self._now(),
            )

    @needs(Right.ASSESS)
    def finish(self, assessment_id: int) -> str:
        """Finish an assessment for good; return its number."""
        with self._writing() as session:
            row = finishing.finish_in(
                session, assessment_id, self._user.name, self._now(), self._today()
            )
            return levels.label_of(row)

    @needs(Right.ASSESS)
    def void(self, assessment_id: int, why: str) -> None:
        """Make a finished assessment void; it stays in the list with the reason."""
        with self._writing() as session:
            finishing.void_in(session, assessment_id, why, self._user.name, self._now())

    @needs(Right.ASSESS)
    def discard(self, assessment_id: int) -> None:
        """Give up an assessment that is not finished."""
        with self._writing() as session:
            drafts.discard_in(session, assessment_id)

    @needs(Right.SEE_RESIDENTS)
    def of_resident(self, resident_id: int) -> list[AssessmentLine]:
        """List somebody's assessments: drafts, then the newest first."""
        with self._reading() as session:
            return history.lines_in(session, resident_id)

    @needs(Right.SEE_RESIDENTS)
    def levels(self, resident_id: int) -> list[LevelPoint]:
        """List the levels that somebody had, oldest first."""
        with self._reading() as session:
            return history.levels_in(session, resident_id)

    @needs(Right.SEE_RESIDENTS)
    def difference(self, before_id: int, after_id: int) -> Difference:
        """Put two finished assessments side by side."""
        with self._reading() as session:
            return history.difference_in(session, before_id, after_id)

    @needs(Right.SEE_RESIDENTS)
    def due(self, day: date) -> list[DueLine]:
        """List how everybody's assessment stands, most urgent first."""
        with self._reading() as session:
            return standings.due_in(session, day)

    @needs(Right.SEE_RESIDENTS)
    def drafts(self) -> list[DraftLine]:
        """List the assessments that are under way."""
        with self._reading() as session:
            return standings.drafts_in(session, self._today())

    @needs(Right.SEE_RESIDENTS)
    def finished(self) -> list[DoneLine]:
        """List the finished assessments of everybody, the newest first."""
        with self._reading() as session:
            return standings.done_in(session, self._today())

    @needs(Right.CHANGE_RESIDENTS)
    def raise_flag(self, resident_id: int, day: date, reason: str) -> int:
        """Note that somebody has changed, so that an assessment is due at once."""
        with self._writing() as session:
            return flags.raise_flag_in(
                session, resident_id, day, reason, self._user.name, self._today()
            )

    @needs(Right.CHANGE_RESIDENTS)
    def drop_flag(self, flag_id: int, why: str) -> None:
        """Take such a note back."""
        with self._writing() as session:
            flags.drop_flag_in(session, flag_id, why, self._today())

    @needs(Right.SEE_RESIDENTS)
    def flags(self, resident_id: int) -> list[Flag]:
        """List what was noted of changes in somebody, the newest first."""
        with self._reading() as session:
            return history.flags_in(session, resident_id)

    @needs(Right.SEE_RESIDENTS)
    @speaking()
    def write_form(self, assessment_id: int, path: Path) -> None:
        """Write one assessment as a PDF, laid out as the standard has it."""
        with self._reading() as session:
            row = session.get_one(AssessmentRow, assessment_id)
            state = records.state_in(session, row, self._today(), with_last=False)
            paper = on_paper.paper_of(session, state)
            head = on_paper.head_in(session)
        write_assessment(path, paper, head)

    @needs(Right.SEE_RESIDENTS)
    @speaking()
    def write_blank(self, form: str, path: Path) -> None:
        """Write a form as a PDF to be filled in by hand."""
        with self._reading() as session:
            head = on_paper.head_in(session)
        write_assessment(path, AssessmentPaper(form_of(form)), head)

    @needs(Right.SEE_RESIDENTS)
    def rules(self) -> AssessmentRules:
        """Return how the home assesses."""
        with self._reading() as session:
            return rules.rules_in(session)

    @needs(Right.CHANGE_HOME)
    def set_rules(self, chosen: AssessmentRules) -> None:
        """Store how the home assesses from now on."""
        with self._writing() as session:
            rules.set_rules_in(session, chosen)

    @needs(Right.ASSESS)
    def today(self, day: date) -> list[Line]:
        """Tell who has to be assessed, and what lies half done."""
        with self._reading() as session:
            return of_day.lines_in(session, day)
