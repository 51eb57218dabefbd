"""One way to do each deed of the rating that can be undone."""

from dataclasses import replace
from datetime import date

from carehome.rules.periods import Period
from carehome.rules.ratings.grades import Condition
from carehome.services.ratings.assessments import NewSelf, SelfAssessments
from carehome.services.ratings.awards import Award, RatingAwards
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.evidence import NewFile, RatingEvidence
from carehome.services.ratings.plan import PlanStep, RatingPlan
from carehome.services.ratings.standing import RatingStanding
from carehome.services.ratings.tables import Heading, RatingTables
from carehome.services.ratings.verdicts import RatingVerdicts
from tests.ratings.judged import judge_all
from tests.ratings.sheets import rows_of, write


def _practice(w):
    tables = w.of(RatingTables)
    table_id = tables.take_practice()
    return next(each for each in tables.listed() if each.table_id == table_id)


def _preview(w):
    path = write(w.folder / "评分表.xlsx", rows_of())
    return w.of(RatingTables).preview(path)


def _condition(w):
    return w.of(RatingConditions).save(Condition("已备案"))


YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def _new(table, name="2026年自评", carried_from=None):
    return NewSelf(name, table.table_id, YEAR, 3, carried_from)


def _self(w):
    table = _practice(w)
    return w.of(SelfAssessments).begin(_new(table)), table


def _files(*names):
    return [NewFile(f"{name}.pdf", name, name.encode(), 1) for name in names]


def _attach(w, known, *names, at=0):
    self_id, table = known
    item_id = table.items[at].item_id
    return w.of(RatingEvidence).attach(self_id, item_id, _files(*names))


def _attached(w):
    known = _self(w)
    _attach(w, known, "许可证", at=2)
    _attach(w, known, "平面图", at=1)
    return known


def _followed(w):
    """A sealed one with a file at its first item, and the next one begun from it."""
    known = self_id, table = _self(w)
    _attach(w, known, "许可证")
    judge_all(w.of(SelfAssessments), self_id)
    w.of(SelfAssessments).submit(self_id)
    return w.of(SelfAssessments).begin(_new(table, "2027年自评", self_id)), table


def _conditioned(w):
    return _self(w)[0], _condition(w)


def _step(w):
    self_id, _table = _self(w)
    w.of(RatingPlan).add(PlanStep(self_id, "补记录"))
    return w.of(RatingPlan).steps(self_id)[0]


def _award(w):
    return w.of(RatingAwards).save(Award(3, date(2025, 3, 1)))


DEEDS = {
    "RatingTables.take_over": (
        _preview,
        lambda w, known: w.of(RatingTables).take_over(known, Heading("2023版")),
    ),
    "RatingTables.take_practice": (
        lambda w: None,
        lambda w, _: w.of(RatingTables).take_practice(),
    ),
    "RatingTables.set_active": (
        _practice,
        lambda w, known: w.of(RatingTables).set_active(known.table_id, False),
    ),
    "RatingTables.tie": (
        _practice,
        lambda w, known: w.of(RatingTables).tie(known.items[0].item_id, "beds.total"),
    ),
    "RatingConditions.take_region": (
        lambda w: None,
        lambda w, _: w.of(RatingConditions).take_region("shanghai"),
    ),
    "RatingConditions.save": (lambda w: None, lambda w, _: _condition(w)),
    "RatingConditions.set_active": (
        _condition,
        lambda w, known: w.of(RatingConditions).set_active(known, False),
    ),
    "SelfAssessments.begin": (
        _practice,
        lambda w, known: w.of(SelfAssessments).begin(_new(known)),
    ),
    "SelfAssessments.change": (
        _self,
        lambda w, known: w.of(SelfAssessments).change(known[0], _new(known[1], "补评")),
    ),
    "SelfAssessments.share_out": (
        _self,
        lambda w, known: w.of(SelfAssessments).share_out(
            known[0], [item.item_id for item in known[1].items[:3]], None, YEAR.start
        ),
    ),
    "SelfAssessments.discard": (
        _attached,
        lambda w, known: w.of(SelfAssessments).discard(known[0]),
    ),
    "RatingVerdicts.say": (
        _conditioned,
        lambda w, known: w.of(RatingVerdicts).say(*known, True, "备案回执"),
    ),
    "RatingEvidence.attach": (_self, lambda w, known: _attach(w, known, "许可证")),
    "RatingEvidence.remove": (
        lambda w: _attach(w, _self(w), "许可证")[0],
        lambda w, known: w.of(RatingEvidence).remove(known),
    ),
    "RatingEvidence.take_earlier": (
        _followed,
        lambda w, known: w.of(RatingEvidence).take_earlier(
            known[0], known[1].items[0].item_id
        ),
    ),
    "RatingStanding.set_effort": (
        _self,
        lambda w, known: w.of(RatingStanding).set_effort(
            known[0], known[1].items[0].item_id, 2
        ),
    ),
    "RatingPlan.add": (
        _self,
        lambda w, known: w.of(RatingPlan).add(PlanStep(known[0], "补记录")),
    ),
    "RatingPlan.change": (
        _step,
        lambda w, known: w.of(RatingPlan).change(replace(known, text="补照片")),
    ),
    "RatingPlan.set_done": (
        _step,
        lambda w, known: w.of(RatingPlan).set_done(known.step_id, date(2026, 3, 1)),
    ),
    "RatingPlan.remove": (
        _step,
        lambda w, known: w.of(RatingPlan).remove(known.step_id),
    ),
    "RatingAwards.save": (lambda w: None, lambda w, _: _award(w)),
    "RatingAwards.remove": (_award, lambda w, known: w.of(RatingAwards).remove(known)),
}
