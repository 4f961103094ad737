@echo off
rem Makes the environment: windows-setup.cmd run^|dev. Written for Windows 10 1809 and later; NOT yet tried on a real Windows.
setlocal
cd /d "%~dp0.."
if "%PYTHON%"=="" set "PYTHON=py -3"
if not exist .venv\Scripts\python.exe %PYTHON% -m venv .venv || exit /b 1
fc /b "requirements-%1.txt" ".venv\installed-%1.txt" >nul 2>&1 && exit /b 0
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements-%1.txt" || exit /b 1
copy /y "requirements-%1.txt" ".venv\installed-%1.txt" >nul
