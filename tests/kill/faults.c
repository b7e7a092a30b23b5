/* A library to preload: the Nth call that touches a watched file fails, or kills the process group.
 *
 * FAULT_UNDER  only files whose path begins with this count
 * FAULT_AT     which of the calls, from 1; 0: none
 * FAULT_ERRNO  what the call fails with (28 ENOSPC, 5 EIO, 13 EACCES); 0: SIGKILL to the process FAULT_KILLS (a pid), else to ourselves
 * FAULT_LOG    file to which each counted call is written: number, name, path
 * FAULT_COUNT  file whose first 8 bytes hold the number of calls of all processes so far (shared through mmap)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
static const char *under;
static long at;
static int error_number, log_fd = -1;
static atomic_long *count;
static char *paths[FDS];

#define REAL(name) static __typeof__(&name) real_##name; \
    if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void start(void) {
    const char *text;
    REAL(open);
    under = getenv("FAULT_UNDER");
    at = (text = getenv("FAULT_AT")) ? atol(text) : 0;
    error_number = (text = getenv("FAULT_ERRNO")) ? atoi(text) : 0;
    if ((text = getenv("FAULT_LOG"))) log_fd = real_open(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if ((text = getenv("FAULT_COUNT"))) {
        int fd = real_open(text, O_RDWR | O_CLOEXEC);
        if (fd >= 0) {
            void *page = mmap(NULL, sizeof(atomic_long), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
            if (page != MAP_FAILED) count = page;
        }
    }
}

static int watched(const char *path) { return under && count && path && strncmp(path, under, strlen(under)) == 0; }

/* Count a call; true where it must fail. */
static int falls(const char *name, const char *path) {
    long number = atomic_fetch_add(count, 1) + 1;
    if (log_fd >= 0) {
        char line[600];
        int length = snprintf(line, sizeof line, "%ld %s %s\n", number, name, path);
        if (write(log_fd, line, length > 599 ? 599 : length) < 0) return 0;
    }
    if (number != at) return 0;
    if (error_number == 0) {
        const char *whom = getenv("FAULT_KILLS");
        if (whom) kill((pid_t)atol(whom), SIGKILL);
        kill(getpid(), SIGKILL);
    }
    errno = error_number;
    return 1;
}

static int remember(int fd, const char *path) {
    if (fd >= 0 && fd < FDS) { free(paths[fd]); paths[fd] = watched(path) ? strdup(path) : NULL; }
    return fd;
}

static const char *path_of(int fd) { return fd >= 0 && fd < FDS ? paths[fd] : NULL; }

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
#define OPENS(name) int name(const char *path, int flags, ...) { MODE(flags) REAL(name); \
    if (watched(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && falls("open", path)) return -1; \
    return remember(real_##name(path, flags, mode), path); }
OPENS(open)
OPENS(open64)
#define OPENATS(name) int name(int dir, const char *path, int flags, ...) { MODE(flags) REAL(name); \
    if (watched(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT)) && falls("open", path)) return -1; \
    return remember(real_##name(dir, path, flags, mode), path); }
OPENATS(openat)
OPENATS(openat64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < FDS && paths[fd]) { free(paths[fd]); paths[fd] = NULL; }
    return real_close(fd);
}

#define ON_FD(type, name, args, call) type name args { REAL(name); \
    const char *path = path_of(fd); if (path && falls(#name, path)) return -1; return real_##name call; }
ON_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
ON_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t place), (fd, data, size, place))
ON_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t place), (fd, data, size, place))
ON_FD(ssize_t, writev, (int fd, const struct iovec *data, int parts), (fd, data, parts))
ON_FD(int, fsync, (int fd), (fd))
ON_FD(int, fdatasync, (int fd), (fd))
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size))
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))

#define ON_PATH(name, args, call) int name args { REAL(name); \
    if (watched(path) && falls(#name, path)) return -1; return real_##name call; }
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(unlink, (const char *path), (path))
ON_PATH(rmdir, (const char *path), (path))
ON_PATH(chmod, (const char *path, mode_t mode), (path, mode))
ON_PATH(rename, (const char *path, const char *to), (path, to))

ssize_t copy_file_range(int from, off64_t *a, int fd, off64_t *b, size_t size, unsigned flags) {
    REAL(copy_file_range);
    const char *path = path_of(fd);
    if (path && falls("copy_file_range", path)) return -1;
    return real_copy_file_range(from, a, fd, b, size, flags);
}

ssize_t sendfile(int fd, int from, off_t *place, size_t size) {
    REAL(sendfile);
    const char *path = path_of(fd);
    if (path && falls("sendfile", path)) return -1;
    return real_sendfile(fd, from, place, size);
}
