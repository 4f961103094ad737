@echo off
rem For smoke-inside.sh: runs the setup that SETUP names into the folder that TRIED names, or the words of the command line there.
if not defined SETUP goto words
"%SETUP%" /S %* /D=%TRIED%
exit /b %errorlevel%
:words
call "%TRIED%\perfdesk-cli.cmd" %*
