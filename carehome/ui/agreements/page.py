"""The page of agreements: all of them, their text, papers whose time is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carehome.i18n import _
from carehome.rules.rights import Right, User
from carehome.services.agreements import Agreements, AgreementTemplates
from carehome.services.retention import Retention
from carehome.ui.agreements.keeping import Keeping
from carehome.ui.agreements.listing import AgreementList
from carehome.ui.agreements.texts import Texts
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.lead import lead
from carehome.ui.kit.page import PageFrame, Tabs


@dataclass(frozen=True, slots=True)
class AgreementServices:
    """What the page is made with."""

    agreements: Agreements
    templates: AgreementTemplates
    retention: Retention


class AgreementsPage(PageFrame):
    """Shows the tabs of a person's rights; `told` says in a line what was done.

    `resident_wanted` carries whose agreements shall be opened, `papers_wanted` whose
    documents.
    """

    told = Signal(str)
    resident_wanted = Signal(int)
    papers_wanted = Signal(int)

    def __init__(
        self,
        services: AgreementServices,
        jobs: Jobs,
        today: Callable[[], date],
        user: User,
    ) -> None:
        super().__init__(_("Agreements"))
        self._services = services
        self._jobs = jobs
        self._today = today
        self.tabs = Tabs()
        self.body.addWidget(self.tabs, 1)
        for right, title, make in (
            (Right.SEE_RESIDENTS, _("All agreements"), self._make_list),
            (Right.CHANGE_HOME, _("Text of the agreement"), self._make_texts),
            (Right.DESTROY_PAPERS, _("Keeping and destroying"), self._make_keeping),
        ):
            if user.may(right):
                self.tabs.add(title, make)
        self.tabs.offer_keys()
        self.tabs.shown.connect(self._go_in)
        lead(self, self.tabs.content(0))

    def _go_in(self, at: int) -> None:
        """Put the cursor where work on a tab begins, unless it walks over the tabs."""
        content = self.tabs.content(at)
        lead(self, content)
        if not self.tabs.strip.hasFocus():
            content.setFocus()

    def _make_list(self) -> QWidget:
        listing = AgreementList(self._services.agreements, self._jobs, self._today)
        listing.resident_wanted.connect(self.resident_wanted)
        return listing

    def _make_texts(self) -> QWidget:
        texts = Texts(self._services.templates, self._jobs, self._today)
        texts.told.connect(self.told)
        return texts

    def _make_keeping(self) -> QWidget:
        keeping = Keeping(self._services.retention, self._jobs, self._today)
        keeping.told.connect(self.told)
        keeping.papers_wanted.connect(self.papers_wanted)
        return keeping
