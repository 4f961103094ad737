/* perfdesk.exe, the front door of an installation on Windows: runs versions\<name in "current">\pythonw.exe -m ui with its own
 * arguments, or that of "previous" where the first is not there, cannot be run, or twice ends before it stood (once may be a log-off,
 * or a virus scanner that had a library open). A file of its own so that an
 * update is one changed line (docs/release.md), and not of NSIS: a script of NSIS cuts a command line at 1024 characters, which a few
 * dropped files exceed. */
#include <windows.h>

#include <wchar.h>

#define LONGEST 32767 /* characters of a path or a command line, as Windows has it */
#define NAME 64       /* of a version */

static const wchar_t *const POINTERS[] = {L"current", L"current", L"previous"};
static wchar_t home[LONGEST], path[LONGEST], line[LONGEST], sentence[LONGEST];

/* Reads the one line of HOME\pointer; a name that leaves the folder is none. Returns 1 where there is one. */
static int read_name(const wchar_t *pointer, wchar_t *name)
{
    char bytes[NAME] = {0};
    DWORD got = 0;
    if (_snwprintf(path, LONGEST, L"%ls\\%ls", home, pointer) < 0)
        return 0;
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    BOOL read = ReadFile(file, bytes, NAME - 1, &got, NULL);
    CloseHandle(file);
    if (!read)
        return 0;
    DWORD at = 0;
    for (; at < got && bytes[at] > ' ' && bytes[at] < 127 && bytes[at] != '\\' && bytes[at] != '/' && bytes[at] != ':'; at++)
        name[at] = (wchar_t)bytes[at];
    name[at] = L'\0';
    return at > 0 && name[0] != L'.' && (at == got || bytes[at] == '\r' || bytes[at] == '\n');
}

/* Returns what follows the program's own name on the command line, as it was written. */
static const wchar_t *arguments(void)
{
    const wchar_t *rest = GetCommandLineW();
    if (*rest == L'"') {
        for (rest++; *rest != L'\0' && *rest != L'"'; rest++)
            ;
        rest += *rest == L'"';
    } else {
        while (*rest != L'\0' && *rest != L' ' && *rest != L'\t')
            rest++;
    }
    while (*rest == L' ' || *rest == L'\t')
        rest++;
    return rest;
}

/* Runs a version. Returns 1 when it stood (it says so by the event) or ended well, 0 when it did not start. */
static int run(const wchar_t *name, HANDLE stands)
{
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DWORD code = 1;
    if (_snwprintf(path, LONGEST, L"%ls\\versions\\%ls\\pythonw.exe", home, name) < 0)
        return 0;
    if (_snwprintf(line, LONGEST, L"\"%ls\" -X utf8 -B -m ui %ls", path, arguments()) < 0)
        return 0;
    if (!CreateProcessW(path, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return 0;
    CloseHandle(process.hThread);
    const HANDLE either[] = {stands, process.hProcess};
    if (WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0)
        code = 0;
    else
        GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hProcess);
    return code == 0;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *words, int show)
{
    (void)instance, (void)before, (void)words, (void)show;
    wchar_t name[NAME];
    DWORD length = GetModuleFileNameW(NULL, home, LONGEST);
    wchar_t *slash = length == 0 ? NULL : wcsrchr(home, L'\\');
    if (slash == NULL)
        return 126;
    *slash = L'\0';
    _snwprintf(path, LONGEST, L"Local\\perfdesk-stands-%lu", GetCurrentProcessId());
    HANDLE stands = CreateEventW(NULL, TRUE, FALSE, path);
    SetEnvironmentVariableW(L"PERFDESK_STANDS", path);
    AllowSetForegroundWindow(ASFW_ANY); /* a program that is open already may come to the front */
    SetErrorMode(SEM_FAILCRITICALERRORS); /* no box of Windows about a library that is gone: the sentence below says it */
    for (size_t at = 0; at < sizeof POINTERS / sizeof *POINTERS; at++)
        if (read_name(POINTERS[at], name) && run(name, stands))
            return 0;
    _snwprintf(sentence, LONGEST - 1, L"文件夹“%ls”里的程序不全，没有启动。\n\n用安装程序再装一次，装在同一个文件夹里；填过的表不受影响。", home);
    MessageBoxW(NULL, sentence, L"绩效填报台", MB_OK | MB_ICONWARNING);
    return 127;
}
