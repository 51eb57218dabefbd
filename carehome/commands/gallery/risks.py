"""Scenes of the nine risks: the window, the leaf in a file, the lists, the notice."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from carehome.app.desk import ASSESSMENTS
from carehome.commands.gallery.residents import page, somebody
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.i18n import _
from carehome.rules.risks import Answer, Level, Risk
from carehome.services.residents import ResidentLine, Residents
from carehome.services.risks import Head, Risks
from carehome.ui.assessments.page import AssessmentsPage
from carehome.ui.kit.table_view import TableView
from carehome.ui.parts.risks import AtRisk, RisksDialog
from carehome.ui.parts.risks.panel import RiskPanel


def _known(studio: Studio) -> ResidentLine:
    """Return somebody of whom the file tells dementia."""
    who, residents = somebody(studio), studio.service(Residents)
    person = residents.file(who.resident_id).person
    residents.change_person(who.resident_id, replace(person, has_dementia=True))
    return who


def _judged(studio: Studio) -> ResidentLine:
    """Assess the risks of somebody with dementia, and return who it is."""
    who = _known(studio)
    risks = studio.service(Risks)
    state = risks.state(risks.begin(who.resident_id))
    answers = {
        risk: answer if answer.level is not None else Answer(Level.NONE)
        for risk, answer in state.answers.items()
    }
    sheet = state.form.sheet(Risk.FALL)
    signs = tuple(sign.code for sign in sheet.signs[1:4])
    answers[Risk.FALL] = Answer(Level.HIGH, signs, "", sheet.measures[:4])
    risks.finish(state.assessment_id, Head(studio.today, state.head.assessor), answers)
    return who


def leaf(studio: Studio) -> None:
    """Show the risks in somebody's file."""
    page(studio).open_leaf(_judged(studio).resident_id, _("Risks"))
    studio.wait()


def window(studio: Studio) -> None:
    """Judge the risks of somebody of whom something is known."""
    who = _known(studio)
    page(studio).open_leaf(who.resident_id, _("Risks"))
    studio.wait()
    studio.find(RiskPanel).begin()
    studio.wait()


def lacking(studio: Studio) -> None:
    """Say what a judgement still lacks."""
    window(studio)
    dialog = studio.top
    assert isinstance(dialog, RisksDialog)
    dialog.rows.focus_row(Risk.FALL)
    QTest.keyClick(dialog.rows.rows[Risk.FALL].pick, Qt.Key.Key_3)
    studio.wait()


def discard(studio: Studio) -> None:
    """Ask before what is written is thrown away."""
    window(studio)
    studio.press("Discard")


def paper(studio: Studio) -> None:
    """Look at the notice for the family."""
    leaf(studio)
    studio.click(studio.find(RiskPanel).print)


def explained(studio: Studio) -> None:
    """Note to whom the risks were explained."""
    leaf(studio)
    studio.click(studio.find(RiskPanel).explain)


def signed(studio: Studio) -> None:
    """Note who signed the notice."""
    who = _judged(studio)
    risks = studio.service(Risks)
    number = risks.of_resident(who.resident_id).lines[0].assessment_id
    risks.note_told(number, who.name, who.name, studio.today)
    page(studio).open_leaf(who.resident_id, _("Risks"))
    studio.wait()
    studio.click(studio.find(RiskPanel).sign)


def end_measure(studio: Studio) -> None:
    """Ask from which day on a measure holds no longer."""
    leaf(studio)
    studio.click(studio.find(RiskPanel).end)


def due(studio: Studio) -> None:
    """List whose risks are to be assessed."""
    _lists(studio).show_risks(are_judged=False)
    studio.wait()


def at_risk(studio: Studio) -> None:
    """List who is at risk of falling."""
    _judged(studio)
    _lists(studio).show_risks(are_judged=True)
    studio.wait()
    studio.find(AtRisk).show_risk(Risk.FALL)
    studio.find(TableView).setFocus()


def own_measures(studio: Studio) -> None:
    """Write the measures that the home offers against a risk."""
    at_risk(studio)
    studio.find(AtRisk).ask_measures(Risk.FALL)


def _lists(studio: Studio) -> AssessmentsPage:
    opened = studio.page(ASSESSMENTS)
    assert isinstance(opened, AssessmentsPage)
    return opened


SCENES = (
    Scene("risks-window", window),
    Scene("risks-window-lacking", lacking),
    Scene("risks-window-discard", discard),
    Scene("risks-leaf", leaf),
    Scene("risks-paper", paper),
    Scene("risks-explained", explained),
    Scene("risks-signed", signed),
    Scene("risks-end-measure", end_measure),
    Scene("risks-due", due),
    Scene("risks-at-risk", at_risk),
    Scene("risks-own-measures", own_measures),
)
