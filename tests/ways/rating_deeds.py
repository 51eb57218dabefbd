"""One way to do each deed of the rating that can be undone."""

from carehome.rules.ratings.grades import Condition
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.tables import Heading, RatingTables
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
}
