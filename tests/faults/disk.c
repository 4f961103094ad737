/* A disk that goes wrong on demand: loaded before libc, it counts the calls that touch files under one folder and, at a chosen one,
 * refuses it, does half of it, or ends the process. Built and loaded by nursery.py, armed by trouble.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, NAME = 4, READ = 8 };   /* classes of calls */
enum { NOTHING, KILL, REFUSE };                     /* what happens at the chosen call */

static char under[4096];
static int classes, deed, number, lasting, broken;
static long chosen, seen;

void disk_arm(const char *folder, int of_classes, int what, int with_errno, int for_good, long at) {
    snprintf(under, sizeof under, "%s", folder);
    classes = of_classes, deed = what, number = with_errno, lasting = for_good, chosen = at, seen = 0, broken = 0;
}

long disk_seen(void) { return seen; }

static char spoilt[4096];                           /* one file that has sectors which never read any more */
static long spoilt_from, spoilt_to;

void disk_spoil(const char *file, long from, long to) {
    snprintf(spoilt, sizeof spoilt, "%s", file);
    spoilt_from = from, spoilt_to = to;
}

static int ours(const char *path) { return under[0] && strncmp(path, under, strlen(under)) == 0; }

static int path_of(int handle, char *path) {
    char link[64];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, 4095);
    errno = saved;
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int ours_by_handle(int handle) {
    char path[4096];
    return path_of(handle, path) && ours(path);
}

static int is_spoilt(int handle, off_t at, size_t size) {
    char path[4096];
    return spoilt[0] && at < spoilt_to && at + (off_t)size > spoilt_from
        && path_of(handle, path) && strcmp(path, spoilt) == 0;
}

/* 0: let it pass; 1: this is the chosen one; 2: one after it, on a disk that stays broken */
static int due(int class) {
    if (!(class & classes) || deed == NOTHING) return 0;
    if (broken && lasting) return 2;
    if (++seen != chosen) return 0;
    broken = 1;
    return 1;
}

static long refuse(void) { errno = number; return -1; }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

/* a write that is cut short: half of it is done before the end or before the refusal */
#define WRITING(half, whole)                                            \
    if (!under[0] || !ours_by_handle(handle)) return whole;             \
    int when = due(WRITE);                                              \
    if (!when) return whole;                                            \
    if (when == 1 && size > 1) { if (half < 0) return -1; }             \
    if (deed == KILL) kill(getpid(), SIGKILL);                          \
    return refuse()

ssize_t write(int handle, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    WRITING(real(handle, data, size / 2), real(handle, data, size));
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    WRITING(real(handle, data, size / 2, at), real(handle, data, size, at));
}
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    WRITING(real(handle, data, size / 2, at), real(handle, data, size, at));
}

#define OTHER(class, is_ours, whole)                                    \
    if (!under[0] || !(is_ours) || !due(class)) return whole;           \
    if (deed == KILL) kill(getpid(), SIGKILL);                          \
    return refuse()

ssize_t read(int handle, void *data, size_t size) {
    REAL(ssize_t, read, int, void *, size_t);
    if (spoilt[0] && is_spoilt(handle, lseek(handle, 0, SEEK_CUR), size)) { errno = EIO; return -1; }
    OTHER(READ, ours_by_handle(handle), real(handle, data, size));
}
ssize_t pread(int handle, void *data, size_t size, off_t at) {
    REAL(ssize_t, pread, int, void *, size_t, off_t);
    if (is_spoilt(handle, at, size)) { errno = EIO; return -1; }
    OTHER(READ, ours_by_handle(handle), real(handle, data, size, at));
}
ssize_t pread64(int handle, void *data, size_t size, off64_t at) {
    REAL(ssize_t, pread64, int, void *, size_t, off64_t);
    if (is_spoilt(handle, at, size)) { errno = EIO; return -1; }
    OTHER(READ, ours_by_handle(handle), real(handle, data, size, at));
}
int fsync(int handle) {
    REAL(int, fsync, int);
    OTHER(SYNC, ours_by_handle(handle), real(handle));
}
int fdatasync(int handle) {
    REAL(int, fdatasync, int);
    OTHER(SYNC, ours_by_handle(handle), real(handle));
}
int ftruncate(int handle, off_t size) {
    REAL(int, ftruncate, int, off_t);
    OTHER(NAME, ours_by_handle(handle), real(handle, size));
}
int ftruncate64(int handle, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    OTHER(NAME, ours_by_handle(handle), real(handle, size));
}
int unlink(const char *path) {
    REAL(int, unlink, const char *);
    OTHER(NAME, ours(path), real(path));
}
int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    OTHER(NAME, ours(to), real(from, to));
}
