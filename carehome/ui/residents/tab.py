"""What all leaves of a resident's file share."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from carehome.rules.rights import User
from carehome.services.residents import ResidentFile
from carehome.ui.kit.jobs import Jobs
from carehome.ui.kit.sections import Sections
from carehome.ui.parts.care import CareServices, Lists


class Leaf(Sections):
    """One leaf of the file: shows its part and offers the deeds that belong there.

    `told` goes out with a line on what was done.
    """

    told = Signal(str)

    def __init__(
        self, services: CareServices, jobs: Jobs, user: User, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.services = services
        self.jobs = jobs
        self.user = user
        self.today = today
        self._shown: tuple[ResidentFile, Lists] | None = None

    def show_file(self, file: ResidentFile, lists: Lists) -> None:
        """Show what belongs here of a file."""
        self._shown = file, lists
        self.refresh(file, lists)

    @property
    def file(self) -> ResidentFile:
        """The file that is shown; deeds wait until there is one."""
        assert self._shown, "no file is shown yet"
        return self._shown[0]

    @property
    def lists(self) -> Lists:
        """The home's own lists."""
        assert self._shown, "no file is shown yet"
        return self._shown[1]

    def refresh(self, file: ResidentFile, lists: Lists) -> None:
        """Fill the leaf."""
        raise NotImplementedError
