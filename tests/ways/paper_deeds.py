"""One way to do each deed with safety papers and inspections that can be undone."""

from dataclasses import replace

from carehome.rules.certificates import Warnings
from carehome.rules.safety.approvals import Paper, PaperRules
from carehome.rules.safety.inspections import Inspection
from carehome.services.safety.approvals import SafetyPapers
from carehome.services.safety.inspections import Inspections
from tests.conftest import TODAY

POLICY = Paper("liability", TODAY, TODAY.replace(year=2027), fen=12_000_00, percent=70)
VISIT = Inspection(TODAY, "fire", "random", answer_due=TODAY)


def _paper(w):
    return replace(POLICY, paper_id=w.of(SafetyPapers).save(POLICY))


def _scan(w):
    path = w.folder / "policy.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def _visit(w):
    return w.of(Inspections).save(VISIT)


DEEDS = {
    "SafetyPapers.save": (
        _paper,
        lambda w, known: w.of(SafetyPapers).save(replace(known, number="P9"), _scan(w)),
    ),
    "SafetyPapers.remove": (
        _paper,
        lambda w, known: w.of(SafetyPapers).remove(known.paper_id),
    ),
    "SafetyPapers.set_rules": (
        lambda w: None,
        lambda w, _: w.of(SafetyPapers).set_rules(
            PaperRules(Warnings(90, 45, 10), 6, 0, 36)
        ),
    ),
    "Inspections.save": (lambda w: None, lambda w, _: _visit(w)),
    "Inspections.remove": (
        _visit,
        lambda w, known: w.of(Inspections).remove(known),
    ),
    "Inspections.give_answer": (
        _visit,
        lambda w, known: w.of(Inspections).give_answer(known, TODAY, "已整改"),
    ),
}
