/* Lets the n-th call to the file system below one folder fail, or kills the process there: loaded before libc (LD_PRELOAD).
 *
 *   faults_arm(n, number, persistent, below)   the n-th call fails with errno `number`; 0 kills. persistent: all later ones too
 *   faults_disarm() -> calls counted           faults_hit() -> "fsync /path" of the call that was made to fail, or ""
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static long next_one = -1, counted, due;
static int failure, stays;
static char below[PATH_MAX], hit[PATH_MAX + 64];

void faults_arm(long number, int error, int persistent, const char *folder) {
    snprintf(below, sizeof below, "%s", folder);
    hit[0] = 0;
    counted = 0;
    failure = error;
    stays = persistent;
    due = number;
    next_one = 1;
}

long faults_disarm(void) {
    next_one = -1;
    return counted;
}

const char *faults_hit(void) { return hit; }

static int fails(const char *call, const char *path, const char *more) {
    if (next_one < 0 || path == NULL || strncmp(path, below, strlen(below)) != 0)
        return 0;
    long number = __sync_add_and_fetch(&counted, 1);
    if (number != due && !(stays && number > due))
        return 0;
    if (hit[0] == 0)
        snprintf(hit, sizeof hit, "%s %s%s%s", call, path, more ? "/" : "", more ? more : "");
    if (failure == 0)
        kill(getpid(), SIGKILL);
    errno = failure;
    return 1;
}

static const char *of(int descriptor, char *path) {
    char name[64];
    if (next_one < 0)
        return NULL;
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    int before = errno;
    ssize_t size = readlink(name, path, PATH_MAX - 1);
    errno = before;
    if (size < 0)
        return NULL;
    path[size] = 0;
    return path;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define BY_PATH(result, bad, name, parameters, arguments, path) \
    result name parameters { \
        REAL(name); \
        if (fails(#name, path, NULL)) \
            return bad; \
        return real arguments; }
#define BY_FILE(result, name, parameters, arguments, descriptor) \
    result name parameters { \
        REAL(name); char whole[PATH_MAX]; \
        if (fails(#name, of(descriptor, whole), NULL)) \
            return -1; \
        return real arguments; }
#define BY_FOLDER(name, parameters, arguments, folder, path) \
    int name parameters { REAL(name); char whole[PATH_MAX]; \
        int bad = folder == AT_FDCWD || path[0] == '/' ? fails(#name, path, NULL) : fails(#name, of(folder, whole), path); \
        if (bad) \
            return -1; \
        return real arguments; }
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); va_list rest; va_start(rest, flags); mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(rest, mode_t) : 0; va_end(rest); \
        if (fails(#name, path, NULL)) \
            return -1; \
        return real(path, flags, mode); }

OPEN(open)
OPEN(open64)
BY_PATH(DIR *, NULL, opendir, (const char *path), (path), path)
BY_PATH(int, -1, mkdir, (const char *path, mode_t mode), (path, mode), path)
BY_PATH(int, -1, rmdir, (const char *path), (path), path)
BY_PATH(int, -1, unlink, (const char *path), (path), path)
BY_PATH(int, -1, rename, (const char *from, const char *to), (from, to), from)
BY_PATH(int, -1, stat64, (const char *path, struct stat64 *found), (path, found), path)
BY_PATH(int, -1, lstat64, (const char *path, struct stat64 *found), (path, found), path)
BY_PATH(int, -1, statvfs64, (const char *path, struct statvfs64 *found), (path, found), path)
BY_FOLDER(unlinkat, (int folder, const char *path, int flags), (folder, path, flags), folder, path)
BY_FOLDER(fstatat64, (int folder, const char *path, struct stat64 *found, int flags), (folder, path, found, flags), folder, path)
BY_FILE(ssize_t, read, (int file, void *bytes, size_t size), (file, bytes, size), file)
BY_FILE(ssize_t, pread64, (int file, void *bytes, size_t size, off64_t at), (file, bytes, size, at), file)
BY_FILE(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size), file)
BY_FILE(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at), file)
BY_FILE(int, fsync, (int file), (file), file)
BY_FILE(int, fdatasync, (int file), (file), file)
BY_FILE(int, fstat64, (int file, struct stat64 *found), (file, found), file)
BY_FILE(int, fchmod, (int file, mode_t mode), (file, mode), file)
BY_FILE(int, ftruncate64, (int file, off64_t size), (file, size), file)
