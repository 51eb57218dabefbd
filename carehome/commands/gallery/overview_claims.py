"""Scenes of what the home may claim, and of what-ifs."""

from carehome.app.desk import OVERVIEW
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.what_if import Assumed
from carehome.services.what_if import WhatIf
from carehome.ui.overview.claims import ClaimsTab
from carehome.ui.overview.what_if import WhatIfTab

CLAIMS, WHAT_IF = "What may be claimed", "What if"


def claims(studio: Studio) -> None:
    """See what the home may claim."""
    studio.tab(OVERVIEW, CLAIMS)


def opened(studio: Studio) -> None:
    """Look at a claim: its conditions, and what each rests on."""
    studio.tab(OVERVIEW, CLAIMS)
    studio.open_row(studio.find(ClaimsTab).view)


def answer(studio: Studio) -> None:
    """Answer what only the home knows."""
    tab = _open(studio, "national/utilities")
    tab.file.view.selectRow(len(tab.file.view.table.rows) - 1)
    studio.press("Give the answer")


def put_aside(studio: Studio) -> None:
    """Put a claim aside that is not for the home."""
    studio.click(_open(studio, "national/utilities").aside)


def what_if(studio: Studio) -> None:
    """See today beside a fuller house with dearer beds."""
    studio.tab(OVERVIEW, WHAT_IF)
    tab = studio.find(WhatIfTab)
    tab.form.set_values({"occupancy": 95, "bed": 5, "carers": 12, "star": "4"})
    studio.wait()


def compared(studio: Studio) -> None:
    """See two what-ifs side by side, one of them kept."""
    studio.service(WhatIf).keep("100 %", Assumed(occupancy=100))
    what_if(studio)
    tab = studio.find(WhatIfTab)
    tab.beside.set_value("1")
    studio.wait()


def refused(studio: Studio) -> None:
    """Be told what cannot be."""
    studio.tab(OVERVIEW, WHAT_IF)
    studio.find(WhatIfTab).form.fields["occupancy"].set_raw("150")
    studio.wait()


def what_if_printed(studio: Studio) -> None:
    """Look at a what-if as it will be printed."""
    what_if(studio)
    studio.press("Print")


def claims_printed(studio: Studio) -> None:
    """Look at the claims as they will be printed."""
    claims(studio)
    studio.press("Print")


def keep(studio: Studio) -> None:
    """Keep a what-if under a name."""
    what_if(studio)
    studio.press("Keep")


def _open(studio: Studio, code: str) -> ClaimsTab:
    studio.tab(OVERVIEW, CLAIMS)
    tab = studio.find(ClaimsTab)
    tab.open_key(code)
    studio.wait()
    return tab


SCENES = (
    Scene("overview-claims", claims),
    Scene("overview-claims-opened", opened),
    Scene("overview-claims-answer", answer),
    Scene("overview-claims-aside", put_aside),
    Scene("overview-claims-paper", claims_printed),
    Scene("overview-what-if", what_if),
    Scene("overview-what-if-compared", compared),
    Scene("overview-what-if-refused", refused),
    Scene("overview-what-if-paper", what_if_printed),
    Scene("overview-what-if-keep", keep),
)
