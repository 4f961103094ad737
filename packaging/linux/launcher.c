/* The portable program's front door: runs versions/<name in "current">/perfdesk beside it, or that of "previous" where the
 * first cannot be run. A file of its own so that an update is one changed line (docs/release.md). Build: freeze.sh. */
#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const POINTERS[] = {"current", "previous"};

/* Reads the one line of HOME/pointer into name; a name that leaves the folder is none. Returns 1 where there is one. */
static int read_name(const char *home, const char *pointer, char *name, size_t size)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", home, pointer) >= (int)sizeof path)
        return 0;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 0;
    char *got = fgets(name, (int)size, file);
    fclose(file);
    if (got == NULL)
        return 0;
    name[strcspn(name, "\r\n")] = '\0';
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

int main(int argc, char **argv)
{
    (void)argc;
    char self[PATH_MAX], program[PATH_MAX], name[256];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length < 0) {
        perror("perfdesk");
        return 126;
    }
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    for (size_t at = 0; at < sizeof POINTERS / sizeof *POINTERS; at++) {
        if (!read_name(self, POINTERS[at], name, sizeof name))
            continue;
        if (snprintf(program, sizeof program, "%s/versions/%s/perfdesk", self, name) >= (int)sizeof program)
            continue;
        argv[0] = program;
        execv(program, argv); /* comes back only where it failed */
    }
    fprintf(stderr, "绩效填报台：文件夹 %s 里没有能启动的程序，请把整个文件夹重新解压一次；data 文件夹里的数据不受影响，先留好。\n", self);
    return 127;
}
