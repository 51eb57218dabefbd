"""The grants, reliefs and allowances that came with the program, by place and date."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from carehome import paths
from carehome.rules.claims.amounts import Rates
from carehome.rules.claims.claim import (
    YES,
    Amount,
    AmountLine,
    Asking,
    Claim,
    ClaimKind,
    Condition,
    ConditionKind,
    For,
    Payer,
    Per,
    Question,
)
from carehome.rules.figures import definitions, read_toml
from carehome.rules.grades import SUBSIDY_NAMES
from carehome.rules.ratings.grades import GRADES, Sense
from carehome.rules.rulepacks import FilePart
from carehome.rules.safety.forms import Sureness

SCHEMA = "carehome/claims/1"
STAR_SUBSIDY = "xian/star-subsidy"
FEN = 100


@cache
def claims() -> Mapping[str, Claim]:
    """Return all claims that came with the program, by code, in their order."""
    files = sorted(paths.resource("claims").glob("*-*.toml"))
    found = {each.code: each for path in files for each in read_claims(path)}
    questions(found.values())
    return found


def read_claims(path: Path) -> list[Claim]:
    """Read the claims of one file."""
    whole = read_toml(path, SCHEMA)
    found = [_claim(part, whole) for part in whole.parts("claims")]
    if len({each.code for each in found}) < len(found):
        raise whole.trouble("claims")
    return found


def questions(listed: Iterable[Claim]) -> dict[str, Question]:
    """Return what is asked by some claims; one code always asks one thing."""
    found: dict[str, Question] = {}
    for claim in listed:
        for each in claim.questions:
            known = found.setdefault(each.code, each)
            assert known == each, f"{each.code} asks two things"
    return found


@cache
def star_rates() -> Rates:
    """Return the operating subsidy by star and class, fen a month and person."""
    amount = claims()[STAR_SUBSIDY].amount
    assert amount is not None, "the subsidy by star has an amount"
    by_class = {
        line.figure.removeprefix("residents.class_"): line.stars
        for line in amount.lines
    }
    assert set(by_class) == set(SUBSIDY_NAMES), "every class has its rates"
    return {
        star: {code: rates[star - 1] for code, rates in by_class.items()}
        for star in GRADES
    }


def _claim(part: FilePart, whole: FilePart) -> Claim:
    code = part.name("code")
    asked = [_condition(each, code) for each in _parts(part, "conditions")]
    if part.flag("confirm") or whole.flag("confirm"):
        asked.append(_confirm(code, whole.name("confirm_text")))
    return Claim(
        code,
        part.name("name"),
        ClaimKind(part.choice("kind", tuple(ClaimKind))),
        For(part.choice("to", tuple(For))) if part.names("to") else For.HOME,
        part.texts("region") if part.names("region") else _region(whole),
        _day(part, whole, "from"),
        _day(part, whole, "to_before"),
        part.name("policy") if part.names("policy") else whole.name("policy"),
        part.name("source"),
        Sureness(whole.choice("sureness", tuple(Sureness))),
        tuple(asked),
        _amount(part.part("amount"), code) if part.names("amount") else None,
        tuple(_payer(each) for each in _parts(part, "payers")),
        part.text("note") if part.names("note") else "",
    )


def _region(whole: FilePart) -> tuple[str, ...]:
    return whole.texts("region") if whole.names("region") else ()


def _day(part: FilePart, whole: FilePart, key: str) -> date | None:
    for each in (part, whole):
        if each.names(key):
            return each.day(key)
    return None


def _confirm(code: str, text: str) -> Condition:
    """Ask whether a policy that is only reported is in force with its own terms."""
    question = Question(f"{code}/in-force", text)
    return Condition(text, ConditionKind.ASK, question=question)


def _condition(part: FilePart, code: str) -> Condition:
    text = part.name("text")
    plain = Condition(text, ConditionKind(part.choice("kind", tuple(ConditionKind))))
    match plain.kind:
        case ConditionKind.FIGURE:
            sense = part.choice("sense", tuple(Sense)) if part.names("sense") else None
            return replace(
                plain,
                figure=_figure(part),
                others=_others(part),
                bound=_number(part, "bound") if part.names("bound") else plain.bound,
                sense=Sense(sense) if sense else plain.sense,
            )
        case ConditionKind.PROFILE:
            among = part.texts("among") if part.names("among") else ()
            return replace(plain, field=part.name("field"), among=among)
        case ConditionKind.STAR:
            return replace(plain, bound=Fraction(part.whole("least")))
        case ConditionKind.ASK:
            wanted = part.name("wanted") if part.names("wanted") else YES
            return replace(plain, question=_question(part, code, text), wanted=wanted)


def _question(
    part: FilePart, code: str, text: str, asking: Asking = Asking.YES_NO
) -> Question:
    """Return a question; one with a slash belongs to the claim alone."""
    name = part.name("question")
    return Question(f"{code}{name}" if name.startswith("/") else name, text, asking)


def _amount(part: FilePart, code: str) -> Amount:
    return Amount(
        Per(part.choice("per", tuple(Per))),
        tuple(_line(each, code) for each in part.parts("lines")),
    )


def _line(part: FilePart, code: str) -> AmountLine:
    if part.names("yuan"):
        least = most = _fen(part, "yuan")
    else:
        least = _fen(part, "least") if part.names("least") else 0
        most = _fen(part, "most") if part.names("most") else 0
    question = None
    if part.names("question"):
        asking = Asking.MONEY if part.names("percent") else Asking.COUNT
        question = _question(part, code, part.name("ask"), asking)
    stars = part.counts("stars") if part.names("stars") else ()
    if stars and len(stars) != len(GRADES):
        raise part.trouble("stars")
    return AmountLine(
        part.name("name"),
        least,
        most,
        part.whole("percent") if part.names("percent") else 0,
        tuple(yuan * FEN for yuan in stars),
        _figure(part) if part.names("figure") else "",
        question,
        part.name("allowance") if part.names("allowance") else "",
    )


def _payer(part: FilePart) -> Payer:
    return Payer(part.name("name"), part.whole("parts"))


def _figure(part: FilePart) -> str:
    return part.choice("figure", definitions().keys())


def _others(part: FilePart) -> tuple[str, ...]:
    """Return the other figures of which any does as well."""
    keys = part.texts("or") if part.names("or") else ()
    if not definitions().keys() >= set(keys):
        raise part.trouble("or")
    return keys


def _fen(part: FilePart, key: str) -> int:
    exact = _number(part, key) * FEN
    if exact.denominator != 1:
        raise part.trouble(key)
    return int(exact)


def _number(part: FilePart, key: str) -> Fraction:
    try:
        return Fraction(part.text(key))
    except (ValueError, ZeroDivisionError) as damage:
        raise part.trouble(key) from damage


def _parts(part: FilePart, key: str) -> list[FilePart]:
    return part.parts(key) if part.names(key) else []
