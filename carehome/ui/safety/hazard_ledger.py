"""Asks for which days the ledger of hazards is wanted, and in which form."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from carehome.i18n import _, show_day
from carehome.rules.bed_days import BackwardSpan
from carehome.rules.days import Sense
from carehome.rules.periods import DAY, Period, months_after
from carehome.services.safety.hazards import HazardPapers
from carehome.ui.kit.buttons import button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.dialogs import FormDialog
from carehome.ui.kit.fields import CheckField, ChoiceField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.progress import Progress
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.workbooks import save_workbook

Days = tuple[date, date]


class LedgerForm(Form):
    """Asks for a span, by a word or by its days, and whether photos follow."""

    def __init__(self, today: date) -> None:
        super().__init__(columns=2)
        choices = dict(_spans(today))
        self._ever = date(2000, 1, 1), today
        choices[self._ever] = _("All hazards")
        span = ChoiceField(_("Span"), choices, needed=False, empty=_("Own days"))
        self.span = self.add("span", span, wide=True)
        first = DateField(_("From"), today, sense=Sense.PAST)
        last = DateField(_("Up to"), today, sense=Sense.PAST)
        self.first = self.add("first", first)
        self.last = self.add("last", last, blame=(BackwardSpan,))
        sentence = _("Print the photos behind the ledger")
        self.photos = self.add("photos", CheckField(_("Photos"), sentence), wide=True)
        year = (date(today.year, 1, 1), today)
        self.span.set_value(year)
        self._take_span()
        self.span.changed.connect(self._take_span)
        self.first.changed.connect(self._follow_days)
        self.last.changed.connect(self._follow_days)

    def reason(self) -> str:
        """Say too when the days are the wrong way round."""
        first, last = self.first.value(), self.last.value()
        if first and last and last < first:
            return BackwardSpan().message
        return super().reason()

    def days(self) -> Days:
        """Return the first and the last day that were asked for."""
        first, last = self.first.value(), self.last.value()
        assert first, "nothing is asked for before the days stand"
        assert last, "nothing is asked for before the days stand"
        return first, last

    def period(self) -> Period:
        """Return what was asked for as a span."""
        first, last = self.days()
        return Period(first, last + DAY)

    def name(self) -> str:
        """Return what the ledger of these days is called."""
        first, last = self.days()
        if (first, last) == self._ever:
            return _("Ledger of all hazards")
        text = _("Ledger of hazards {first} to {last}")
        return text.format(first=show_day(first), last=show_day(last))

    def _take_span(self) -> None:
        """Write the chosen span into the two days."""
        if days := self.span.value():
            for field, day in zip((self.first, self.last), days, strict=True):
                with QSignalBlocker(field):
                    field.set_value(day)
            self.changed.emit()

    def _follow_days(self) -> None:
        """Take the word away once its days were changed by hand."""
        days, typed = self.span.value(), (self.first.value(), self.last.value())
        if days and all(typed) and typed != days:
            self.span.set_value(None)


class LedgerDialog(FormDialog):
    """Draws the ledger to be looked at and printed, or saves it as a workbook."""

    def __init__(self, hand: Hand, parent: QWidget) -> None:
        self._hand, self._page = hand, parent
        self._papers = hand.service(HazardPapers)
        self.asked_for = LedgerForm(hand.today())
        title, do = _("Ledger of hazards"), _("Look at and print")
        super().__init__(title, self.asked_for, do, parent, "hazard-ledger")
        self.save = button(_("Save as a workbook"), "save")
        self.foot.insertWidget(1, self.save)
        self._judge_saving()
        self.asked_for.changed.connect(self._judge_saving)
        self.chosen.connect(self._print)
        self.save.clicked.connect(self._save)

    def _print(self) -> None:
        name, span = self.asked_for.name(), self.asked_for.period()
        window = PaperDialog(name, f"{name}.pdf", self._hand.jobs, self._page)
        if self.asked_for.photos.value():
            progress = Progress(_("Drawing the ledger of hazards"))
            window.draw_in_steps(self._papers.write_with_photos, span, progress)
        else:
            window.draw(self._papers.write_ledger, span)
        self.finish()

    def _save(self) -> None:
        name, span = self.asked_for.name(), self.asked_for.period()
        write = self._papers.write_workbook
        save_workbook(self._page, self._hand.jobs, f"{name}.xlsx", write, span)
        self.finish()

    def _judge_saving(self) -> None:
        self.save.setEnabled(not self.asked_for.reason())


def _spans(today: date) -> Iterator[tuple[Days, str]]:
    """Offer what ledgers are made for; of spans that are one the longer word stays."""
    month, year = today.replace(day=1), date(today.year, 1, 1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    yield (month, today), _("This month")
    yield (months_after(month, -1), month - DAY), _("Last month")
    yield (quarter, today), _("This quarter")
    yield (months_after(quarter, -3), quarter - DAY), _("Last quarter")
    yield (year, today), _("This year")
    yield (date(year.year - 1, 1, 1), year - DAY), _("Last year")
