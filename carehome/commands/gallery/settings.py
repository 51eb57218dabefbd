"""Scenes of the settings: what is asked and refused there."""

from datetime import timedelta

from carehome.app.desk import SETTINGS
from carehome.commands import told
from carehome.commands.demo import deposits
from carehome.commands.gallery.scene import Scene
from carehome.commands.gallery.start import cover_secret
from carehome.commands.gallery.studio import Studio
from carehome.services.deposits.fee_rules import FeeRules
from carehome.ui.kit.dialogs import AskDialog
from carehome.ui.settings.accounts import AccountsSection
from carehome.ui.settings.grades import GradesSection
from carehome.ui.settings.home import HomeSection
from carehome.ui.settings.lists import ListsSection
from carehome.ui.settings.log import LogSection
from carehome.ui.settings.own import OwnSection
from carehome.ui.settings.rules import RulesCard, RulesDialog
from carehome.ui.settings.weights import WeightsSection


def home_with_mistake(studio: Studio) -> None:
    """Say beside a field what is wrong with the home's profile."""
    studio.tab(SETTINGS, "Home")
    section = studio.find(HomeSection)
    section.form.set_values({"name": ""})
    section.form.submit()


def other_rules(studio: Studio) -> RulesDialog:
    """Choose other fee rules from a day on, and see whose deposit is too much then."""
    studio.tab(SETTINGS, "Home")
    studio.click(studio.find(RulesCard).change)
    studio.fill(pack="beijing", reason=deposits.told()["rules"])
    assert isinstance(studio.top, RulesDialog)
    return studio.top


def chosen_rules(studio: Studio) -> None:
    """Show which rules are followed later, and offer to withdraw them."""
    rules = studio.service(FeeRules)
    rules.choose("beijing", studio.today + timedelta(days=30), deposits.told()["rules"])
    studio.tab(SETTINGS, "Home")


def withdraw_rules(studio: Studio) -> None:
    """Ask before a choice of rules is withdrawn."""
    chosen_rules(studio)
    studio.click(studio.find(RulesCard).withdraw)


def home_as_accountant(studio: Studio) -> None:
    """See the home's profile without the right to change it."""
    studio.sign_in("caiwu")
    studio.tab(SETTINGS, "Home")


def wrong_password(studio: Studio) -> None:
    """Refuse a change of the password."""
    studio.tab(SETTINGS, "My account")
    section = studio.find(OwnSection)
    words = "another good password"
    section.form.set_values({"old": "not it", "password": words, "again": words})
    studio.wait()
    studio.click(section.change)


# ---- accounts


def accounts(studio: Studio) -> AccountsSection:
    """List who may sign in."""
    studio.tab(SETTINGS, "Accounts")
    return studio.find(AccountsSection)


def account(studio: Studio) -> AccountsSection:
    """Look at somebody's account."""
    section = accounts(studio)
    rows = section.view.table.rows
    others = (n for n, each in enumerate(rows) if each.sign_in != told.DEMO_USER)
    section.view.selectRow(next(others))
    studio.wait()
    return section


def new_account(studio: Studio) -> None:
    """Ask for a new account."""
    studio.click(accounts(studio).add)


def change_role(studio: Studio) -> None:
    """Ask for another role."""
    studio.click(account(studio).side.role)


def reset_password(studio: Studio) -> None:
    """Ask for a first password."""
    studio.click(account(studio).side.password)


def close_account(studio: Studio) -> None:
    """Ask before an account is closed."""
    studio.click(account(studio).side.close_account)


def ask_recovery(studio: Studio) -> None:
    """Ask before a new recovery key is made."""
    studio.click(accounts(studio).recovery)


def show_recovery(studio: Studio) -> None:
    """Show a new recovery key."""
    ask_recovery(studio)
    assert isinstance(studio.top, AskDialog)
    studio.click(studio.top.primary)
    cover_secret(studio.top)


# ---- lists, change log


def rename_entry(studio: Studio) -> None:
    """Rename an entry of a list."""
    studio.tab(SETTINGS, "Lists")
    lists = studio.find(ListsSection)
    lists.view.selectRow(0)
    studio.wait()
    studio.click(lists.rename)


def new_entry(studio: Studio) -> None:
    """Add an entry to a list."""
    studio.tab(SETTINGS, "Lists")
    studio.click(studio.find(ListsSection).add)


def change(studio: Studio) -> None:
    """Look at one change of the log."""
    studio.tab(SETTINGS, "Change log")
    studio.open_row(studio.find(LogSection).view)


def grade_rule(studio: Studio) -> None:
    """Change what an ability leads to."""
    studio.tab(SETTINGS, "Grade by ability")
    section = studio.find(GradesSection)
    section.view.selectRow(3)
    studio.click(section.change)


def weight(studio: Studio) -> None:
    """Change how much a wish of the roster weighs."""
    studio.tab(SETTINGS, "Roster weights")
    section = studio.find(WeightsSection)
    section.view.select("nights")
    section.ask_weight()


SCENES = (
    Scene("settings-grades-rule", grade_rule),
    Scene("settings-weights-one", weight),
    Scene("settings-home-wrong", home_with_mistake),
    Scene("settings-home-accountant", home_as_accountant),
    Scene("settings-home-rules", other_rules),
    Scene("settings-home-rules-chosen", chosen_rules),
    Scene("settings-home-rules-withdraw", withdraw_rules),
    Scene("settings-own-refused", wrong_password),
    Scene("settings-accounts-one", account),
    Scene("settings-accounts-new", new_account),
    Scene("settings-accounts-role", change_role),
    Scene("settings-accounts-password", reset_password),
    Scene("settings-accounts-close", close_account),
    Scene("settings-accounts-recovery", ask_recovery),
    Scene("settings-accounts-recovery-key", show_recovery),
    Scene("settings-lists-rename", rename_entry),
    Scene("settings-lists-new", new_entry),
    Scene("settings-log-one", change),
)
