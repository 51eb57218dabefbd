"""The forms of the star rating, with their deeds."""

from carehome.rules.ratings.grades import Condition
from carehome.rules.ratings.items import TableWrong
from carehome.rules.ratings.reading import Reading
from carehome.services.ratings.conditions import RatingConditions
from carehome.services.ratings.tables import Preview, RatingTables
from carehome.ui.parts.hand import Hand
from carehome.ui.ratings.conditions import ConditionsView
from carehome.ui.ratings.table_reading import take_over_dialog


def hand(desk):
    return Hand(desk.service, desk.jobs, desk.user, desk.clock, lambda _id: None)


def take_over(desk):
    tables = desk.service(RatingTables)
    preview = Preview("2023.xlsx", "0" * 64, Reading((), (), ()))
    dialog = take_over_dialog(preview, tables, hand(desk), desk.parent)
    # A sheet that is wrong is told row by row before anybody is asked.
    return dialog, tables.take_over, {TableWrong}


def condition(desk):
    view = ConditionsView(hand(desk))
    view.setParent(desk.parent)
    view.ask(Condition(""))
    return desk.asked(view), desk.service(RatingConditions).save


RATING_FORMS = {
    "rating: a table": take_over,
    "rating: a condition": condition,
}
