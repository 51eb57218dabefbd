"""What all steps of an admission share."""

from functools import partial
from typing import Any

from carehome.services.admissions import Admissions, AdmissionState, Step
from carehome.ui.parts import step_view
from carehome.ui.parts.care import Lists


class StepView(step_view.StepView):
    """One step of an admission."""

    STEP: Step

    def show_state(self, state: AdmissionState | None, lists: Lists) -> None:
        """Show what an admission holds; None begins a new one."""
        raise NotImplementedError

    def deed(self, admissions: Admissions) -> "partial[Any]":
        """Return the call that stores the step of the admission it is given."""
        raise NotImplementedError
