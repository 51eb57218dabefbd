"""Run every benchmark, or those named: `python -m benchmarks bills`."""

import importlib
import sys
from pkgutil import iter_modules

import benchmarks

HELPERS = (
    "crowd",
    "demo_home",
    "instances",
    "made_home",
    "processes",
    "rounds",
    "walks",
    "watchdog",
)
names = sys.argv[1:] or [
    module.name
    for module in iter_modules(benchmarks.__path__)
    if not module.name.startswith("_") and module.name not in HELPERS
]
for name in names:
    importlib.import_module(f"benchmarks.{name}").main()
