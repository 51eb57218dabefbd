"""One way to do each deed with rounds that can be undone."""

from datetime import date, datetime

from sqlalchemy import select

from carehome.db.checklists import FormRow, RoundPlanRow, SafetyPlaceRow
from carehome.rules.rights import Role
from carehome.rules.safety.rounds import Limits
from carehome.services.safety.forms import take_presets_in
from carehome.services.safety.rounds import Answer, Rounds, Verdict
from tests.conftest import ROLES

MORNING = datetime.fromisoformat("2026-11-21 08:00")


def planned(w):
    """Plan a day patrol; return the plan, its form and its place."""
    with w.purse.db.writing(ROLES[Role.DIRECTOR], "test") as session:
        take_presets_in(session, MORNING, "director")
        form_id = session.scalar(select(FormRow.id).where(FormRow.kind == "day_patrol"))
        place = SafetyPlaceRow(name="三楼走廊")
        session.add(place)
        session.flush()
        plan = RoundPlanRow(
            form_id=form_id,
            place_id=place.id,
            rhythm="daily",
            times="08:00",
            window=600,
            starts=date(2026, 11, 1),
            made_at=MORNING,
            made_by="director",
        )
        session.add(plan)
        session.flush()
        return plan.id, form_id, place.id


def finished(w):
    """Make the round of the morning; return it."""
    plan_id, _form_id, _place_id = planned(w)
    rounds = w.of(Rounds)
    round_id = rounds.start(plan_id, MORNING)
    items = [item.item_id for item in rounds.sheet(round_id).items]
    rounds.keep(round_id, dict.fromkeys(items, Answer(Verdict.OK)))
    paper = MORNING, MORNING  # who filled it in on the screen could not sign it
    rounds.finish_late(round_id, "赵敏", *paper)
    return round_id


DEEDS = {
    "Rounds.start": (planned, lambda w, known: w.of(Rounds).start(known[0], MORNING)),
    "Rounds.start_extra": (
        planned,
        lambda w, known: w.of(Rounds).start_extra(known[1], known[2]),
    ),
    "Rounds.set_limits": (
        lambda _w: None,
        lambda w, _: w.of(Rounds).set_limits(Limits(haste_seconds=90)),
    ),
    "Rounds.sign": (finished, lambda w, round_id: w.of(Rounds).sign([round_id])),
}
