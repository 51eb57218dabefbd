"""The assessment that is being filled in: its answers, and what they still lack."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from carehome.errors import Refusal
from carehome.rules.risks import Answer, Level, Opening, Risk, check_answer
from carehome.services.risks import Head, RiskState

RISKS = tuple(Risk)


class Sheet(QObject):
    """One assessment as it is filled in.

    `answered` goes out with a risk whose answer changed, `head_changed` when the head
    did, `moved` when one stands at another risk.
    """

    answered = Signal(str)
    head_changed = Signal()
    moved = Signal()

    def __init__(self, state: RiskState) -> None:
        super().__init__()
        self.state = state
        self.head: Head = state.head
        self.answers: dict[Risk, Answer] = dict(state.answers)
        missing = (risk for risk in RISKS if self.answers[risk].level is None)
        self.risk = next(missing, RISKS[0])

    def opening(self, risk: Risk) -> Opening | None:
        """Return what opens a risk by itself."""
        return self.state.openings.get(risk)

    def choices(self, risk: Risk) -> tuple[str, ...]:
        """Return the measures to choose from, and those chosen beside them."""
        offered = (*self.state.suggested.get(risk, ()), *self.answers[risk].measures)
        return tuple(dict.fromkeys(offered))

    def lack(self, risk: Risk) -> Refusal | None:
        """Return what the answer to a risk still lacks, None while it is not judged."""
        answer = self.answers[risk]
        if answer.level is not None:
            try:
                check_answer(risk, answer, self.opening(risk))
            except Refusal as refusal:
                return refusal
        return None

    def is_done(self, risk: Risk) -> bool:
        """Say whether a risk is judged and lacks nothing."""
        return self.answers[risk].level is not None and not self.lack(risk)

    @property
    def done(self) -> int:
        """How many risks are judged and lack nothing."""
        return sum(map(self.is_done, RISKS))

    def change(self, risk: Risk, **told: Any) -> None:
        """Write something else of a risk."""
        answer = replace(self.answers[risk], **told)
        if answer != self.answers[risk]:
            self.answers[risk] = answer
            self.answered.emit(risk)

    def judge(self, risk: Risk, level: Level) -> None:
        """Judge how high a risk is."""
        self.change(risk, level=level)

    def change_head(self, **told: Any) -> None:
        """Write something else into the head."""
        head = replace(self.head, **told)
        if head != self.head:
            self.head = head
            self.head_changed.emit()

    def go_to(self, risk: Risk) -> None:
        """Stand at another risk."""
        if risk != self.risk:
            self.risk = risk
            self.moved.emit()

    def after(self, risk: Risk, step: int) -> Risk:
        """Return the risk so many rows further, or the last one there is."""
        at = min(max(RISKS.index(risk) + step, 0), len(RISKS) - 1)
        return RISKS[at]
