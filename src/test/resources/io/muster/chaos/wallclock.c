/*
 * Lets the wall clock of one process be wrong, for ./chaos: preloaded, it adds to the real time the nanoseconds that stand in the
 * first eight bytes of the file MUSTER_WALL_CLOCK. Steady clocks stay true. The file is mapped, so it may change at any time.
 * (libfaketime does the same, and takes so long for each look at the clock that a JVM starts ten times slower.)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define BILLION 1000000000L

static int64_t no_offset = 0;
static volatile int64_t *offset = &no_offset;
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void set_up(void) {
    const char *name = getenv("MUSTER_WALL_CLOCK");
    real_clock_gettime = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    int file = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        void *bytes = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
        if (bytes != MAP_FAILED) {
            offset = bytes;
        }
        close(file);
    }
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (real_clock_gettime == NULL) {
        set_up();
    }
    int result = real_clock_gettime(clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t nanos = time->tv_nsec + *offset;
        time->tv_sec += nanos / BILLION;
        time->tv_nsec = nanos % BILLION;
        if (time->tv_nsec < 0) {
            time->tv_nsec += BILLION;
            time->tv_sec--;
        }
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void) zone;
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result != NULL) {
        *result = now.tv_sec;
    }
    return now.tv_sec;
}
