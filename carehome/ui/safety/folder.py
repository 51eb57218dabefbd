"""The tab of the inspector's folder: everything of a span in one file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from carehome.errors import CareHomeError
from carehome.i18n import _, say_month, show_day
from carehome.rules.bed_days import BackwardSpan, SpanTooLong
from carehome.rules.days import Sense
from carehome.rules.periods import DAY, months_after
from carehome.services.safety.folder import SECTION_NAMES, Folders, Section, Wanted
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.cards import Card
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import ChoiceField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import scrolling
from carehome.ui.kit.progress import Progress
from carehome.ui.kit.tick import Tick
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.parts.hand import Hand
from carehome.ui.parts.tabbed import Tab
from carehome.ui.parts.workbooks import save_workbook

PAUSE = 300  # ms: days that are still being typed are not looked at
MONTHS = 13  # so many single months are offered
LONG = frozenset({"register"})  # some hundred pages in a year: only who wants it


class FolderTab(Tab):
    """Asks for a span and the parts, says what they hold, and writes the folder."""

    SHOWS = frozenset(
        {"safety_round", "safety_hazard", "safety_equipment", "equipment_service"}
        | {"safety_drill", "emergency_plan_version", "safety_incident", "training"}
        | {"safety_paper", "outside_inspection", "round_plan", "training_attendance"}
    )

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._folders = hand.service(Folders)
        self._asked: Wanted | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        today = hand.today()
        spans = dict(_spans(today))
        self.form = Form(columns=3)
        self.span = self.form.add("span", ChoiceField(_("Span"), spans, needed=False))
        first = DateField(_("From"), today, sense=Sense.PAST)
        last = DateField(_("Up to"), today, sense=Sense.PAST)
        self.first = self.form.add("first", first, blame=(SpanTooLong,))
        self.last = self.form.add("last", last, blame=(BackwardSpan,))
        self.ticks = {code: Tick(_(name)) for code, name in SECTION_NAMES.items()}
        self.held = {code: QLabel() for code in SECTION_NAMES}
        self.gaps = QLabel()
        self.reason = QLabel()
        self.print = button(_("Look at and print"), "print", "Ctrl+P", "primary")
        self.save = button(_("Save as a workbook"), "save")
        for code, tick in self.ticks.items():
            tick.setChecked(code not in LONG)
        long = _("Each round on a line of its own; a year of them takes 200 pages.")
        self.held["register"].setText(long)
        self.span.set_value(next(iter(spans)))
        self._take_span()
        self._arrange()
        lead(self, self.span)

        self.span.changed.connect(self._take_span)
        self.first.changed.connect(self._follow)
        self.last.changed.connect(self._follow)
        self._pause.timeout.connect(self._look)
        for tick in self.ticks.values():
            tick.toggled.connect(self._judge)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)

    def refresh(self) -> None:
        """Read what the folder of these days would hold."""
        self._asked = None
        self._judge()
        self._look()

    def asked(self) -> Wanted | None:
        """Return what is asked for now; None while a day is missing or wrong."""
        return self._of(code for code, tick in self.ticks.items() if tick.isChecked())

    def _of(self, parts: Iterable[str]) -> Wanted | None:
        first, last = self.first.value(), self.last.value()
        if self.form.reason() or first is None or last is None:
            return None
        return Wanted(first, last, frozenset(parts))

    def _follow(self) -> None:
        """Wait until both days stand: a year is not read at each stroke of a key."""
        self._judge()
        if self._of(()) is None:
            self._asked = None
            self._show({})
        self._pause.start()

    def _look(self) -> None:
        """Read what the folder would hold, once for the same days."""
        everything = self._of(SECTION_NAMES.keys() - LONG)
        if everything is None or everything == self._asked:
            return
        self._asked = everything
        jobs, look = self.hand.jobs, self._folders.look
        jobs.run_last(self, self._show, look, everything, failed=self._refuse)

    def _take_span(self) -> None:
        """Write the chosen span into the two days."""
        if days := self.span.value():
            self.first.set_value(days[0])
            self.last.set_value(days[1])

    def _show(self, sections: Mapping[str, Section]) -> None:
        """Say what each part holds; nothing while the days do not stand."""
        for code in SECTION_NAMES.keys() - LONG:
            section = sections.get(code)
            self.held[code].setText(section.part.told[0] if section else "")
        gaps = [gap for section in sections.values() for gap in section.gaps]
        nothing = _("Nothing was missed or late in this span.") if sections else ""
        self.gaps.setText("\n".join(gaps) or nothing)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        if not self.form.tell(error):
            self.gaps.setText(error.message)

    def _judge(self) -> None:
        """Let the folder be written once the days stand and a part is chosen."""
        some = any(tick.isChecked() for tick in self.ticks.values())
        reason = self.form.reason() or ("" if some else _("Choose at least one part."))
        self.reason.setText(reason)
        self.print.setEnabled(not reason)
        self.save.setEnabled(not reason)

    def _name(self, wanted: Wanted) -> str:
        return _("Fire safety folder {first} to {last}").format(
            first=show_day(wanted.first), last=show_day(wanted.last)
        )

    def _print(self) -> None:
        if wanted := self.asked():
            name = self._name(wanted)
            dialog = PaperDialog(name, f"{name}.pdf", self.hand.jobs, self)
            progress = Progress(_("Drawing the fire safety folder"))
            dialog.draw_in_steps(self._folders.write, wanted, progress)

    def _save(self) -> None:
        if wanted := self.asked():
            step = Progress(_("Saving the fire safety folder")).step
            write, jobs = self._folders.write_workbook, self.hand.jobs
            save_workbook(self, jobs, f"{self._name(wanted)}.xlsx", write, wanted, step)

    def _arrange(self) -> None:
        asked = Card(_("Which days"))
        asked.add(self.form)
        missing = Card(_("What is missing or late"))
        missing.add(self.gaps)
        parts = Card(_("What the folder holds"), _("Tick what goes into it"))
        parts.body.addLayout(self._lines())
        self.gaps.setWordWrap(True)
        theme.mark(self.reason, "note")
        deeds = QHBoxLayout()
        deeds.addWidget(self.reason, 1)
        deeds.addWidget(self.save)
        deeds.addWidget(self.print)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for card in (asked, missing, parts):
            column.addWidget(card)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(10))
        whole.addWidget(scrolling(inside), 1)
        whole.addLayout(deeds)

    def _lines(self) -> QGridLayout:
        """Lay out the parts: its tick, and in words what it holds."""
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(8))
        top = Qt.AlignmentFlag.AlignTop
        for row, (code, tick) in enumerate(self.ticks.items()):
            held = self.held[code]
            held.setWordWrap(True)
            theme.mark(held, "note")
            grid.addWidget(tick, row, 0, top)
            grid.addWidget(held, row, 1, top)
        return grid


def _spans(today: date) -> Iterator[tuple[tuple[date, date], str]]:
    """Offer the last twelve months, years, and single months; each span once."""
    month, year = today.replace(day=1), date(today.year, 1, 1)
    yield (months_after(month, -11), today), _("Last 12 months")
    yield (year, today), _("This year")
    yield (date(year.year - 1, 1, 1), year - DAY), _("Last year")
    for back in range(MONTHS):
        first = months_after(month, -back)
        yield (first, min(months_after(first, 1) - DAY, today)), say_month(first)
