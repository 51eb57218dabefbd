@echo off
rem The README's two commands for Windows: make run, make test.
if not exist .venv\ready (
    py -3 -m venv .venv || exit /b 1
    .venv\Scripts\python -m pip install --quiet --require-hashes -r requirements.lock || exit /b 1
    .venv\Scripts\python -m pip install --quiet --no-deps --no-build-isolation -e . || exit /b 1
    type nul > .venv\ready
)
if "%1"=="test" (.venv\Scripts\python -m pytest -n 2 --dist loadfile) else (.venv\Scripts\python -m carehome try --out out)
