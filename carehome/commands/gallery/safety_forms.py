"""Scenes of checklists and the plan of rounds."""

from dataclasses import replace
from datetime import timedelta

from carehome.app.desk import SAFETY
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.safety.forms import presets
from carehome.rules.safety.plan import Planned, Rhythm
from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import Place, RoundPlans
from carehome.ui.safety.forms import FORMS, PLACES, FormsTab

TAB = "Forms and plan"
PLACE = "3F"


def plan(studio: Studio) -> None:
    """See what is due where, how often and by whom."""
    _planned(studio)
    studio.tab(SAFETY, TAB)


def new_line(studio: Studio) -> None:
    """Plan a round: what is usual is filled in."""
    plan(studio)
    studio.press("New entry")


def suggested(studio: Studio) -> None:
    """See what is usual and the plan lacks, before it is planned at once."""
    studio.service(SafetyForms).take_presets()
    studio.tab(SAFETY, TAB)
    studio.press("Suggest the usual plan")


def suggested_line(studio: Studio) -> None:
    """Change a line of what is suggested: its places, times and people."""
    suggested(studio)
    studio.press("Change")


def change_line(studio: Studio) -> None:
    """Let a line of the plan be another from tomorrow on."""
    plan(studio)
    studio.find(FormsTab).plan.selectRow(0)
    studio.press("Change")


def end_line(studio: Studio) -> None:
    """End a line of the plan."""
    plan(studio)
    studio.find(FormsTab).plan.selectRow(0)
    studio.press("End")


def checklist(studio: Studio) -> None:
    """Look at a checklist: every item with its source and how sure that is."""
    plan(studio)
    tab = studio.find(FormsTab)
    first = studio.service(SafetyForms).listed()[0]
    tab.open_key(first.form_id)
    studio.wait()


def item(studio: Studio) -> None:
    """Change an item of a checklist."""
    checklist(studio)
    studio.find(FormsTab).file.items.selectRow(0)
    studio.press("Change item")


def head(studio: Studio) -> None:
    """Change the name and the source of a checklist."""
    checklist(studio)
    studio.press("Name and source")


def keep(studio: Studio) -> None:
    """See what differs before a changed checklist is kept as its next version."""
    checklist(studio)
    studio.find(FormsTab).file.items.selectRow(1)
    studio.press("Take item out")
    studio.press("Keep as new version")


def overtaken(studio: Studio) -> None:
    """Find that somebody kept a version while another was half changed."""
    checklist(studio)
    file = studio.find(FormsTab).file
    file.items.selectRow(1)
    studio.press("Take item out")
    _kept_by_somebody(studio)
    studio.wait()


def versions(studio: Studio) -> None:
    """Read an old version of a checklist, and what changed since."""
    _kept_by_somebody(studio)
    checklist(studio)
    studio.press("Versions")


def blank(studio: Studio) -> None:
    """Look at a checklist as it is printed without a round."""
    checklist(studio)
    studio.press("Print blank")


def _kept_by_somebody(studio: Studio) -> None:
    """Keep a version of the first checklist from another desk."""
    forms = studio.service(SafetyForms)
    forms.take_presets()
    first = forms.listed()[0]
    stricter = replace(first.items[0], needs_picture=not first.items[0].needs_picture)
    items = (stricter, *first.items[2:], first.items[1])
    forms.save(replace(first, items=items))


def new_checklist(studio: Studio) -> None:
    """Begin a checklist of the home's own."""
    _turned(studio, FORMS)
    studio.press("New entry")


def places(studio: Studio) -> None:
    """See the places that are gone round."""
    _turned(studio, PLACES)


def new_place(studio: Studio) -> None:
    """Enter a place."""
    places(studio)
    studio.press("New entry")


def _turned(studio: Studio, which: str) -> None:
    plan(studio)
    tab = studio.find(FormsTab)
    tab.which.set_code(which)
    tab.which.chosen.emit()
    studio.wait()


def _planned(studio: Studio) -> None:
    """Plan a few rounds where the home has no plan yet."""
    forms, plans = studio.service(SafetyForms), studio.service(RoundPlans)
    forms.take_presets()
    if plans.board().plan:
        return
    place_id = plans.save_place(Place(PLACE))
    tomorrow = studio.today + timedelta(days=1)
    for form in forms.listed():
        if form.form_id is not None and form.preset:
            like = Planned(form.form_id, place_id, Rhythm.DAILY, tomorrow)
            plans.add(presets()[form.preset].often.planned(like))


SCENES = (
    Scene("safety-forms-plan", plan),
    Scene("safety-forms-plan-new", new_line),
    Scene("safety-forms-suggested", suggested),
    Scene("safety-forms-suggested-line", suggested_line),
    Scene("safety-forms-plan-change", change_line),
    Scene("safety-forms-plan-end", end_line),
    Scene("safety-forms-checklist", checklist),
    Scene("safety-forms-item", item),
    Scene("safety-forms-head", head),
    Scene("safety-forms-keep", keep),
    Scene("safety-forms-overtaken", overtaken),
    Scene("safety-forms-versions", versions),
    Scene("safety-forms-blank", blank),
    Scene("safety-forms-new", new_checklist),
    Scene("safety-forms-places", places),
    Scene("safety-forms-place-new", new_place),
)
