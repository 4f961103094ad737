@echo off
rem As `make run`: set up, then open the program with the samples. NOT yet tried on a real Windows.
setlocal
cd /d "%~dp0.."
call packaging\windows-setup.cmd run || exit /b 1
.venv\Scripts\python.exe -m ui --samples
