"""The program with every page and tab of a home opened, in a process of its own."""

import os
import sys
from pathlib import Path

from benchmarks import demo_home, walks
from carehome.commands import practice
from carehome.services import home as homes

opened = homes.open_home(
    Path(sys.argv[1]), practice.USER, practice.PASSWORD, demo_home.clock
)
with walks.walking(opened, demo_home.clock) as walk:
    for _name, step in walk.steps():
        step()
        walk.settle()
    print("usable", flush=True)
    sys.stdin.read()
    os._exit(0)
