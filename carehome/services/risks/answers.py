"""How the answers of a risk assessment are kept in its row."""

from collections.abc import Iterable, Mapping
from typing import Any

from carehome.rules.risks import Answer, Answers, Ground, Level, Risk


def kept(answers: Answers, grounds: Iterable[Ground]) -> dict[str, Any]:
    """Return answers and the grounds known then as the row holds them."""
    return {
        "grounds": [ground.value for ground in grounds],
        "risks": {risk.value: _kept(answer) for risk, answer in answers.items()},
    }


def _kept(answer: Answer) -> dict[str, Any]:
    return {
        "level": answer.level,
        "signs": list(answer.signs),
        "reason": answer.reason,
        "measures": list(answer.measures),
        "responsible": answer.responsible,
    }


def answers_of(content: Mapping[str, Any]) -> dict[Risk, Answer]:
    """Return the answers that a row holds, one for every risk."""
    risks = content.get("risks", {})
    return {risk: _answer(risks.get(risk.value, {})) for risk in Risk}


def _answer(content: Mapping[str, Any]) -> Answer:
    level = content.get("level")
    return Answer(
        None if level is None else Level(level),
        tuple(content.get("signs", ())),
        content.get("reason", ""),
        tuple(content.get("measures", ())),
        content.get("responsible", ""),
    )


def grounds_of(content: Mapping[str, Any]) -> tuple[Ground, ...]:
    """Return the grounds that were known when the answers were given."""
    return tuple(Ground(ground) for ground in content.get("grounds", ()))
