@echo off
rem The words of the command line, as in: perfdesk-cli list
setlocal
set /p VERSION=<"%~dp0current"
"%~dp0versions\%VERSION%\python.exe" -X utf8 -B -m ui %*
