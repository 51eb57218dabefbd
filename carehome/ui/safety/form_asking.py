"""What is asked of a checklist: its head, and each of its items."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from carehome.i18n import _
from carehome.rules.safety.forms import (
    KIND_NAMES,
    SURENESS_NAMES,
    WEIGHT_NAMES,
    Form,
    FormItem,
    FormKind,
    FormNameless,
    FormNameTaken,
    ItemWithoutText,
    Sureness,
    Weight,
)
from carehome.rules.safety.hazards import SEVERITY_NAMES, Severity
from carehome.ui.kit import forms
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    NoteField,
    NumberField,
    TextField,
)


def head_form(form: Form) -> forms.Form:
    """Ask what a checklist is called, what it is for, and where it stands."""
    asked = forms.Form()
    name = TextField(_("Name of the checklist"), most=60)
    asked.add("name", name, blame=(FormNameless, FormNameTaken))
    kinds = {kind: _(words) for kind, words in KIND_NAMES.items()}
    asked.add("kind", ChoiceField(_("What it is for"), kinds))
    asked.add("edition", TextField(_("Edition"), most=60, needed=False))
    asked.add("source", NoteField(_("Source"), lines=2))
    for key in asked.fields:
        asked.set_values({key: getattr(form, key)})
    return asked


def with_head(form: Form, values: Mapping[str, Any]) -> Form:
    """Return a checklist under another head."""
    return replace(
        form,
        name=values["name"] or "",
        kind=FormKind(values["kind"]),
        edition=values["edition"] or "",
        source=values["source"] or "",
    )


def item_form(item: FormItem, sections: tuple[str, ...]) -> forms.Form:
    """Ask all that one item of a checklist says."""
    form = forms.Form(columns=2)
    looked = NoteField(_("What is looked at"), needed=True, lines=2)
    form.add("text", looked, wide=True, blame=(ItemWithoutText,))
    hint = _("So far: {names}").format(names=_(", ").join(sections)) if sections else ""
    section = TextField(_("Section"), most=40, needed=False, hint=hint)
    form.add("section", section, wide=True)
    form.add("method", NoteField(_("How it is looked at"), lines=2), wide=True)
    form.add("fails", NoteField(_("What fails it"), lines=2), wide=True)
    severities = {each: _(name) for each, name in SEVERITY_NAMES.items()}
    form.add("severity", ChoiceField(_("Hazard if it fails"), severities))
    weights = {each: _(name) for each, name in WEIGHT_NAMES.items()}
    form.add("weight", ChoiceField(_("How much it binds"), weights))
    hint = _("Empty: it passes or fails.")
    form.add("points", NumberField(_("Full mark"), needed=False, hint=hint))
    picture = CheckField(_("Picture"), _("Needs a picture when it fails"))
    form.add("needs_picture", picture)
    source = TextField(_("Source"), most=120, needed=False)
    form.add("source", source, wide=True)
    sure = {each: _(name) for each, name in SURENESS_NAMES.items()}
    form.add("sureness", ChoiceField(_("How sure the source is"), sure))
    form.set_values({name: getattr(item, name) for name in form.fields})
    return form


def with_values(item: FormItem, values: Mapping[str, Any]) -> FormItem:
    """Return an item as it was asked for."""
    return replace(
        item,
        text=values["text"] or "",
        section=values["section"] or "",
        method=values["method"] or "",
        fails=values["fails"] or "",
        source=values["source"] or "",
        severity=Severity(values["severity"]),
        weight=Weight(values["weight"]),
        sureness=Sureness(values["sureness"]),
        points=values["points"],
        needs_picture=bool(values["needs_picture"]),
    )
