"""The `carehome` command: opens the desktop, or runs what the words behind it ask.

Whoever clicks the program gives no words: the desktop is then there at once, and what
reads words stays closed (it takes as long to load as all the first screen needs).
"""

import sys


def main() -> None:
    """Run the command; the process ends with what it returns."""
    if len(sys.argv) > 1:
        from multiprocessing import freeze_support

        freeze_support()  # a packed program starts itself again to search for rosters
        from carehome.commands import line

        line.cli()
    else:
        from carehome.commands import desktop

        sys.exit(desktop.run(None))


if __name__ == "__main__":
    main()
