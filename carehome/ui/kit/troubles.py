"""What can be in the way when something leaves the program."""

from carehome.errors import Trouble
from carehome.i18n import N_


class NotSaved(Trouble):
    """The file could not be written where the person wanted it."""

    text = N_(
        "{file} could not be saved there: {reason} Choose another folder, or close "
        "the file if it is open elsewhere."
    )


class NotPrinted(Trouble):
    """The printer did not take the pages."""

    text = N_("The printer does not take the pages. Check that it is switched on.")
