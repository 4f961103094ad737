@echo off
rem As `make test`: set up, then every gate and every test. NOT yet tried on a real Windows.
setlocal
cd /d "%~dp0.."
call packaging\windows-setup.cmd dev || exit /b 1
set PYTHONPATH=%CD%
set PYTHONUTF8=1
set QT_QPA_PLATFORM=offscreen
set PY=.venv\Scripts\python.exe
%PY% -m ruff format --check --quiet . || exit /b 1
%PY% -m ruff check --quiet . || exit /b 1
%PY% -m mypy --no-error-summary || exit /b 1
.venv\Scripts\lint-imports.exe || exit /b 1
%PY% packaging\licence_gate.py || exit /b 1
%PY% -m pytest || exit /b 1
