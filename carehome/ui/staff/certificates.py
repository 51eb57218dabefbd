"""The certificates of somebody: how long each holds, its scan, what is lacking."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel

from carehome.i18n import N_, _
from carehome.rules.certificates import Certificate, holdings
from carehome.rules.rights import Right
from carehome.services.staff import Staff
from carehome.services.staff.records import Held
from carehome.services.staff.writing import CertificateTwice
from carehome.ui.kit import table, theme
from carehome.ui.kit.buttons import button
from carehome.ui.kit.table import Column, TableModel
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.deeds import Deed
from carehome.ui.parts.exports import PaperDialog
from carehome.ui.staff.forms import CertificateForm
from carehome.ui.staff.hand import Hand
from carehome.ui.staff.tab import Leaf
from carehome.ui.staff.words import TONES, say_left


def _columns(today: Callable[[], date]) -> tuple[Column[Held], ...]:
    return (
        Column(
            N_("Name of the certificate"),
            lambda h: h.kind.name,
            bold=True,
            stretch=True,
        ),
        Column(
            N_("State"),
            lambda h: _say_state(h, today()),
            chip=_tone,
            order=lambda h: h.certificate.valid_until or date.max,
        ),
        table.day(N_("Last valid day"), lambda h: h.certificate.valid_until),
        table.day(N_("Issued on"), lambda h: h.certificate.issued_on),
        Column(N_("Number"), lambda h: h.certificate.number or None),
        Column(N_("Scan"), lambda h: _("Yes") if h.paper_id else None),
        table.day(N_("Apply by"), lambda h: h.apply_by),
        Column(N_("Issuing body"), lambda h: h.certificate.issuer or None),
    )


class Certificates(Leaf):
    """Lists the certificates; says which ones the posts ask for and are not held."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.add = button(_("New certificate"), "plus", "Alt+N", "small")
        self.change = button(_("Correct"), "edit", kind="small")
        self.remove = button(_("Remove"), "remove", kind="small")
        self.look = button(_("View the scan"), "show", kind="small")
        self.lacking = QLabel()
        self.lacking.setWordWrap(True)
        theme.mark(self.lacking, "banner")
        model = TableModel(_columns(hand.today), lambda h: h.certificate.certificate_id)
        self.view = TableView(model, "staff.certificates", N_("Certificates"))
        deeds = (self.remove, self.look, self.change, self.add)
        self.add_section(_("Certificates"), *deeds)
        self.body.addWidget(self.lacking)
        self.add_list(self.view)

        self._may_change = hand.may(Right.CHANGE_STAFF)
        for each in (self.add, self.change, self.remove):
            each.setVisible(self._may_change)
        self.look.setVisible(hand.may(Right.KEEP_PAPERS))
        step = _("New certificate") if self._may_change else ""
        self.view.set_empty(_("No certificate is on file."), step)
        self.add.clicked.connect(self.ask_new)
        self.view.first_step.connect(self.ask_new)
        self.change.clicked.connect(
            lambda: self.ask_certificate(self.view.current_row())
        )
        self.remove.clicked.connect(self._ask_removal)
        self.look.clicked.connect(self.show_scan)
        self.view.picked.connect(self._picked)
        if self._may_change:
            self.view.opened.connect(self.ask_certificate)

    def refresh(self) -> None:
        self.view.table.set_rows(self.file.certificates)
        text = self._say_lacking()
        self.lacking.setText(text)
        self.lacking.setVisible(bool(text))
        self._picked(self.view.current_row())

    def ask_new(self) -> None:
        """Ask for a certificate that is new."""
        self.ask_certificate()

    def ask_certificate(self, held: Held | None = None) -> None:
        """Ask for a certificate: a new one, or one to be corrected."""
        form = CertificateForm(self.choices.kinds, self.hand.today())
        form.blame("issued_on", CertificateTwice)
        name, number = self.file.person.name, 0
        title = _("New certificate of {name}").format(name=name)
        if held:
            self.fill(form, held.certificate)
            number = held.certificate.certificate_id
            title = _("Correct a certificate of {name}").format(name=name)
        self.ask(title, form, self._deed(number), f"certificate:{number}")

    def show_scan(self) -> None:
        """Show the scan of the certificate under the cursor."""
        held = self.view.current_row()
        if held and held.paper_id:
            name = f"{self.file.person.name} {held.kind.name}.pdf"
            window = PaperDialog(held.kind.name, name, self.hand.jobs, self)
            window.read(as_page, self.hand.services.staff, held.paper_id)

    def _deed(self, number: int) -> Deed:
        staff, who = self.hand.services.staff, self.file.staff_id

        def deed(values: dict[str, Any]) -> "partial[Any]":
            certificate = Certificate(
                values["kind_id"],
                values["issued_on"],
                values["valid_until"],
                values["number"] or "",
                values["issuer"] or "",
                values["note"] or "",
                number,
            )
            scan = Path(values["scan"]) if values["scan"] else None
            if number:
                return partial(staff.change_certificate, certificate, scan)
            return partial(staff.add_certificate, who, certificate, scan)

        return deed

    def _ask_removal(self) -> None:
        held = self.view.current_row()
        if held:
            title = _("Remove “{what}”?").format(what=held.kind.name)
            points = [
                _("Only what was entered by mistake is removed; its scan stays."),
                _("A certificate that has lapsed stays on file."),
            ]
            remove = self.hand.services.staff.remove_certificate
            number = held.certificate.certificate_id
            self.confirm_removal(title, points, remove, number)

    def _say_lacking(self) -> str:
        """Say which certificates the posts ask for and that do not hold today."""
        kinds, today = self.choices.kinds, self.hand.today()
        known = [held.certificate for held in self.file.certificates]
        spans = holdings(known, kinds)
        lines = [
            _("{post} asks for “{kind}”, which does not hold today.").format(
                post=post.name, kind=kinds[need].name
            )
            for post in self.file.posts
            for need in sorted(post.needs)
            if not any(span.holds(today) for span in spans.get(need, ()))
        ]
        if not lines:
            return ""
        lines.append(_("The person cannot be rostered on this post."))
        return "\n".join(lines)

    def _picked(self, held: Held | None) -> None:
        for deed in (self.change, self.remove):
            deed.setEnabled(held is not None)
        self.look.setEnabled(held is not None and held.paper_id is not None)


def as_page(staff: Staff, paper_id: int) -> bytes:
    """Return a scan as a page to be looked at."""
    from carehome.reports.pictures import page_of  # noqa: PLC0415 - heavy

    content = staff.paper(paper_id)
    return content if content.startswith(b"%PDF-") else page_of(content)


def _say_state(held: Held, today: date) -> str:
    if held.certificate.valid_until is None:
        return _("Without end")
    if held.urgency is None:
        return _("Replaced")
    return say_left(held.certificate.valid_until, today)


def _tone(held: Held) -> str | None:
    return TONES[held.urgency] or "ok" if held.urgency is not None else "quiet"
