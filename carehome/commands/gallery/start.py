"""Scenes before somebody has signed in, and of the lock."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from carehome.commands import told
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.studio import Studio
from carehome.rules.rulepacks import read_packs
from carehome.services import home as homes
from carehome.services.accounts import Accounts
from carehome.ui.parts.memory import KnownHome, Memory
from carehome.ui.start.set_up import SetUpScreen
from carehome.ui.start.start import Demo, Start, Step

# Folders are shown: they must not be those of the computer that draws.
FOLDER = Path("/carehome/home")
NURSE, PASSWORD = "hushizhang", "a good password"


def come_up(studio: Studio) -> Start:
    """Come up on a computer that knows no home yet."""
    remembered = studio.room / "desktop.json"
    remembered.unlink(missing_ok=True)  # of a scene before: it would be typed again
    memory = Memory(remembered)
    demo = Demo(
        FOLDER.with_name("demo"), _make_nothing, told.DEMO_USER, told.DEMO_PASSWORD
    )
    start = studio.show(Start(memory, studio.jobs, studio.clock, demo))
    start.choose()
    return start


def choose_home(studio: Studio) -> None:
    """Choose among the homes known here."""
    start = come_up(studio)
    start.homes.show_homes([_home(studio)])


def sign_in(studio: Studio) -> Start:
    """Ask who comes."""
    start = come_up(studio)
    start.stack.setCurrentWidget(start.sign_in)
    start.sign_in.show_home(_home(studio))
    return start


def sign_in_to_demo(studio: Studio) -> None:
    """Say how anybody gets in to the demonstration home."""
    come_up(studio).ask_sign_in(FOLDER.with_name("demo"))


def refuse_password(studio: Studio) -> None:
    """Refuse a password."""
    start = come_up(studio)
    name = studio.opened.profile.name
    start.stack.setCurrentWidget(start.sign_in)
    start.sign_in.show_home(KnownHome(studio.folder, name, told.DEMO_USER))
    studio.fill(password="not the password")
    studio.press("Sign in")
    start.sign_in.note.setText(str(FOLDER))


def miss_home(studio: Studio) -> None:
    """Find no home where one was."""
    sign_in(studio)
    studio.fill(password=told.DEMO_PASSWORD)
    studio.press("Sign in")


def recover(studio: Studio) -> None:
    """Lead a director back in who forgot the password."""
    sign_in(studio)
    studio.press("Forgot the password")


def set_up_home(studio: Studio) -> SetUpScreen:
    """Set a home up: its name."""
    come_up(studio).set_up(FOLDER)
    return studio.find(SetUpScreen)


def set_up_region(studio: Studio) -> SetUpScreen:
    """Set a home up: where it is, and the fee rules there."""
    screen = set_up_home(studio)
    studio.fill(name=studio.opened.profile.name)
    studio.press("Next")
    codes = [each for each in read_packs().values() if each.deposit and each.region]
    studio.fill(region=codes[0].region)
    return screen


def set_up_director(studio: Studio) -> SetUpScreen:
    """Set a home up: its director."""
    screen = set_up_region(studio)
    studio.press("Next")
    return screen


def set_up_key(studio: Studio) -> None:
    """Set a home up: its recovery key."""
    come_up(studio).set_up(studio.room / "new")
    studio.fill(name=studio.opened.profile.name)
    studio.press("Next")
    studio.press("Next")
    studio.fill(director="—", sign_in="new", password=PASSWORD, again=PASSWORD)
    studio.press("Set up the home")
    cover_secret(studio.top)


def make_practice(studio: Studio) -> None:
    """Tell how far the making of the demonstration home is."""
    start = come_up(studio)
    start.homes.make_demo(True)
    start.progress.begin()


def choose_password(studio: Studio) -> None:
    """Ask for a password of one's own after somebody else set one."""
    start = come_up(studio)
    accounts = studio.service(Accounts)
    nurse = next(each for each in accounts.accounts() if each.sign_in == NURSE)
    accounts.reset_password(nurse.account_id, PASSWORD)
    again = homes.sign_in_again(studio.opened.db, NURSE, PASSWORD)
    typed = {"sign_in": NURSE, "password": PASSWORD}
    start.sign_in.entered.emit(again, typed)


def cover_secret(window: QWidget) -> None:
    """Show another key than the one that was made: it differs each time."""
    for label in window.findChildren(QLabel):
        if label.property("kind") == "secret":
            label.setText("1234")


def lock(studio: Studio) -> None:
    """Cover a home that stays open."""
    come_up(studio).lock(studio.opened, told.DEMO_USER)


def lock_for_another(studio: Studio) -> None:
    """Warn somebody else who comes to a locked home."""
    lock(studio)
    studio.fill(sign_in="qiantai")


def _home(studio: Studio) -> KnownHome:
    return KnownHome(FOLDER, studio.opened.profile.name, told.DEMO_USER)


def _make_nothing(_folder: Path, _step: Step) -> None:
    """Make no demonstration home: scenes only show where it is offered."""


SCENES = (
    Scene("start", come_up),
    Scene("start-homes", choose_home),
    Scene("start-sign-in", sign_in),
    Scene("start-sign-in-demo", sign_in_to_demo),
    Scene("start-sign-in-refused", refuse_password),
    Scene("start-sign-in-no-home", miss_home),
    Scene("start-recover", recover),
    Scene("start-set-up-1", set_up_home),
    Scene("start-set-up-2", set_up_region),
    Scene("start-set-up-3", set_up_director),
    Scene("start-set-up-4", set_up_key),
    Scene("start-making", make_practice),
    Scene("start-new-password", choose_password),
    Scene("start-lock", lock),
    Scene("start-lock-another", lock_for_another),
)
