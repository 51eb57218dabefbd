"""The two kinds of failure a person is told about; everything else is a bug."""

from typing import ClassVar

from carehome.i18n import N_, _


class CareHomeError(Exception):
    """A failure with a text for the person at the screen."""

    text: ClassVar[str] = N_("Something went wrong.")

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__)  # logs never hold personal facts
        self.facts = facts

    @property
    def message(self) -> str:
        """What to tell the person, in the language in use."""
        return _(self.text).format(**self.facts)


class Refusal(CareHomeError):
    """The rules of the home do not allow what was asked."""


class Trouble(CareHomeError):
    """The computer is at fault, not the person and not the program."""
