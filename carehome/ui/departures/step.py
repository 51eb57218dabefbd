"""What all steps of a departure share."""

from functools import partial
from typing import Any

from carehome.rules.departures import Step
from carehome.rules.rights import Right
from carehome.services.departures import Departures
from carehome.ui.departures.chain import Loaded
from carehome.ui.parts import step_view


class StepView(step_view.StepView):
    """One step of a departure, for those with its `RIGHT`."""

    STEP: Step
    RIGHT: Right

    def show_loaded(self, loaded: Loaded) -> None:
        """Show what a departure holds."""
        raise NotImplementedError

    def deed(self, departures: Departures) -> "partial[Any]":
        """Return the call that stores the step of the departure it is given."""
        raise NotImplementedError


class FormStep(step_view.FormStep, StepView):
    """One step of a departure that is a form."""
