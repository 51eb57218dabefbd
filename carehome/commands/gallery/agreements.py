"""Scenes of agreements: their life, their text, papers whose time is over."""

from functools import partial
from pathlib import Path

from carehome.app.desk import AGREEMENTS, RESIDENTS
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.agreements import State
from carehome.services.agreements import AgreementLine, Agreements, AgreementTemplates
from carehome.ui.agreements.keeping import Keeping
from carehome.ui.agreements.listing import AgreementList
from carehome.ui.agreements.texts import Texts
from carehome.ui.people import ResidentsPage
from carehome.ui.residents.agreements import Agreements as Leaf
from carehome.ui.residents.file import FilePanel

TERMS = 1


def group(code: str, studio: Studio) -> None:
    """List some of the agreements."""
    studio.tab(AGREEMENTS, "All agreements")
    studio.find(AgreementList).show_group(code)
    studio.wait()


def texts(studio: Studio) -> Texts:
    """List the versions of the text."""
    studio.tab(AGREEMENTS, "Text of the agreement")
    return studio.find(Texts)


def fields(studio: Studio) -> None:
    """List what a text may ask for."""
    studio.click(texts(studio).fields)


def specimen(studio: Studio) -> None:
    """Look at the text with the names of its fields."""
    studio.click(texts(studio).look)


def reading(studio: Studio) -> None:
    """Say what an edited text lacks before it is used."""
    section = texts(studio)
    path = studio.room / "agreement.docx"
    _without_placement(studio, path)
    section.check(str(path))
    studio.wait()


def _without_placement(studio: Studio, path: Path) -> None:
    """Edit the model text so that a clause is gone."""
    import docx  # noqa: PLC0415 - heavy, needed for this scene

    studio.service(AgreementTemplates).write_out(0, path)
    document = docx.Document(str(path))
    heads = [
        each
        for each in document.paragraphs
        if each.style and each.style.name == "Heading 1"
    ]
    heads[9].text = heads[9].text[:4]
    document.save(str(path))


def keeping(studio: Studio) -> Keeping:
    """List whose papers have had their time."""
    studio.tab(AGREEMENTS, "Keeping and destroying")
    return studio.find(Keeping)


def keep_longer(studio: Studio) -> None:
    """Ask until when and why papers are kept longer."""
    studio.click(keeping(studio).keep)


def destroy(studio: Studio) -> None:
    """Ask with whose leave papers are destroyed."""
    studio.click(keeping(studio).delete)


def years(studio: Studio) -> None:
    """Ask how long each kind of paper is kept."""
    studio.click(keeping(studio).set_years)


def certificate(studio: Studio) -> None:
    """Look at the list of what was destroyed."""
    section = keeping(studio)
    section.gone.selectRow(0)
    studio.wait()
    studio.click(section.print)


# ---- the leaf in the file


def leaf(state: State, studio: Studio) -> Leaf:
    """Open the leaf of somebody whose agreement stands there."""
    line = _first(studio, state)
    page = studio.page(RESIDENTS)
    assert isinstance(page, ResidentsPage)
    page.open_resident(line.resident_id)
    studio.wait()
    studio.turn_to(TERMS, studio.find(FilePanel))
    found = studio.find(Leaf)
    found.agreements.select(line.agreement_id)
    studio.wait()
    return found


def _first(studio: Studio, state: State) -> AgreementLine:
    lines = studio.service(Agreements).all()
    return next(line for line in lines if line.state is state and line.lives_here)


def show(state: State, studio: Studio) -> None:
    """Show what can be done with an agreement that stands there."""
    leaf(state, studio)


def ask(button: str, state: State, studio: Studio) -> None:
    """Ask what a deed on the leaf needs."""
    studio.click(getattr(leaf(state, studio), button))


SCENES = (
    Scene("agreements-all", partial(group, "run")),
    Scene("agreements-all-todo", partial(group, "todo")),
    Scene("agreements-all-trial", partial(group, "trial")),
    Scene("agreements-texts", texts),
    Scene("agreements-texts-fields", fields),
    Scene("agreements-texts-specimen", specimen),
    Scene("agreements-texts-read", reading),
    Scene("agreements-keeping", keeping),
    Scene("agreements-keeping-longer", keep_longer),
    Scene("agreements-keeping-destroy", destroy),
    Scene("agreements-keeping-years", years),
    Scene("agreements-keeping-certificate", certificate),
    Scene("agreements-leaf-unsigned", partial(show, State.DRAWN_UP)),
    Scene("agreements-leaf-trial", partial(show, State.ON_TRIAL)),
    Scene("agreements-leaf-draw-up", partial(ask, "draw_up", State.DRAWN_UP)),
    Scene("agreements-leaf-view", partial(ask, "look", State.DRAWN_UP)),
    Scene("agreements-leaf-sign", partial(ask, "sign", State.DRAWN_UP)),
    Scene("agreements-leaf-decide", partial(ask, "decide", State.ON_TRIAL)),
    Scene("agreements-leaf-renew", partial(ask, "renew", State.IN_FORCE)),
    Scene("agreements-leaf-end", partial(ask, "end", State.IN_FORCE)),
)
