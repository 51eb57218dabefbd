"""The sheets of rounds on paper: to fill in on the way, and as they were filled in."""

from collections.abc import Sequence
from pathlib import Path

from carehome.i18n import _, show_moment, speaking
from carehome.reports.safety_rounds import ItemText, RoundText, write_rounds
from carehome.rules.rights import Right
from carehome.rules.safety.rounds import MARK_NAMES
from carehome.services.papers import letterhead_in
from carehome.services.safety.rounds import (
    VERDICT_NAMES,
    RoundLine,
    Sheet,
    SheetItem,
    Verdict,
)
from carehome.services.safety.rounds.sheets import sheet_in
from carehome.services.service import Service, needs


class RoundPapers(Service):
    """What one person can print of rounds."""

    @needs(Right.SEE_SAFETY)
    @speaking()
    def write_sheets(self, round_ids: Sequence[int], path: Path) -> None:
        """Write the sheets of some rounds as one PDF."""
        with self._reading() as session:
            head = letterhead_in(session)
            sheets = [sheet_in(session, round_id) for round_id in round_ids]
        write_rounds(path, [sheet_text(sheet) for sheet in sheets], head)


def sheet_text(sheet: Sheet) -> RoundText:
    """Put a sheet into words."""
    line = sheet.line
    items = (_item_text(at, item) for at, item in enumerate(sheet.items, start=1))
    return RoundText(
        line.code,
        line.form,
        _facts(line),
        tuple(_(VERDICT_NAMES[verdict]) for verdict in Verdict),
        tuple(items),
        _signatures(line),
        _("Filled in by hand? Type or scan the code in the program to enter it."),
    )


def _item_text(number: int, item: SheetItem) -> ItemText:
    answer = item.answer
    hint = _(" / ").join(filter(None, (item.method, item.fails)))
    ticked = list(Verdict).index(answer.verdict) if answer else None
    remark = " ".join((answer.value, answer.note)).strip() if answer else ""
    return ItemText(str(number), item.section, item.text, hint, ticked, remark)


def _facts(line: RoundLine) -> tuple[str, ...]:
    facts = [_("Place: {place}").format(place=line.place)]
    if line.due is not None:
        start, end = show_moment(line.due.opens), show_moment(line.due.closes)
        text = _("Due from {start} to {end}")
        facts.append(text.format(start=start, end=end))
    if line.started_at and line.ended_at and line.entered_at:
        text = _("Made from {start} to {end}, entered at {entered}")
        moments = (line.started_at, line.ended_at, line.entered_at)
        start, end, entered = map(show_moment, moments)
        facts.append(text.format(start=start, end=end, entered=entered))
    if line.marks:
        marks = _(", ").join(_(MARK_NAMES[mark]) for mark in line.marks)
        facts.append(_("To note: {marks}").format(marks=marks))
    return tuple(facts)


def _signatures(line: RoundLine) -> tuple[str, ...]:
    """Return who answers for it: lines to sign on, with the names that are known."""
    made, seen = _("Patroller"), _("Supervisor")
    if line.entered_at is None:
        return made, _("Begun at"), seen, _("Ended at")
    known = ((made, line.patroller), (seen, line.supervisor))
    text = _("{title} ({name})")
    return tuple(
        text.format(title=title, name=name) if name else title for title, name in known
    )
