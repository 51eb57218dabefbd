"""One way to do each deed with checklists and places that can be undone."""

from carehome.services.safety.forms import SafetyForms
from carehome.services.safety.plan import Place, RoundPlans


def _form(w):
    forms = w.of(SafetyForms)
    forms.take_presets()
    return forms.listed()[0].form_id


def _place(w):
    return w.of(RoundPlans).save_place(Place("三楼东区"))


def _two_places(w):
    return [w.of(RoundPlans).save_place(Place(name)) for name in ("一楼", "厨房")]


DEEDS = {
    "SafetyForms.set_active": (
        _form,
        lambda w, known: w.of(SafetyForms).set_active(known, False),
    ),
    "RoundPlans.save_place": (lambda w: None, lambda w, _: _place(w)),
    "RoundPlans.set_place_active": (
        _place,
        lambda w, known: w.of(RoundPlans).set_place_active(known, False),
    ),
    "RoundPlans.order_places": (
        _two_places,
        lambda w, known: w.of(RoundPlans).order_places(known[::-1]),
    ),
}
