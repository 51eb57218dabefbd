"""Checklists on paper without a round: to be looked at, or where no computer is."""

from pathlib import Path

from carehome.i18n import _, speaking
from carehome.reports.safety_rounds import ItemText, RoundText, write_rounds
from carehome.rules.rights import Right
from carehome.rules.rulepacks import STANDING_NAMES
from carehome.rules.safety.forms import Form, FormItem
from carehome.services.papers import letterhead_in
from carehome.services.safety.forms import form_version_in
from carehome.services.safety.rounds import VERDICT_NAMES, Verdict
from carehome.services.service import Service, needs


class FormPapers(Service):
    """What one person can print of checklists."""

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_blank(self, version_id: int, path: Path) -> None:
        """Write a version of a checklist as a PDF that belongs to no round."""
        with self._reading() as session:
            head = letterhead_in(session)
            form = form_version_in(session, version_id)
        write_rounds(path, [blank_text(form)], head)


def blank_text(form: Form) -> RoundText:
    """Put a checklist into words; it has no code, since it is no round."""
    facts = [_("Blank sheet of version {number}").format(number=form.number)]
    if form.source:
        text = _("Source: {source} ({standing})")
        standing = _(STANDING_NAMES[form.standing])
        facts.append(text.format(source=form.source, standing=standing))
    facts.append(_("Place and time: ______________________________"))
    items = (_item_text(at, item) for at, item in enumerate(form.items, start=1))
    return RoundText(
        "",
        form.name,
        tuple(facts),
        tuple(_(VERDICT_NAMES[verdict]) for verdict in Verdict),
        tuple(items),
        (_("Patroller"), _("Begun at"), _("Supervisor"), _("Ended at")),
        _("A blank sheet without a code: it belongs to no round of the program."),
    )


def _item_text(number: int, item: FormItem) -> ItemText:
    hint = _(" / ").join(filter(None, (item.method, item.fails)))
    if item.points is None:
        return ItemText(str(number), item.section, item.text, hint)
    text = _("{text} (full mark {points})").format(text=item.text, points=item.points)
    return ItemText(str(number), item.section, text, hint)
