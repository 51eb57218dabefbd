"""Every text can be read on its ground, every control seen, in light and in dark."""

import re
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QColor

from carehome import paths
from carehome.ui.kit import theme

READABLE, VISIBLE = 4.5, 3.0
SCHEMES = ("light", "dark")
STATES = ("", "hover", "focus", "pressed", "checked", "disabled", "selected")
STATES += ("read-only",)
# What lies under words that have no ground of their own.
GROUNDS = {"nav": ("nav",), "cover": ("nav",), "toast": ("toast",)}
USUAL = ("paper", "ground")
# Controls that are known by their border; others are known by their words.
BORDERED = ("QLineEdit", "QPlainTextEdit", "QComboBox", "QPushButton")
WORDS = ("link", "words", "nav_", "toast_", "way")

# Texts that screens paint by themselves: colour, ground.
PAINTED = [
    *((ink, "paper") for ink in ("ink", "ink_2", "brand", *theme.TONES)),
    *((ink, "ground") for ink in ("ink", "ink_2", "brand", *theme.TONES)),
    *((ink, "brand_soft") for ink in ("ink", "ink_2", "brand", *theme.TONES)),
    *((ink, "hover") for ink in ("ink", "ink_2", "brand", *theme.TONES)),
    *((tone, f"{tone}_soft") for tone in theme.TONES),
    *((ink, f"a{level}") for level in range(5) for ink in ("ink", "tint_ink")),
    *(("ink", f"s_{shift}") for shift in ("early", "late", "night", "day", "duty")),
    *(("tint_ink", each) for each in ("paper", "quiet_soft", "line_2")),
    *(("ink_2", each) for each in ("line", "line_2", "quiet_soft")),
    *(("nav_ink", each) for each in ("nav", "nav_hover")),
    ("nav_note", "nav"),
    ("brand_ink", "brand"),
    ("toast_ink", "nav_on"),
    ("toast_ink", "badge"),
    ("toast_ink", "toast"),
    ("toast_do", "toast"),
]
# Lines that say something: what is chosen, where the cursor is, that one can type.
DRAWN = [
    *((line, ground) for line in ("control", "brand") for ground in USUAL),
    ("brand", "hover"),
    ("nav_ink", "nav"),
    ("brand_ink", "brand"),
]


def light_of(colour):
    """Return the relative luminance of WCAG 2."""

    def part(value):
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    shade = QColor(colour)
    red, green, blue = map(part, (shade.redF(), shade.greenF(), shade.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(scheme, one, other):
    colours = theme.tokens()[scheme]
    dark, light = sorted(light_of(colours[name]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True)
class Rule:
    """One selector of the style sheet; what it lies in is part of the control."""

    control: str
    kind: str
    is_prefix: bool
    states: frozenset[str]
    looks: dict[str, str]
    order: int

    @property
    def weight(self):
        return (bool(self.kind) + len(self.states), self.order)

    def fits(self, control, kind, state):
        kind_fits = kind.startswith(self.kind) if self.is_prefix else kind == self.kind
        return (
            self.control == control
            and (not self.kind or kind_fits)
            and self.states <= {state}
        )


SELECTOR = re.compile(
    r'(?P<control>\w+(?:#\w+)?)(?:\[kind(?P<prefix>\^?)="(?P<kind>\w+)"\])?'
    r"(?P<part>::[\w-]+)?(?P<states>(?::[\w-]+)*)$"
)


def read_rules():
    text = (paths.resource("theme") / "sheet.qss").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    rules = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        looks = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+);", body))
        for selector in selectors.split(","):
            *outer, inner = selector.split()
            found = SELECTOR.match(inner)
            assert found, f"a selector that is not understood: {selector}"
            states = frozenset(filter(None, found["states"].split(":")))
            rules.append(
                Rule(
                    " ".join((*outer, found["control"] + (found["part"] or ""))),
                    found["kind"] or "",
                    bool(found["prefix"]),
                    states,
                    looks,
                    len(rules),
                )
            )
    return rules


RULES = read_rules()
PARTS = sorted({(rule.control, rule.kind) for rule in RULES if not rule.is_prefix})


def worn(control, kind, state):
    """Return what the sheet says of a control in a state, the weightier rule last."""
    looks = {}
    fitting = [rule for rule in RULES if rule.fits(control, kind, state)]
    for rule in sorted(fitting, key=lambda rule: rule.weight):
        looks |= rule.looks
    return looks


def named(looks, *names):
    """Return the colour that the first of `names` bears, empty without one."""
    for name in names:
        if found := re.search(r"@(\w+)", looks.get(name, "")):
            return found[1]
    return ""


def texts_of_the_sheet():
    """Return every colour of words with each ground that it may stand on."""
    pairs = set()
    for control, kind in PARTS:
        lies_on = GROUNDS.get(kind.split("_")[0], USUAL)
        for state in STATES:
            looks = worn(control, kind, state)
            ink = named(looks, "color")
            ground = named(looks, "background", "background-color")
            if state == "disabled" or not (ink or ground):
                continue
            if ink in {"", "ink"} and ground in {"", *USUAL}:
                continue  # ink on paper is in the list of what is painted
            if not ink and (
                control.startswith(("QFrame", "QScroll")) or "::" in control
            ):
                continue  # bears no words itself
            for each in (ground,) if ground else lies_on:
                pairs.add((ink or "ink", each))
            chosen = named(looks, "selection-background-color")
            if chosen:
                pairs.add((named(looks, "selection-color"), chosen))
    return pairs


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_its_ground(scheme):
    pairs = {*PAINTED, *texts_of_the_sheet()}
    found = {pair: round(contrast(scheme, *pair), 2) for pair in pairs}
    assert {pair: sharp for pair, sharp in found.items() if sharp < READABLE} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_cannot_be_used_now_can_still_be_seen(scheme):
    pairs = set()
    for control, kind in PARTS:
        looks = worn(control, kind, "disabled")
        if ink := named(looks, "color"):
            ground = named(looks, "background", "background-color")
            lies_on = GROUNDS.get(kind.split("_")[0], USUAL)
            pairs |= {(ink, each) for each in ((ground,) if ground else lies_on)}
    assert len(pairs) > 3
    assert {p for p in pairs if contrast(scheme, *p) < VISIBLE} == set()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", ["", "focus", "hover"])
def test_the_border_of_a_control_can_be_seen(scheme, state):
    faint = {}
    for control, kind in PARTS:
        if control not in BORDERED or kind.startswith(WORDS):
            continue
        edge = named(worn(control, kind, state), "border-color", "border")
        for ground in USUAL:
            if not edge or contrast(scheme, edge, ground) < VISIBLE:
                faint[control, kind] = edge
    assert faint == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_that_say_something_can_be_seen(scheme):
    assert [pair for pair in DRAWN if contrast(scheme, *pair) < VISIBLE] == []


def test_the_sheet_is_understood():
    """A colour that the test above does not meet would be no colour tested."""
    met = {name for pair in (*PAINTED, *texts_of_the_sheet()) for name in pair}
    text = (paths.resource("theme") / "sheet.qss").read_text(encoding="utf-8")
    inks = set(re.findall(r"[\s{;]color: @(\w+)", text))
    assert inks - met - {"control"} == set()
