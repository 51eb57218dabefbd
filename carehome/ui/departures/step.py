"""What all steps of a departure share."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from carehome.rules.departures import Step
from carehome.rules.rights import Right
from carehome.services.departures import Departures
from carehome.ui.departures.chain import Loaded
from carehome.ui.parts import step_view


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that is asked before a step is stored: what would happen, and how."""

    title: str
    points: tuple[str, ...]
    do: str


class StepView(step_view.StepView):
    """One step of a departure, for those with its `RIGHT`."""

    STEP: Step
    RIGHT: Right

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what a departure holds."""
        raise NotImplementedError

    def doubt(self) -> Doubt | None:
        """Return what is asked before the step is stored, if anything."""
        return None

    def deed(self, departures: Departures) -> "partial[Any]":
        """Return the call that stores the step of the departure it is given."""
        raise NotImplementedError


class FormStep(step_view.FormStep, StepView):
    """One step of a departure that is a form."""
