"""The second step: what the home asks for what it does; the amounts are its own."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import _
from carehome.rules.billing.tariff import Terms
from carehome.services.opening import Step
from carehome.services.prices import FeeItem, Prices, PriceSheet, PriceVersions
from carehome.services.service import Clock
from carehome.ui.fees.fee_items import add_item
from carehome.ui.fees.price_editor import PriceEditor
from carehome.ui.kit import theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.jobs import Jobs
from carehome.ui.opening.loaded import Loaded
from carehome.ui.opening.step import StepView


class PricesStep(StepView):
    """Offers the usual items and units; a price that is left empty is not charged."""

    STEP = Step.PRICES

    def __init__(
        self, prices: Prices, versions: PriceVersions, jobs: Jobs, clock: Clock
    ) -> None:
        super().__init__(
            _("What does the home charge?"),
            _(
                "These are the usual items and units. Type your own prices; what stays "
                "empty is not charged."
            ),
        )
        self._prices = prices
        self._versions = versions
        self._jobs = jobs
        self._clock = clock
        self._loaded: Loaded | None = None
        self._shown: tuple[PriceSheet, tuple[FeeItem, ...], bool] | None = None
        self.editor = PriceEditor(clock().date())
        self.lacking = QLabel()
        self.add = button(_("Add an item"), "plus", "Alt+N", "small")
        self.editor.without_frame()
        theme.mark(self.lacking, "hint")
        self.lacking.setWordWrap(True)
        self.head.addWidget(self.add)
        self.body.addWidget(self.lacking)
        self.body.addWidget(self.editor, 1)

        self.add.clicked.connect(self._add)
        self.editor.changed.connect(self._judge)
        self.editor.wanted.connect(lambda _sheet: self.entered.emit())

    def show_home(self, loaded: Loaded) -> None:
        self._loaded = loaded
        first = PriceSheet(0, self._clock().date().replace(day=1), "", Terms(), ())
        sheet = next(iter(loaded.sheets), first)
        items = tuple(loaded.items)
        shown = sheet, items, loaded.is_public
        if self._shown != shown:
            same = self._shown is not None and self._shown[0] == sheet
            draft = self.editor.typed() if same else {}
            self._shown = shown
            before = {price.item_id: price.fen for price in sheet.prices}
            self.editor.write(sheet, items, before, loaded.posted, loaded.is_public)
            self.editor.type_again(draft)
        self._judge()

    def typed(self) -> dict[str, Any]:
        return self.editor.typed()

    def type_again(self, draft: Mapping[str, Any]) -> None:
        self.editor.type_again(draft)

    def reason(self) -> str:
        if problem := self.editor.problem():
            return problem
        sheet = self.editor.written()
        if sheet is None or not sheet.prices:
            return _("Type at least one price, or leave it for later.")
        return ""

    def do(self) -> str:
        return _("Save the prices") if self.deed() else _("Next")

    def check(self) -> bool:
        self.editor.show_problems()
        return not self.reason()

    def deed(self) -> "partial[Any] | None":
        sheet = self.editor.written()
        if sheet is None or self._shown is None or sheet == self._shown[0]:
            return None
        return partial(self._versions.bring, sheet)

    def stored(self) -> str:
        return _("The price list is saved.")

    def focus(self) -> None:
        for field in self.editor.prices.values():
            if field.value() is None:
                field.focus()
                return
        self.editor.starts.focus()

    def _judge(self) -> None:
        """Say which beds stand there without a price: nobody in them can be billed."""
        text = self._say_lacking()
        self.lacking.setText(text)
        self.lacking.setVisible(bool(text))
        self.changed.emit()

    def _say_lacking(self) -> str:
        if self._loaded is None:
            return ""
        beds = Counter(spot.bed.class_label for spot in self._loaded.house.spots())
        priced = {
            item.applies_to
            for item in self._loaded.items
            if item.category == "bed"
            and (field := self.editor.prices.get(item.item_id))
            and field.value() is not None
        }
        classes = self._loaded.house.classes
        for code in priced:
            beds.pop(classes.get(code or "", ""), None)
        if not beds:
            return ""
        text = _("Beds still without a price: {classes}")
        return text.format(classes=_(", ").join(beds))

    def _add(self) -> None:
        """Ask for one more item; what no home may charge is refused there."""
        if self._loaded:
            items, codes = self._loaded.items, self._loaded.codes
            add_item(self._prices, self._jobs, items, codes, self)
