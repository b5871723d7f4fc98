/* A disk that does as it is told, for a program that is run with this library (LD_PRELOAD).

   DISK_RULES names a file that is read before each sync and each write to a place in a file:
     kill N       the program is killed as it is about to sync for the Nth time
     fail N M     syncs N to M fail (EIO)
     slow MS      each sync takes so much longer
     full         nothing can be written (ENOSPC)
     keep FOLDER  after each sync, what was synced is copied there, under a number and its own name */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct rules {
    long kill_at, fail_from, fail_to, slow_ms;
    int full;
    char keep[1024];
};

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static long syncs, kept;

static struct rules rules(void) {
    struct rules given = {0};
    const char *place = getenv("DISK_RULES");
    FILE *file = place ? fopen(place, "re") : NULL;
    char line[1200];
    while (file && fgets(line, sizeof line, file)) {
        sscanf(line, "kill %ld", &given.kill_at);
        sscanf(line, "fail %ld %ld", &given.fail_from, &given.fail_to);
        sscanf(line, "slow %ld", &given.slow_ms);
        sscanf(line, "keep %1023s", given.keep);
        given.full |= !strncmp(line, "full", 4);
    }
    if (file) fclose(file);
    return given;
}

static void keep(int fd, const char *folder) {
    char link[64], place[1024], fresh[2300], whole[2300], part[65536];
    struct stat seen;
    if (fstat(fd, &seen) || !S_ISREG(seen.st_mode)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, place, sizeof place - 1);
    if (length < 0) return;
    place[length] = 0;
    pthread_mutex_lock(&one);
    snprintf(whole, sizeof whole, "%s/%06ld %s", folder, ++kept, strrchr(place, '/') + 1);
    snprintf(fresh, sizeof fresh, "%s/../being kept", folder);
    int from = open(place, O_RDONLY | O_CLOEXEC), to = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (ssize_t size; (size = read(from, part, sizeof part)) > 0;)
        if (write(to, part, size) != size) abort();
    close(from);
    close(to);
    if (rename(fresh, whole)) abort();
    pthread_mutex_unlock(&one);
}

static int synced(int fd, int (*sync)(int)) {
    struct rules given = rules();
    pthread_mutex_lock(&one);
    long number = ++syncs;
    pthread_mutex_unlock(&one);
    if (number == given.kill_at) kill(getpid(), SIGKILL);
    if (given.slow_ms) {
        struct timespec wait = {given.slow_ms / 1000, given.slow_ms % 1000 * 1000000};
        nanosleep(&wait, NULL);
    }
    if (given.fail_from <= number && number <= given.fail_to) {
        errno = EIO;
        return -1;
    }
    int done = sync(fd);
    if (!done && given.keep[0]) keep(fd, given.keep);
    return done;
}

static ssize_t written(int fd, const void *data, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
    if (rules().full) {
        errno = ENOSPC;
        return -1;
    }
    return real(fd, data, size, at);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
    return synced(fd, real);
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fsync");
    return synced(fd, real);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return written(fd, data, size, at); }

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return written(fd, data, size, at); }
