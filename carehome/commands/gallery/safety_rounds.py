"""Scenes of rounds: lists, the sheet that is filled in, what ends it."""

from datetime import datetime, timedelta
from functools import partial

from carehome.app.desk import SAFETY
from carehome.commands.gallery import photos
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.safety.forms import FormKind, presets
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.photos import read_picture
from carehome.services.safety.plan import Place, RoundPlans
from carehome.services.safety.rounds import Answer, Rounds, RoundState, Verdict
from carehome.ui.safety.photo_thumb import Thumb
from carehome.ui.safety.round_rows import ALL, MISSED, NOW, ODD
from carehome.ui.safety.rounds import RoundsTab

DAY = timedelta(days=1)
START = timedelta(days=3)
PLANNED = (FormKind.DAY_PATROL, FormKind.KITCHEN, FormKind.NIGHT_PATROL)


def furnish(studio: Studio) -> None:
    """Give a home without a plan of rounds one that began some days ago."""
    values = studio.opened.db, studio.opened.user
    plans = RoundPlans(*values, lambda: studio.clock() - START)
    if plans.board().plan:
        return
    forms = SafetyForms(*values, studio.clock)
    forms.take_presets()
    by_kind = {form.kind: form for form in forms.listed()}
    place = plans.save_place(Place("2F"))
    first = studio.today - START
    for preset in presets().values():
        if preset.form.kind in PLANNED:
            form_id = by_kind[preset.form.kind].form_id
            assert form_id, "a form that is listed has a number"
            like = Planned(form_id, place, Rhythm.DAILY, first)
            plans.add(preset.often.planned(like))


def tab(studio: Studio, which: str = NOW) -> RoundsTab:
    """List rounds."""
    furnish(studio)
    studio.tab(SAFETY, "Rounds")
    found = studio.find(RoundsTab)
    found.lists.show_list(which)
    studio.wait()
    return found


def begun(studio: Studio) -> int:
    """Begin the round that is due first, with an item that failed."""
    furnish(studio)
    rounds = studio.service(Rounds)
    board = rounds.board()
    first = (*board.due, *board.coming)[0]
    round_id = first.round_id or rounds.start(first.due.plan_id, first.due.opens)
    answers: dict[int, Answer | None] = {}
    items = rounds.sheet(round_id).items
    wrong = next(item for item in items if not item.needs_picture)
    for item in items:
        failed = item is wrong
        verdict = Verdict.FAILED if failed else Verdict.OK
        answers[item.item_id] = Answer(verdict, note="A-1" if failed else "")
    rounds.keep(round_id, answers)
    return round_id


def sheet(studio: Studio) -> RoundsTab:
    """Fill in a round with an item that failed."""
    round_id = begun(studio)
    found = tab(studio)
    found.open_round(round_id)
    studio.wait()
    found.sheet.items.select(1)
    studio.wait()
    return found


def photo(studio: Studio) -> None:
    """Look at the photo of an item large."""
    round_id = begun(studio)
    rounds = studio.service(Rounds)
    first = rounds.sheet(round_id).items[0]
    shown = read_picture(photos.draw(studio.room)[0])
    rounds.keep(round_id, {first.item_id: Answer(Verdict.FAILED, note="A-1")})
    rounds.attach(round_id, first.item_id, shown)
    found = tab(studio)
    found.open_round(round_id)
    studio.wait()
    found.sheet.items.select(0)
    studio.wait()
    studio.click(studio.find(Thumb).picture)


def finish(studio: Studio) -> None:
    """Ask who went round."""
    studio.click(sheet(studio).sheet.finish)


def opened_hazards(studio: Studio) -> None:
    """Name the hazards that a round opened."""
    finish(studio)
    studio.press("Finish the round")


def enter_late(studio: Studio) -> None:
    """Ask for the times on a sheet of paper."""
    studio.click(sheet(studio).sheet.late)


def put_away(studio: Studio) -> None:
    """Ask before a sheet is put away."""
    studio.click(sheet(studio).sheet.discard)


