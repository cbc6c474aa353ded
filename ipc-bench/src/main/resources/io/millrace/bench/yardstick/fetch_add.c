/*
 * The floor of a shared counter: one or two processes add 1 to a word in a shared page, as fast as they can.
 *
 *   gcc -O2 -pthread -o fetch_add fetch_add.c
 *
 * Usage: fetch_add [seconds of warm-up] [seconds of measurement] [1: pin parent to CPU 0 and child to CPU 1]
 *                  [processes: 1 or 2]
 * Prints one line of JSON: additions per second of all processes together.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* CPU_SET, sched_setaffinity */
#endif

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LINE_BYTES 128
#define ADDS_PER_LOOK 1024

struct shared {
    alignas(LINE_BYTES) _Atomic uint64_t counter;
    alignas(LINE_BYTES) _Atomic uint32_t ready;
    alignas(LINE_BYTES) uint64_t added[2]; /* by each process, in all */
    double rate[2];
};

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "64-bit atomics must be lock-free");

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static uint64_t add_for(struct shared *shared, double seconds, double *rate) {
    uint64_t added = 0;
    double start = now(), end = start + seconds, at = start;
    while (at < end) {
        for (int i = 0; i < ADDS_PER_LOOK; i++) {
            atomic_fetch_add(&shared->counter, 1);
        }
        added += ADDS_PER_LOOK;
        at = now();
    }
    *rate = (double) added / (at - start);
    return added;
}

static void run(struct shared *shared, int side, int processes, double warm_up, double measured) {
    double ignored;
    atomic_fetch_add(&shared->ready, 1);
    while ((int) atomic_load(&shared->ready) < processes) {
        sched_yield();
    }
    uint64_t added = add_for(shared, warm_up, &ignored);
    added += add_for(shared, measured, &shared->rate[side]);
    shared->added[side] = added + add_for(shared, 0.1, &ignored); /* while the other still measures */
}

static void pin_to(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) {
        fail("cannot pin");
    }
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: %s [warm-up seconds] [measured seconds] [pin: 0 or 1] [processes: 1 or 2]\n", argv[0]);
        return 2;
    }
    double warm_up = atof(argv[1]), measured = atof(argv[2]);
    int pinned = atoi(argv[3]), processes = atoi(argv[4]);
    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        fail("cannot map the shared page");
    }
    pid_t parent = getpid(), partner = 0;
    if (processes == 2) {
        partner = fork();
        if (partner < 0) {
            fail("cannot fork");
        }
        if (partner == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() != parent) {
                return 1;
            }
            if (pinned) {
                pin_to(1);
            }
            run(shared, 1, processes, warm_up, measured);
            return 0;
        }
    }
    if (pinned) {
        pin_to(0);
    }
    run(shared, 0, processes, warm_up, measured);
    int status = 0;
    if (partner != 0 && (waitpid(partner, &status, 0) < 0 || status != 0)) {
        fprintf(stderr, "the partner failed\n");
        return 1;
    }
    if (atomic_load(&shared->counter) != shared->added[0] + shared->added[1]) {
        fprintf(stderr, "additions were lost\n");
        return 1;
    }
    printf("{\"messagesPerSecond\":%f}\n", shared->rate[0] + shared->rate[1]);
    return 0;
}
