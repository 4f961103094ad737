/* What a process does to the files under one folder, written down call by call: for playing a power cut afterwards (power.py).
 * Loaded before libc, behind disk.c; switched on by trouble.py. Each record: a letter, the inode, an offset, a length, then bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char under[4096], beside[4096];
static int out = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

void record_begin(const char *folder, const char *ledger, const char *log) {
    snprintf(under, sizeof under, "%s", folder);
    snprintf(beside, sizeof beside, "%s", ledger);
    out = (int)syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND, 0600);
}

static int ours(const char *path) {
    size_t length = strlen(under);
    return out >= 0 && strncmp(path, under, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static void put(char letter, uint64_t inode, int64_t at, const void *data, uint64_t size) {
    char head[25];
    head[0] = letter;
    memcpy(head + 1, &inode, 8), memcpy(head + 9, &at, 8), memcpy(head + 17, &size, 8);
    syscall(SYS_write, out, head, sizeof head);
    for (const char *rest = data; size > 0;) {
        long done = syscall(SYS_write, out, rest, size);
        if (done <= 0) _exit(99);
        rest += done, size -= (uint64_t)done;
    }
}

static void put_names(char letter, uint64_t inode, const char *one, const char *other) {
    char names[8192];
    int length = snprintf(names, sizeof names, "%s%c%s", one, 0, other);
    put(letter, inode, 0, names, (uint64_t)length);
}

/* 0: not ours; 1: a file or folder of ours; 2: the ledger */
static int kind_of(int handle, uint64_t *inode) {
    char link[64], path[4096];
    struct stat found;
    if (out < 0 || handle == out) return 0;
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    int known = length > 0 && fstat(handle, &found) == 0;
    errno = saved;
    if (!known) return 0;
    path[length] = 0;
    *inode = found.st_ino;
    return ours(path) ? 1 : strcmp(path, beside) == 0 ? 2 : 0;
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

/* do it, and if it was done, write it down, with no other call of ours in between */
#define TOLD(type, call, condition, tell)                               \
    pthread_mutex_lock(&turn);                                          \
    type done = call;                                                   \
    int saved_errno = errno;                                            \
    if (condition) { tell; }                                            \
    errno = saved_errno;                                                \
    pthread_mutex_unlock(&turn);                                        \
    return done

static void tell_write(int handle, off_t at, const void *data, ssize_t size) {
    uint64_t inode;
    int kind = size > 0 ? kind_of(handle, &inode) : 0;
    if (kind == 2) put('L', 0, 0, data, (uint64_t)size);
    if (kind == 1) put('W', inode, at, data, (uint64_t)size);
}

ssize_t write(int handle, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (out < 0) return real(handle, data, size);
    TOLD(ssize_t, real(handle, data, size), done > 0, tell_write(handle, lseek(handle, 0, SEEK_CUR) - done, data, done));
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    TOLD(ssize_t, real(handle, data, size, at), done > 0, tell_write(handle, at, data, done));
}
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    TOLD(ssize_t, real(handle, data, size, at), done > 0, tell_write(handle, at, data, done));
}

static void tell_handle(char letter, int handle, off_t size) {
    uint64_t inode;
    if (kind_of(handle, &inode) == 1) put(letter, inode, size, "", 0);
}

static void tell_sync(int handle) {
    struct stat found;
    tell_handle(fstat(handle, &found) == 0 && S_ISDIR(found.st_mode) ? 'D' : 'S', handle, 0);
}

int fsync(int handle) {
    REAL(int, fsync, int);
    TOLD(int, real(handle), done == 0, tell_sync(handle));
}
int fdatasync(int handle) {
    REAL(int, fdatasync, int);
    TOLD(int, real(handle), done == 0, tell_sync(handle));
}
int ftruncate(int handle, off_t size) {
    REAL(int, ftruncate, int, off_t);
    TOLD(int, real(handle, size), done == 0, tell_handle('T', handle, size));
}
int ftruncate64(int handle, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    TOLD(int, real(handle, size), done == 0, tell_handle('T', handle, size));
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    TOLD(int, real(path), done == 0 && ours(path), put_names('U', 0, path, ""));
}
int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    TOLD(int, real(from, to), done == 0 && ours(to), put_names('R', 0, from, to));
}

static int there(const char *path) { struct stat found; return stat(path, &found) == 0; }

static void tell_open(const char *path, int handle, int flags, int before) {
    struct stat found;
    if (fstat(handle, &found)) return;
    if (!before) put_names('C', found.st_ino, path, "");
    else if (flags & O_TRUNC) put('T', found.st_ino, 0, "", 0);
}

#define OPENING(name)                                                                                     \
int name(const char *path, int flags, ...) {                                                              \
    REAL(int, name, const char *, int, ...);                                                              \
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);                \
    if (!(flags & (O_CREAT | O_TRUNC)) || !ours(path)) return real(path, flags, mode);                    \
    int before = there(path);                                                                             \
    TOLD(int, real(path, flags, mode), done >= 0, tell_open(path, done, flags, before));                  \
}
OPENING(open)
OPENING(open64)