def printed(studio: Studio) -> None:
    """Look at the sheet on paper."""
    studio.click(sheet(studio).sheet.print)


def made(studio: Studio) -> RoundsTab:
    """Look at a round that was entered afterwards."""
    round_id = begun(studio)
    rounds = studio.service(Rounds)
    if rounds.sheet(round_id).line.state is RoundState.OPEN:
        ended = studio.clock().replace(tzinfo=None) - timedelta(hours=1)
        started = ended - timedelta(minutes=25)
        _enter(rounds, round_id, started, ended)
    found = tab(studio)
    found.open_round(round_id)
    studio.wait()
    return found


def void(studio: Studio) -> None:
    """Ask why a round shall count for nothing."""
    studio.click(made(studio).sheet.void)


def sign(studio: Studio) -> None:
    """Ask before rounds are signed."""
    made(studio)
    found = tab(studio)
    found.open_lists()
    found.lists.show_list(ALL)
    studio.wait()
    view = found.lists.view
    waits = [at for at, row in enumerate(view.table.rows) if _waits(row.made)]
    view.selectRow(waits[0])
    studio.wait()
    studio.click(found.lists.sign)


def sheets(studio: Studio) -> None:
    """Look at the sheets of what is due, on paper."""
    found = tab(studio)
    found.lists.view.selectRow(0)
    studio.wait()
    studio.click(found.lists.print)


def extra(studio: Studio) -> None:
    """Ask which round is made beyond the plan."""
    studio.click(tab(studio).lists.extra)


def early(studio: Studio) -> None:
    """Ask before a round is begun ahead of its time."""
    found = tab(studio)
    view = found.lists.view
    coming = [at for at, row in enumerate(view.table.rows) if row.standing == "coming"]
    studio.open_row(view, coming[0])


def not_brought_back(studio: Studio) -> None:
    """See a printed sheet that did not come back, in the list of the whole year."""
    furnish(studio)
    rounds = studio.service(Rounds)
    missed = rounds.board().missed[-1:]
    rounds.print_out([(line.due.plan_id, line.due.opens) for line in missed])
    studio.click(tab(studio, MISSED).lists.whole)


def limits(studio: Studio) -> None:
    """Ask what counts as odd."""
    studio.click(tab(studio, ODD).lists.limits)


def wrong_code(studio: Studio) -> None:
    """Refuse a code with a slip in it."""
    found = tab(studio)
    found.lists.code.setText("XC-000001-00")
    found.lists.code.returnPressed.emit()
    studio.wait()


def as_accountant(studio: Studio) -> None:
    """See rounds without the right to make them."""
    furnish(studio)
    studio.sign_in("caiwu")
    tab(studio)


def _enter(rounds: Rounds, round_id: int, started: datetime, ended: datetime) -> None:
    rounds.finish_late(round_id, "A-2", started, ended)


def _waits(line: object) -> bool:
    return bool(getattr(line, "is_to_be_signed", False))


SCENES = (
    Scene("safety-rounds", partial(tab, which=NOW)),
    Scene("safety-rounds-missed", partial(tab, which=MISSED)),
    Scene("safety-rounds-odd", partial(tab, which=ODD)),
    Scene("safety-rounds-all", partial(tab, which=ALL)),
    Scene("safety-rounds-sheet", sheet),
    Scene("safety-rounds-photo", photo),
    Scene("safety-rounds-finish", finish),
    Scene("safety-rounds-hazards", opened_hazards),
    Scene("safety-rounds-not-back", not_brought_back),
    Scene("safety-rounds-limits", limits),
    Scene("safety-rounds-late", enter_late),
    Scene("safety-rounds-away", put_away),
    Scene("safety-rounds-paper", printed),
    Scene("safety-rounds-made", made),
    Scene("safety-rounds-void", void),
    Scene("safety-rounds-sign", sign),
    Scene("safety-rounds-sheets", sheets),
    Scene("safety-rounds-extra", extra),
    Scene("safety-rounds-early", early),
    Scene("safety-rounds-wrong-code", wrong_code),
    Scene("safety-rounds-accountant", as_accountant),
)
