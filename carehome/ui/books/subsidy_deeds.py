"""The dialogs about subsidies: handing in, the answer, the money, how it is counted."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from carehome.errors import Refusal
from carehome.i18n import _, show_day, show_money
from carehome.rules.days import Sense
from carehome.rules.ledger.booking import MonthClosed
from carehome.rules.ledger.voids import ReasonMissing, VoidAlready
from carehome.rules.periods import DAY
from carehome.rules.residents import NotComeYet, check_happened
from carehome.rules.subsidies.counting import (
    HEAD_NAMES,
    Counting,
    Heads,
    LeftOutWithoutReason,
    Person,
)
from carehome.rules.subsidies.overlaps import OverlapWithoutReason
from carehome.rules.subsidies.schemes import OwnRate
from carehome.rules.subsidies.working import Working
from carehome.services.subsidies import Overlap, Overlaps, Subsidies, SubsidyClaim
from carehome.services.subsidies import claims as kept
from carehome.services.subsidies.elsewhere import AskedOnStaff, CameByPolicy
from carehome.services.subsidies.service import RateIncomplete
from carehome.ui.books.granting import GrantField
from carehome.ui.kit import theme
from carehome.ui.kit.cards import Fact, Facts
from carehome.ui.kit.days import DateField
from carehome.ui.kit.fields import (
    CheckField,
    ChoiceField,
    MoneyField,
    NoteField,
    TextField,
)
from carehome.ui.kit.forms import Form
from carehome.ui.kit.pick import PickField
from carehome.ui.parts.deeds import Deed, DeedDialog
from carehome.ui.parts.money import methods
from carehome.ui.parts.tabbed import Tab

WIDE = 540
DAY_BLAME = (NotComeYet, MonthClosed, kept.DecidedTooEarly)
STARS = {
    0: "\u2013",
    **{star: "\u2605" * star for star in range(1, 6)},
}


class SubsidyDeeds:
    """Opens the dialogs over the tab that asks."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._subsidies = tab.hand.service(Subsidies)
        self._overlaps = tab.hand.service(Overlaps)

    def hand_in(self, working: Working) -> DeedDialog:
        """Ask to whom a claim is handed in; it is kept as it is from then on."""
        form = Form()
        form.add_widget(Facts(_facts(working)))
        office = TextField(_("Handed in to"), most=60)
        form.add("office", office, blame=(kept.OfficeMissing,))
        blame = (
            *(*DAY_BLAME, kept.ClaimedAlready, kept.NothingToClaim),
            *(kept.NotOverYet, AskedOnStaff, CameByPolicy),
        )
        form.add("day", self._day(_("Handed in on")), blame=blame)
        form.set_values({"day": self._tab.hand.today()})
        code, first = working.scheme.code, working.period.start

        def deed(values: dict[str, Any]) -> partial[int]:
            call = self._subsidies.hand_in
            return partial(call, code, first, values["office"], values["day"])

        done = _("The claim is kept as it was handed in.")
        draft = f"subsidy-hand-in:{code}:{first}"
        return self._open(_("Hand in a claim"), form, _("Hand in"), deed, draft, done)

    def grant(self, claim: SubsidyClaim) -> DeedDialog:
        """Ask what was granted, person by person where it is another sum."""
        form = Form()
        form.add_widget(Facts(_claimed(claim)))
        form.add("day", self._day(_("Day of the answer")), blame=DAY_BLAME)
        people = [each for each in claim.people if each.is_in]
        form.add("each", GrantField(_("Granted, by person"), people))
        why = NoteField(_("Answer of the office"), lines=2)
        form.add("answer", why, blame=(kept.ReasonOfClaimMissing,))
        form.set_values({"day": self._tab.hand.today()})

        def deed(values: dict[str, Any]) -> partial[None]:
            call, number = self._subsidies.grant, claim.claim_id
            told = values["day"], values["each"], values["answer"] or ""
            return partial(call, number, *told)

        done = _("The answer is noted; the sum is owed to the home now.")
        draft = f"subsidy-grant:{claim.claim_id}"
        return self._open(_("Granted"), form, _("Note it"), deed, draft, done)

    def refuse(self, claim: SubsidyClaim) -> DeedDialog:
        """Ask why the office refused a claim."""
        form = Form()
        form.add_widget(Facts(_claimed(claim)))
        form.add("day", self._day(_("Day of the answer")), blame=DAY_BLAME)
        form.set_values({"day": self._tab.hand.today()})
        call, number = self._subsidies.refuse, claim.claim_id

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(call, number, values["day"], values["reason"] or "")

        done = _("The answer is noted; a new claim can be made.")
        draft = f"subsidy-refuse:{claim.claim_id}"
        self._reason(form, (kept.ReasonOfClaimMissing,))
        return self._open(_("Refused"), form, _("Note it"), deed, draft, done)

    def take_back(self, claim: SubsidyClaim) -> DeedDialog:
        """Ask why a claim is taken back."""
        form = Form()
        form.add_widget(Facts(_claimed(claim)))
        blame = (kept.ReasonOfClaimMissing, kept.MoneyCameIn, MonthClosed)
        self._reason(form, blame)
        call, number = self._subsidies.take_back, claim.claim_id

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(call, number, values["reason"] or "")

        done = _("The claim was taken back; the month can be claimed anew.")
        draft = f"subsidy-back:{claim.claim_id}"
        title = _("Take the claim back")
        return self._open(title, form, _("Take the claim back"), deed, draft, done)

    def receive(self, claim: SubsidyClaim) -> DeedDialog:
        """Ask what came in."""
        form = Form()
        form.add_widget(Facts(_claimed(claim)))
        amount = MoneyField(_("Amount"))
        form.add("fen", amount, blame=(kept.MoreThanGranted,))
        form.add("method", PickField(_("Way"), methods()))
        form.add("day", self._day(_("Day")), blame=DAY_BLAME)
        form.add("paper", TextField(_("Number of the paper"), needed=False))
        today = self._tab.hand.today()
        form.set_values({"fen": claim.open, "method": "transfer", "day": today})

        def deed(values: dict[str, Any]) -> partial[int]:
            call, number = self._subsidies.receive, claim.claim_id
            told = values["day"], values["fen"], values["method"]
            return partial(call, number, *told, values["paper"] or "")

        done = _("The money is in the books.")
        draft = f"subsidy-money:{claim.claim_id}"
        return self._open(_("Money came in"), form, _("Book it"), deed, draft, done)

    def void_money(self, claim: SubsidyClaim) -> DeedDialog | None:
        """Ask why money that was booked last is taken back."""
        paid = next((x for x in reversed(claim.money) if not x.voided_at), None)
        if paid is None:
            return None
        form = Form()
        amount = Fact(_("Amount"), show_money(paid.fen))
        form.add_widget(Facts([amount, Fact(_("Day"), show_day(paid.day))]))
        self._reason(form, (ReasonMissing, VoidAlready, MonthClosed))
        call, number = self._subsidies.void_money, paid.payment_id

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(call, number, values["reason"] or "")

        done = _("The entry is void; it stays listed.")
        draft = f"subsidy-void:{paid.payment_id}"
        return self._open(_("Void the money"), form, _("Void"), deed, draft, done)

    def leave_out(self, working: Working, person: Person) -> DeedDialog:
        """Ask why somebody is left out of this claim."""
        form = Form()
        self._reason(form, (LeftOutWithoutReason,))
        code, first = working.scheme.code, working.period.start
        who = person.kind, person.key

        def deed(values: dict[str, Any]) -> partial[None]:
            reason = values["reason"] or ""
            call = self._subsidies.leave_out
            return partial(call, code, first, who, person.name, reason)

        title = _("Leave {name} out of this claim").format(name=person.name)
        done = _("Left out, with the reason.")
        draft = f"subsidy-out:{code}:{first}:{who[0]}:{who[1]}"
        return self._open(title, form, _("Leave out of it"), deed, draft, done)

    def take_in(self, working: Working, person: Person) -> None:
        """Let somebody count again."""
        code, first = working.scheme.code, working.period.start
        told = partial(self._say, _("Counts again."))
        call, who = self._subsidies.take_in_again, (person.kind, person.key)
        self._tab.hand.jobs.run(self._tab, told, call, code, first, who)

    def count_by(self, counting: Counting) -> DeedDialog:
        """Ask how heads are counted where no source says it."""
        form = Form()
        heads = {each: _(name) for each, name in HEAD_NAMES.items()}
        form.add("heads", ChoiceField(_("Who counts in a month"), heads))
        text = _("Days in hospital count as days here")
        form.add("hospital", CheckField(_("Hospital"), text))
        values = {"heads": counting.heads, "hospital": counting.hospital}
        form.set_values(values)

        def deed(values: dict[str, Any]) -> partial[None]:
            said = Counting(Heads(values["heads"]), bool(values["hospital"]))
            return partial(self._subsidies.count_by, said)

        done = _("Counted this way from now on; what was handed in stays.")
        title = _("How heads are counted")
        return self._open(title, form, _("Save"), deed, "subsidy-counting", done)

    def set_rate(self, working: Working) -> DeedDialog:
        """Ask for a rate of the home's own place, and its document."""
        form = Form()
        amount = working.scheme.claim.amount
        lines = [each.name for each in amount.lines] if amount else []
        form.add("line", ChoiceField(_("Whom it is for"), {x: x for x in lines}))
        stars = {**STARS, 0: _("whatever the star")}
        form.add("star", ChoiceField(_("Star"), stars))
        form.add("fen", MoneyField(_("Rate")))
        today = self._tab.hand.today()
        form.add("starts", DateField(_("In force from"), today, sense=Sense.PAST))
        document = TextField(_("Document, with number and day"), most=120)
        form.add("document", document, blame=(RateIncomplete,))
        first = date(today.year, 1, 1)
        line = lines[0] if lines else ""
        form.set_values({"line": line, "star": 0, "starts": first})
        code = working.scheme.code

        def deed(values: dict[str, Any]) -> partial[int]:
            rate = OwnRate(
                *(code, values["line"], values["star"], values["fen"]),
                *(values["starts"], values["document"]),
            )
            return partial(self._subsidies.set_rate, rate)

        done = _("The rate is kept with its document.")
        title, draft = _("A rate of our own place"), f"subsidy-rate:{code}"
        return self._open(title, form, _("Save"), deed, draft, done)

    def dismiss(self, overlap: Overlap) -> DeedDialog:
        """Ask what was found out about two benefits."""
        form = Form()
        form.add_widget(
            Facts(
                [
                    Fact(_("Resident"), overlap.name, strong=True),
                    Fact(_("Receives"), f"{overlap.first} + {overlap.second}"),
                    Fact(_("Source"), overlap.rule.source),
                ]
            )
        )
        found = NoteField(_("What you found out"), needed=True, lines=3)
        form.add("reason", found, blame=(OverlapWithoutReason,))
        call, who, rule = (
            self._overlaps.dismiss,
            overlap.resident_id,
            overlap.rule.code,
        )

        def deed(values: dict[str, Any]) -> partial[None]:
            return partial(call, who, rule, values["reason"] or "")

        done, draft = _("Noted; it is asked no more."), f"overlap:{who}:{rule}"
        title = _("Two benefits looked into")
        return self._open(title, form, _("Note it"), deed, draft, done)

    def _reason(self, form: Form, blame: tuple[type[Refusal], ...]) -> None:
        form.add("reason", NoteField(_("Reason"), needed=True, lines=2), blame=blame)

    def _day(self, name: str) -> DateField:
        today = self._tab.hand.today()
        check: Callable[[date], None] = partial(check_happened, today=today)
        return DateField(name, today, sense=Sense.PAST, check=check)

    def _say(self, text: str, _done: object) -> None:
        self._tab.told.emit(text)

    def _open(
        self, title: str, form: Form, do: str, deed: Deed, draft: str, done: str
    ) -> DeedDialog:
        jobs = self._tab.hand.jobs
        dialog = DeedDialog(title, form, do, jobs, deed, self._tab, draft)
        dialog.setMinimumWidth(theme.px(WIDE))
        dialog.accepted.connect(partial(self._tab.told.emit, done))
        dialog.open()
        return dialog


def _facts(working: Working) -> list[Fact]:
    end = working.period.end
    assert end is not None, "a claim is for days that end"
    last = show_day(end - DAY)
    days = _("{first} to {last}").format(
        first=show_day(working.period.start), last=last
    )
    return [
        Fact(_("Claim to money"), working.scheme.claim.name),
        Fact(_("For the days"), days),
        Fact(_("Lines behind it"), str(working.heads)),
        Fact(_("Amount (estimate)"), show_money(working.fen), strong=True),
    ]


def _claimed(claim: SubsidyClaim) -> list[Fact]:
    facts = [
        Fact(_("Claim to money"), claim.name),
        Fact(_("Handed in on"), show_day(claim.handed_on)),
        Fact(_("Sum asked for"), show_money(claim.fen), strong=True),
    ]
    if claim.granted is not None:
        facts.append(Fact(_("Granted"), show_money(claim.granted), strong=True))
        facts.append(Fact(_("Still to come"), show_money(claim.open), strong=True))
    return facts
