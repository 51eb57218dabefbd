"""A report on its way to paper or into a workbook."""

from carehome.i18n import _, say_date
from carehome.reports.figure_report import LinePaper, ReportPaper
from carehome.rules.figure_reports import say_days
from carehome.rules.figures import definitions
from carehome.services.figures import table_of
from carehome.services.overview.report_lines import Line, Report


def paper_of(report: Report, who: str) -> ReportPaper:
    """Lay out a report: all in words, its values exact, the lists behind them."""
    return ReportPaper(
        report.name,
        say_days(report.period, report.as_of),
        tuple(_notes(report, who)),
        report.compared,
        tuple(_line(each) for each in report.lines),
        tuple(table_of(x.figure) for x in report.lines if x.figure and x.figure.rows),
    )


def say_handed_in(report: Report) -> list[str]:
    """Say to whom a report was handed in, and which one it mends or is mended by."""
    kept = report.kept
    if kept is None or not report.is_kept:
        return []
    text = _("Report {number}, handed in to {office} on {day} by {name}.")
    told = [
        text.format(
            number=kept.report_id,
            office=kept.office,
            day=say_date(kept.made_on),
            name=kept.made_by,
        )
    ]
    if kept.corrects:
        told.append(_("It corrects report {number}.").format(number=kept.corrects))
    if kept.corrected_by:
        text = _("It was corrected by report {number}, which holds instead.")
        told.append(text.format(number=kept.corrected_by))
    return [*told, *filter(None, [kept.note])]


def _notes(report: Report, who: str) -> list[str]:
    notes = say_handed_in(report)
    if not report.is_kept:
        notes.append(_("Made by {name}, not handed in yet.").format(name=who))
    if report.source:
        notes.append(_("Source: {source}").format(source=report.source))
    return notes


def _line(line: Line) -> LinePaper:
    known = definitions().get(line.key)
    return LinePaper(
        line.part,
        line.label,
        line.value,
        known.unit if known else None,
        line.shown or (_("Unknown") if line.key else ""),
        line.unit,
        line.change,
        line.words,
        line.source,
        line.unknown or line.note,
    )
