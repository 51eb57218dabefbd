@echo off
rem The README's two commands for Windows: make run, make test.
setlocal
set PY=.venv\Scripts\python
if not exist .venv\ready (
    py -3 -m venv .venv || exit /b 1
    %PY% -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || exit /b 1
    %PY% -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || exit /b 1
    type nul > .venv\ready
)
if "%1"=="test" (
    %PY% -m ruff check . || exit /b 1
    %PY% -m ruff format --check . || exit /b 1
    %PY% -m mypy || exit /b 1
    .venv\Scripts\lint-imports || exit /b 1
    %PY% -m pytest -n 2 --dist loadfile
) else (
    %PY% -m carehome try --out out
)
