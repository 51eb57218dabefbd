"""The `carehome` command: opens the desktop, or runs one headless command.

Each command loads what it needs when it runs; the desktop has to be there at once.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from carehome import i18n


def desktop(asked: Namespace) -> int:
    """Run one care home: residents, beds, fees, deposits."""
    from carehome.commands import desktop as command

    return command.run(asked.home, asked.scale, asked.language)


def demo(asked: Namespace) -> None:
    """Make the demonstration home: 128 beds and six months of history."""
    from carehome.commands import demo as command
    from carehome.commands import told

    day = told.read_day(asked.day) if asked.day else told.today()
    command.run(asked.home, asked.seed, day)


def import_residents(asked: Namespace) -> None:
    """Check a resident roll; with --home, read its good rows in."""
    from carehome.commands import roll

    roll.run(asked.file, asked.home, asked.user, asked.dry_run, asked.json)


def bill(asked: Namespace) -> None:
    """Compute a month's bills, and post them when told to."""
    from carehome.commands import bill as command

    command.run(
        asked.home,
        asked.month,
        asked.post,
        asked.pdf,
        asked.user,
        asked.json,
        asked.confirm_old,
    )


def screenshots(asked: Namespace) -> None:
    """Draw all there is to see in the demonstration home as pictures.

    Each picture comes in Chinese and English, light and dark.
    """
    from carehome.commands import screenshots as command

    formats = command.formats(asked.only_in, asked.scheme, asked.scale, asked.size)
    command.run(asked.out, asked.home, asked.only, formats)


def try_out(asked: Namespace) -> None:
    """Open a demonstration home; without a display, do its month end instead."""
    from carehome.commands import tryout

    tryout.run(asked.out)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; return what it ends with."""
    asked = _parser().parse_args(words)
    i18n.use(asked.language or i18n.DEFAULT)
    if asked.run is None:
        return desktop(asked)
    from carehome.commands import told

    with told.plainly():
        asked.run(asked)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser("carehome", description=desktop.__doc__)
    parser.set_defaults(run=None)
    parser.add_argument("--home", type=Path, help="Folder that holds the home.")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="For this run only.")
    parser.add_argument("--scale", type=int, help="Text size: 100, 115, 130.")
    commands = parser.add_subparsers(title="commands", metavar="")

    def command(name: str, run: Callable[[Namespace], None]) -> ArgumentParser:
        about = (run.__doc__ or "").partition("\n")[0]
        made = commands.add_parser(name, help=about, description=run.__doc__)
        made.set_defaults(run=run)
        return made

    made = command("demo", demo)
    _home(made, needed=True)
    made.add_argument("--seed", type=int, default=1, help="Same seed, same home.")
    made.add_argument("--day", help="The day it ends on, 2026-11-21; today.")
    made = command("import-residents", import_residents)
    made.add_argument("file", type=Path)
    _home(made)
    _user(made)
    made.add_argument("--dry-run", action="store_true", help="Only check.")
    made = command("bill", bill)
    _home(made, needed=True)
    _user(made)
    made.add_argument("--month", required=True, help="Such as 2026-10.")
    made.add_argument("--post", action="store_true", help="Post, not only try.")
    made.add_argument(
        "--confirm-old",
        action="store_true",
        help="As the director, confirm corrections of months long past.",
    )
    made.add_argument("--pdf", type=Path, help="Write the bills here.")
    _add_screenshots(command("screenshots", screenshots))
    made = command("try", try_out)
    made.add_argument(
        "--out", type=Path, required=True, help="Where papers and pictures go."
    )
    return parser


def _home(command: ArgumentParser, *, needed: bool = False) -> None:
    command.add_argument(
        "--home", type=Path, required=needed, help="Folder of the home."
    )


def _user(command: ArgumentParser) -> None:
    command.add_argument(
        "--user",
        default=os.environ.get("CAREHOME_USER"),
        help="Sign-in name; the demonstration home's director unless given.",
    )
    command.add_argument("--json", action="store_true", help="Print JSON.")


def _add_screenshots(command: ArgumentParser) -> None:
    command.add_argument("out", type=Path)
    command.add_argument("--home", type=Path, help="A demonstration home made before.")
    command.add_argument(
        "--only",
        default="",
        help="Only pictures whose names begin so, such as fees.",
    )
    command.add_argument(
        "--language", dest="only_in", choices=i18n.LANGUAGES, help="Only this one."
    )
    command.add_argument("--scheme", choices=("light", "dark"), help="Only this one.")
    command.add_argument(
        "--scale", type=int, default=100, help="Text size: 100, 115, 130."
    )
    command.add_argument("--size", default="1366x768", help="Pixels of the window.")


if __name__ == "__main__":
    sys.exit(main())
