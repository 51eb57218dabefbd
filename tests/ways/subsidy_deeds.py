"""One way to do each deed of subsidies that can be undone."""

from datetime import date

from carehome.rules.subsidies.counting import Counting, Heads
from carehome.rules.subsidies.schemes import OwnRate
from carehome.services.subsidies import Overlaps, Subsidies

STAR, RULE = "xian/star-subsidy", "national/care-and-disabled"
OCTOBER = date(2026, 10, 1)


def _left_out(w):
    who = "resident", w.wang
    w.of(Subsidies).leave_out(STAR, OCTOBER, who, "王秀英", "户籍在外地")


def _rated(w):
    rate = OwnRate(STAR, "失能", 0, 100_00, OCTOBER, "市民发〔2026〕1号")
    return w.of(Subsidies).set_rate(rate)


def _dismissed(w):
    w.of(Overlaps).dismiss(w.wang, RULE, "街道确认可同时领取")


DEEDS = {
    "Subsidies.leave_out": (lambda w: None, lambda w, _: _left_out(w)),
    "Subsidies.take_in_again": (
        _left_out,
        lambda w, _: w.of(Subsidies).take_in_again(STAR, OCTOBER, ("resident", w.wang)),
    ),
    "Subsidies.count_by": (
        lambda w: None,
        lambda w, _: w.of(Subsidies).count_by(Counting(Heads.BY_DAYS, False)),
    ),
    "Subsidies.set_rate": (lambda w: None, lambda w, _: _rated(w)),
    "Subsidies.remove_rate": (
        _rated,
        lambda w, known: w.of(Subsidies).remove_rate(known),
    ),
    "Overlaps.dismiss": (lambda w: None, lambda w, _: _dismissed(w)),
    "Overlaps.ask_again": (
        _dismissed,
        lambda w, _: w.of(Overlaps).ask_again(w.wang, RULE),
    ),
}
