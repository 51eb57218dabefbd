"""What all leaves of a staff file share."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.services.staff.records import StaffFile
from carehome.ui.kit import dialogs
from carehome.ui.kit.forms import Form
from carehome.ui.kit.sections import Sections
from carehome.ui.parts.deeds import Deed, DeedDialog, let_scroll
from carehome.ui.staff.hand import Choices, Hand


class Leaf(Sections):
    """One leaf of the file: shows its part and offers the deeds that belong there.

    `told` goes out with a line on what was done.
    """

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self.hand = hand
        self._shown: tuple[StaffFile, Choices] | None = None

    def show_file(self, file: StaffFile, choices: Choices) -> None:
        """Show what belongs here of a file."""
        self._shown = file, choices
        self.refresh()

    @property
    def file(self) -> StaffFile:
        """The file that is shown; deeds wait until there is one."""
        assert self._shown, "no file is shown yet"
        return self._shown[0]

    @property
    def choices(self) -> Choices:
        """The home's own lists."""
        assert self._shown, "no file is shown yet"
        return self._shown[1]

    def refresh(self) -> None:
        """Fill the leaf."""
        raise NotImplementedError

    def ask(
        self, title: str, form: Form, deed: Deed, draft: str, said: str = ""
    ) -> DeedDialog:
        """Ask for what a deed needs; `said` is told once it is done."""
        name = f"staff-{draft}:{self.file.staff_id}"
        dialog = DeedDialog(title, form, _("Save"), self.hand.jobs, deed, self, name)
        let_scroll(dialog)
        dialog.accepted.connect(lambda: self.told.emit(said or self._saved()))
        dialog.open()
        return dialog

    def confirm_removal(
        self, title: str, points: list[str], call: Callable[..., object], number: int
    ) -> None:
        """Ask before an entry is removed."""
        do = partial(self._remove, call, number)
        dialogs.confirm(self, title, points, _("Remove"), do, "danger")

    def _remove(self, call: Callable[..., object], number: int) -> None:
        said = partial(self._say, _("Removed."))
        self.hand.jobs.run(self, said, call, number, failed=self.tell_failure)

    def _saved(self) -> str:
        return _("{name} was saved.").format(name=self.file.person.name)

    def _say(self, text: str, _done: object) -> None:
        self.told.emit(text)

    def tell_failure(self, error: Exception) -> None:
        """Tell in a window of its own what was refused."""
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)

    def fill(self, form: Form, value: Any) -> Form:
        """Fill a form with what a value holds under the names of the fields."""
        names = (name for name in form.fields if hasattr(value, name))
        form.set_values({name: getattr(value, name) for name in names})
        return form
