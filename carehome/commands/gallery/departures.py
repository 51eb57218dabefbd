"""Scenes of departures: the list, and each step of the chain."""

import json
from functools import partial

from carehome import paths
from carehome.commands.gallery.residents import page, somebody
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import NotThere, Studio
from carehome.i18n import _
from carehome.rules.departures import STEPS, Departure, Receiver, Step
from carehome.rules.residents import Status
from carehome.rules.settlement import SIDE_NAMES
from carehome.services.departures import Deductions, DepartureLine, Departures
from carehome.ui.departures import DeparturesPage
from carehome.ui.kit.steps import Steps


def listed(studio: Studio) -> DeparturesPage:
    """List who leaves and who is not through."""
    residents = page(studio)
    residents.open_departures()
    studio.wait()
    return residents.departures


def order(studio: Studio) -> None:
    """Order that somebody leaves."""
    residents = page(studio)
    known = {line.resident_id for line in studio.service(Departures).open()}
    stays = somebody(
        studio,
        lambda line: line.status is Status.IN and line.resident_id not in known,
    )
    residents.depart(stays.resident_id)
    studio.wait()


def _under_way(studio: Studio, wanted: Step) -> DepartureLine:
    for line in studio.service(Departures).open():
        if line.step is wanted:
            return line
    raise NotThere(f"a departure that has come to {wanted}")


def at(wanted: Step, studio: Studio) -> None:
    """Look at the step that a departure has come to."""
    line = _under_way(studio, wanted)
    residents = page(studio)
    residents.open_departure(line.departure_id)
    studio.wait()


def wrong_order(studio: Studio) -> None:
    """Say beside the fields what is missing of an order."""
    order(studio)
    page(studio).departures.chain.order.form.submit()
    studio.wait()


def cancel(studio: Studio) -> None:
    """Ask why somebody stays after all."""
    at(Step.LEAVE, studio)
    page(studio).departures.chain.ask_cancelling()
    studio.wait()


def deposit(studio: Studio) -> None:
    """Take arrears and damage off the deposit."""
    _bill(studio)
    at(Step.DEPOSIT, studio)


def settle(studio: Studio) -> None:
    """Show what all comes to, and give back what is left."""
    number = _bill(studio)
    departures = studio.service(Departures)
    departures.take_off(number, Deductions(studio.today))
    at(Step.SETTLE, studio)


def settle_doubt(studio: Studio) -> None:
    """Ask before a deposit is paid out to somebody who still owes."""
    settle(studio)
    chain = page(studio).departures.chain
    told = {"method": "transfer", "sign_in": "caiwu", "password": "*"}
    chain.settle.form.set_values(
        {**told, "claim": _("They pay by the end of the month")}
    )
    studio.click(chain.next)


def sheet(studio: Studio) -> None:
    """Show the settlement sheet of a departure that is settled."""
    at(Step.PAPERS, studio)
    studio.find(Steps).chosen.emit(STEPS.index(Step.SETTLE))
    studio.wait()


def sign(studio: Studio) -> None:
    """Note who signed the settlement sheet."""
    sheet(studio)
    chain = page(studio).departures.chain
    studio.click(chain.settle.signatures.note["family"])


def sealed(studio: Studio) -> None:
    """Show a settlement that all sides have signed."""
    line = _under_way(studio, Step.PAPERS)
    departures = studio.service(Departures)
    money = departures.money(line.departure_id)
    assert money.settlement, "papers come after the settlement"
    likely = {side: names[0] for side, names in money.signers.items()}
    for side in SIDE_NAMES:
        name = likely.get(side, money.settlement.receiver)
        departures.sign(line.departure_id, side, name, studio.today)
    sheet(studio)


def settle_estate(studio: Studio) -> None:
    """Settle somebody who has died and for whom trust money is kept."""
    line = _under_way(studio, Step.RECEIVER)
    departures = studio.service(Departures)
    told = json.loads((paths.resource("demo") / "departures.json").read_text("utf-8"))
    (son, first), (daughter, second) = told["heirs"]
    receiver = Receiver(
        son,
        first,
        proof=told["proof"],
        others_consent=told["others"],
        heirs=((son, first), (daughter, second)),
    )
    departures.name_receiver(line.departure_id, receiver)
    departures.take_off(line.departure_id, Deductions(studio.today))
    at(Step.SETTLE, studio)


def _bill(studio: Studio) -> int:
    """Bill the departure that waits for it, and name who receives."""
    departures = studio.service(Departures)
    line = _under_way(studio, Step.BILL)
    number = line.departure_id
    departures.bill(number, departures.money(number).to_bill)
    assert line.kind is not Departure.DEATH
    departures.name_receiver(number, Receiver(line.name))
    return number


SCENES = (
    Scene("departures-list", listed),
    Scene("departures-order", order),
    Scene("departures-order-wrong", wrong_order),
    Scene("departures-leave", partial(at, Step.LEAVE)),
    Scene("departures-cancel", cancel),
    Scene("departures-bill", partial(at, Step.BILL)),
    Scene("departures-estate", partial(at, Step.RECEIVER)),
    Scene("departures-deposit", deposit),
    Scene("departures-settle", settle),
    Scene("departures-settle-doubt", settle_doubt),
    Scene("departures-settle-estate", settle_estate),
    Scene("departures-sheet", sheet),
    Scene("departures-sheet-sign", sign),
    Scene("departures-sheet-sealed", sealed),
    Scene("departures-papers", partial(at, Step.PAPERS)),
)
