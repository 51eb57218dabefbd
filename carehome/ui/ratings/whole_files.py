"""Files of the whole home in a submission: what proves no single item alone."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from carehome.errors import CareHomeError
from carehome.i18n import _
from carehome.rules.ratings.judging import EvidenceFile
from carehome.rules.rights import Right
from carehome.services.ratings.evidence import RatingEvidence, read_file
from carehome.ui.kit import dialogs, theme
from carehome.ui.kit.cards import Card
from carehome.ui.parts.hand import Hand
from carehome.ui.ratings.item_files import ItemFiles


class WholeFiles(Card):
    """Shows the files of the whole of one self-assessment, adds and takes away.

    `told` says in a line what was done.
    """

    told = Signal(str)

    def __init__(self, hand: Hand) -> None:
        super().__init__(_("Files of the whole home"))
        self._hand = hand
        self._evidence = hand.service(RatingEvidence)
        self._self_id = 0
        self.hint = QLabel(
            _(
                "What proves the home as a whole and no single item: licences, filing "
                "receipt, floor plan, statutes. It stands first in the folder."
            )
        )
        self.hint.setWordWrap(True)
        theme.mark(self.hint, "hint")
        self.files = ItemFiles(hand, "Ctrl+E")
        self.add(self.hint)
        self.add(self.files)
        self.body.addStretch()
        self.files.added.connect(self._attach)
        self.files.removed.connect(self._remove)

    def show_files(
        self, self_id: int, files: tuple[EvidenceFile, ...], *, is_open: bool
    ) -> None:
        """Show what is attached; some can be added while the assessment is open."""
        self._self_id = self_id
        may = is_open and self._hand.may(Right.JUDGE_RATING)
        self.files.show_files(files, is_open=may)

    def _attach(self, files: list[Path]) -> None:
        values = self._evidence, self._self_id, files
        done = partial(self._tell, _("Attached."))
        self._hand.jobs.run(self, done, attach, *values, failed=self._fail)

    def _remove(self, file_id: int) -> None:
        done = partial(self._tell, _("Removed."))
        deed = self._evidence.remove
        self._hand.jobs.run(self, done, deed, file_id, failed=self._fail)

    def _tell(self, text: str, _done: object) -> None:
        self.told.emit(text)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CareHomeError):
            raise error
        dialogs.tell(self, error)


def attach(evidence: RatingEvidence, self_id: int, files: list[Path]) -> None:
    """Read files and attach them to the whole."""
    evidence.attach(self_id, None, [read_file(file) for file in files])
