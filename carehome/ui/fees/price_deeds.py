"""The dialogs that take a price list from the draft to the approval, and back."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from carehome.i18n import _, show_day
from carehome.rules.prices.approval import NoReason
from carehome.services.prices import PriceVersions
from carehome.services.prices.comparing import Comparison
from carehome.services.prices.own import OwnAboveCeiling
from carehome.services.prices.versions import AlreadyBilled, PricesLacking
from carehome.ui.fees.price_compare import say_comparison
from carehome.ui.fees.price_state import Shown, say_corrected
from carehome.ui.kit.fields import NoteField
from carehome.ui.kit.forms import Form
from carehome.ui.kit.jobs import Jobs
from carehome.ui.parts.deeds import DeedDialog


class PriceDeeds:
    """Opens the dialogs about one price list, over the widget that asks.

    `posted` is the last posted month; a list that begins before its end corrects bills.
    """

    def __init__(
        self,
        versions: PriceVersions,
        jobs: Jobs,
        shown: Shown,
        posted: date | None,
        parent: QWidget,
    ) -> None:
        self._versions = versions
        self._jobs = jobs
        self._shown = shown
        self._id = shown.sheet.list_id
        self._late = say_corrected(shown.sheet.starts, posted)
        self._parent = parent

    def submit(self, found: Comparison) -> DeedDialog:
        """Ask once more, with what changes, before nobody can write at it."""
        nobody = _("From then on nobody changes it, until it is withdrawn.")
        form = _said([say_comparison(found), self._late, nobody])
        title, do = _("Submit for approval"), _("Submit")
        return self._open(title, form, do, partial(self._versions.submit, self._id))

    def approve(self, found: Comparison) -> DeedDialog:
        """Show what changes, and from when, before it holds."""
        starts = _("It holds from {day}.").format(
            day=show_day(self._shown.sheet.starts)
        )
        stays = _("An approved list is not changed any more.")
        form = _said([say_comparison(found), starts, self._late, stays])
        title, do = _("Approve the price list"), _("Approve")
        return self._open(title, form, do, partial(self._versions.approve, self._id))

    def refuse(self) -> DeedDialog:
        """Ask why it goes back to whoever wrote it."""
        title, do = _("Give the price list back"), _("Give the list back")
        return self._open_with_reason(title, do, self._versions.refuse)

    def take_back(self) -> DeedDialog:
        """Ask why an approved list does not hold after all."""
        title, do = _("Take the approved list back"), _("Take it back")
        return self._open_with_reason(title, do, self._versions.take_back)

    def withdraw(self) -> DeedDialog:
        """Ask once more before the list is a draft again."""
        form = _said([_("It becomes a draft again and can be written at.")])
        title, do = _("Withdraw the price list"), _("Withdraw")
        return self._open(title, form, do, partial(self._versions.withdraw, self._id))

    def drop(self) -> DeedDialog:
        """Ask once more before a draft is thrown away."""
        form = _said([_("All that was written in it goes.")])
        title, do = _("Throw the draft away"), _("Throw it away")
        return self._open(title, form, do, partial(self._versions.drop, self._id))

    def _open_with_reason(
        self, title: str, do: str, deed: Callable[[int, str], None]
    ) -> DeedDialog:
        form = Form()
        form.add("reason", NoteField(_("Reason"), needed=True, lines=2))
        form.blame("reason", NoReason, AlreadyBilled, PricesLacking, OwnAboveCeiling)

        def call(values: dict[str, Any]) -> partial[None]:
            return partial(deed, self._id, values["reason"])

        return self._show(title, form, do, call)

    def _open(
        self, title: str, form: Form, do: str, deed: "partial[None]"
    ) -> DeedDialog:
        return self._show(title, form, do, lambda _values: deed)

    def _show(
        self,
        title: str,
        form: Form,
        do: str,
        call: Callable[[dict[str, Any]], "partial[None]"],
    ) -> DeedDialog:
        draft = f"price-list-deed:{self._id}"
        dialog = DeedDialog(title, form, do, self._jobs, call, self._parent, draft)
        dialog.open()
        if form.fields:
            form.focus()
        else:
            dialog.primary.setFocus()
        return dialog


def _said(texts: Sequence[str]) -> Form:
    """Return a form that asks nothing and says what comes of it."""
    form = Form()
    for text in filter(None, texts):
        label = QLabel(text)
        label.setWordWrap(True)
        form.add_widget(label)
    return form
