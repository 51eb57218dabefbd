"""The figures of the beds in words."""

from collections.abc import Iterable

from carehome.i18n import _, show_day, show_share
from carehome.reports.bed_figures import FiguresLine, FiguresText
from carehome.rules.bed_days import BedDays, Flow
from carehome.services.bed_figures.reading import BY_NAMES, Figures, Nursing


def figures_text(found: Figures, nursing: Nursing) -> FiguresText:
    """Return the figures as papers and workbooks say them."""
    span = _("{first} to {last}").format(
        first=show_day(found.span.start), last=show_day(found.last)
    )
    return FiguresText(
        _(BY_NAMES[found.by]),
        tuple(_line(line.label, line.days, line.flow) for line in found.lines),
        _line(_("Total"), found.total, found.flow),
        (span, say_flow(found.flow), say_nursing(nursing), *notes(found)),
    )


def say_flow(flow: Flow) -> str:
    """Say who came and went, how long those who left had stayed, and the turnover."""
    text = _(
        "{arrivals} came, {departures} left; on average {residents} residents; "
        "turnover {turnover} (departures over average residents, our own reckoning)."
    )
    said = text.format(
        arrivals=flow.arrivals,
        departures=flow.departures,
        residents=f"{float(flow.residents):.1f}",
        turnover=show_share(float(flow.turnover)),
    )
    if flow.average_stay is None:
        return said
    stay = _("Who left had stayed {days} days on average.")
    return _joined([said, stay.format(days=round(flow.average_stay))])


def say_nursing(nursing: Nursing) -> str:
    """Say the share of nursing beds beside its target, and how much that binds."""
    measured, target = nursing.measured, nursing.target
    text = _("Nursing beds {nursing} of {beds}, {share}; target {percent} % ({name}).")
    said = text.format(
        nursing=measured.nursing,
        beds=measured.beds,
        share=show_share(float(measured.share)),
        percent=measured.percent,
        name=target.name,
    )
    lack = _("{count} more needed.").format(count=measured.lacking)
    average = _("The target is an average of an area, not asked of each home.")
    parts = [
        said,
        lack if measured.lacking else "",
        average if target.is_average else "",
    ]
    return _joined(parts)


def notes(found: Figures) -> list[str]:
    """Say what has to be known to read the figures rightly."""
    since = found.known_since
    if since is None or found.span.start >= since:
        return []
    text = _(
        "Before {day} the program was not in use: of those days only who still lived "
        "here then is known, so occupancy is told too low."
    )
    return [text.format(day=show_day(since))]


def _joined(sentences: Iterable[str]) -> str:
    """Return sentences one after another, as the language in use sets them."""
    said = ""
    for sentence in filter(None, sentences):
        said = _("{said} {more}").format(said=said, more=sentence) if said else sentence
    return said


def _line(label: str, days: BedDays, flow: Flow | None) -> FiguresLine:
    return FiguresLine(
        label,
        days.there,
        days.occupied,
        days.kept,
        days.reserved,
        days.closed,
        days.free,
        show_share(float(days.rate)),
        show_share(float(days.nursing_share)),
        flow.arrivals if flow else None,
        flow.departures if flow else None,
    )
