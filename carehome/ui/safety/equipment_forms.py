"""What is asked of equipment: a piece, a service, a scrapping, a kind, a plan."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from carehome.i18n import _
from carehome.rules.days import Sense
from carehome.rules.safety import equipment as rules
from carehome.rules.safety import hazards
from carehome.rules.safety.equipment import Done, Kind, ServiceKind
from carehome.services.safety import equipment as service
from carehome.services.safety.equipment import Piece
from carehome.services.safety.ledger import Line
from carehome.services.safety.photos import (
    PictureBroken,
    PictureKind,
    PictureOfApple,
    PictureTooBig,
)
from carehome.ui.kit.buttons import icon_button
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    NoteField,
    NumberField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.safety.equipment_scopes import Scope
from carehome.ui.safety.hazard_forms import severities

MOST_PATH = 1000


def piece(kinds: Iterable[Kind], today: date, line: Line | None = None) -> Form:
    """Ask what hangs where; several alike only while they are new."""
    form = Form(columns=2)
    offered = {
        kind.kind_id: kind.name
        for kind in kinds
        if kind.is_active or (line and line.kind.kind_id == kind.kind_id)
    }
    form.add("kind_id", ChoiceField(_("Kind of equipment"), offered), wide=True)
    hint = _("So that somebody new finds it: floor, corridor, beside what.")
    place = TextField(_("Where it hangs"), hint=hint)
    form.add("place", place, wide=True, blame=(service.PlaceMissing,))
    hint = _("Stands on the cylinder or the tag.")
    made = DateField(
        _("Manufactured on"), today, needed=False, sense=Sense.PAST, hint=hint
    )
    form.add("made_on", made, blame=(rules.MadeLater,))
    hint = _("As on the tag, such as MFZ/ABC4.")
    form.add("model", TextField(_("Model"), needed=False, hint=hint))
    if line is None:
        count = NumberField(_("How many alike"), hint=_("Each gets its own number."))
        form.add("count", count, blame=(service.TooManyAtOnce,))
    form.add("note", NoteField(_("Note"), lines=2), wide=True)
    if line is None:
        form.set_values({"count": 1})
    else:
        form.set_values(
            {
                "kind_id": line.kind.kind_id,
                "model": line.model,
                "place": line.place,
                "made_on": line.made_on,
                "note": line.note,
            }
        )
    return form


def piece_of(values: Mapping[str, object]) -> Piece:
    """Return what was told of a piece."""
    made_on = values["made_on"]
    assert made_on is None or isinstance(made_on, date)
    return Piece(
        int(str(values["kind_id"])),
        str(values["place"] or ""),
        str(values["model"] or ""),
        made_on,
        str(values["note"] or ""),
    )


def done(today: date, scopes: Mapping[str, Scope], which: str, firm: str = "") -> Form:
    """Ask what was done to which equipment, and whether it passed."""
    form = Form(columns=2)
    if len(scopes) > 1:
        offered = {code: scope.label for code, scope in scopes.items()}
        form.add("which", PickField(_("Which ones"), offered), wide=True)
        form.set_values({"which": which})
    kinds = {kind: _(name) for kind, name in rules.SERVICE_NAMES.items()}
    form.add("kind", ChoiceField(_("What was done"), kinds))
    day = DateField(_("Done on"), today, sense=Sense.PAST)
    late = (rules.ServicedLater, rules.ServicedBeforeMade, service.ServicedTwice)
    form.add("day", day, blame=(*late, service.Scrapped))
    form.add("by", TextField(_("Firm or person"), needed=False))
    hint = _("Only if the firm wrote a day on the tag; else the kind decides.")
    tag = DateField(
        _("Next one by the tag"), today, needed=False, sense=Sense.FUTURE, hint=hint
    )
    form.add("next_on", tag, blame=(rules.NextTooEarly,))
    passed = CheckField(_("Outcome"), _("Passed, fit for use"))
    form.add("is_passed", passed, wide=True)
    form.add("note", NoteField(_("Note"), lines=2), wide=True)
    form.set_values({"kind": ServiceKind.SERVICE, "day": today, "is_passed": True})
    form.set_values({"by": firm})
    return form


def done_of(values: Mapping[str, object]) -> Done:
    """Return what was told of a service."""
    day, next_on = values["day"], values["next_on"]
    assert isinstance(day, date)
    assert next_on is None or isinstance(next_on, date)
    return Done(
        day,
        ServiceKind(str(values["kind"])),
        bool(values["is_passed"]),
        str(values["by"] or ""),
        next_on,
        str(values["note"] or ""),
    )


def scrapping(today: date) -> Form:
    """Ask when and why a piece was scrapped."""
    form = Form()
    day = DateField(_("Scrapped on"), today, sense=Sense.PAST)
    form.add("day", day, blame=(rules.ScrappedEarly,))
    form.add("reason", TextField(_("Reason"), needed=False))
    form.set_values({"day": today})
    return form


def fault() -> Form:
    """Ask what is wrong with a piece, as a hazard."""
    form = Form()
    item = NoteField(_("What the hazard is"), needed=True, lines=2)
    form.add("item", item, blame=(hazards.ItemMissing,))
    form.add("severity", PickField(_("Severity"), severities()))
    form.set_values({"severity": hazards.Severity.GENERAL})
    return form


def kind(entry: Kind, contracts: Mapping[int, str]) -> Form:
    """Ask for the intervals of a kind, and who services it."""
    form = Form(columns=2)
    names = (service.KindNameMissing, service.KindNameTaken)
    form.add("name", TextField(_("Name of the kind"), most=40), blame=names)
    hint = _("One or two characters in the point on the plan.")
    mark = TextField(_("Mark on the plan"), most=2, hint=hint)
    form.add("mark", mark, blame=(rules.MarkTooLong,))
    hint = _("Months after it was made. Empty: never.")
    first = NumberField(_("First service after months"), needed=False, hint=hint)
    months = (rules.MonthsOutOfRange, rules.ServiceHalfTold)
    form.add("first_months", first, blame=months)
    again = NumberField(_("Then every so many months"), needed=False)
    form.add("again_months", again)
    scrap = NumberField(_("Scrapped after months"), needed=False, hint=hint)
    form.add("scrap_months", scrap)
    warning = NumberField(_("Warn days before"))
    form.add("warn_days", warning, blame=(rules.WarningOutOfRange,))
    contract = ChoiceField(
        _("Serviced under the contract"), contracts, needed=False, empty=_("None")
    )
    form.add("contract_id", contract, wide=True)
    form.add("source", NoteField(_("Source"), lines=2), wide=True)
    form.add("is_active", CheckField(_("Use"), _("Offered for new equipment")))
    form.set_values({name: getattr(entry, name) for name in form.fields})
    return form


def plan() -> Form:
    """Ask for the picture of a floor."""
    form = Form()
    names = (service.PlanNameMissing, service.PlanNameTaken)
    hint = _("Such as “3rd floor”.")
    form.add("name", TextField(_("Name of the plan"), most=40, hint=hint), blame=names)
    hint = _("A drawing or a photo of the escape plan on the wall: JPG or PNG.")
    wrong = (PictureBroken, PictureKind, PictureOfApple, PictureTooBig)
    form.add("picture", PictureField(_("Picture of the floor"), hint=hint), blame=wrong)
    return form


class PictureField(TextField):
    """The path of a picture; the folder beside it lets one choose."""

    def __init__(self, name: str, *, needed: bool = True, hint: str = "") -> None:
        super().__init__(name, needed=needed, hint=hint, most=MOST_PATH)
        self.folder = icon_button("import", _("Choose a picture"), self.choose)
        self._line.addWidget(self.folder)

    def choose(self) -> None:
        """Ask for the file."""
        kinds = _("Pictures (*.jpg *.jpeg *.png *.webp *.bmp)")
        dialog = QFileDialog(self, _("Choose a picture"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.set_value)
        dialog.open()

    def path(self) -> Path:
        """Return the file that was chosen."""
        return Path(self.value() or "")
