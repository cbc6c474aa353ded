/*
 * What the ping-pong yardsticks share: two processes, a page, a sequence number that goes there and comes back.
 *
 * A yardstick is the least that the machine asks for a round trip between two processes, so everything that is not
 * the round trip is kept out of the measured span: the histogram is written after the second look at the clock, and
 * nothing is allocated once the partner runs.
 *
 * Where the two processes run decides more than what they do: one processor or two, and in a virtual machine which
 * cores of the host are behind these. That may change from one second to the next, so a yardstick is worth something
 * only beside what it is compared with: in the same run, in turns with it, both sides pinned or neither.
 *
 * The file that includes this one gives `struct shared` (lives in the page), `echo` (what the child does for ever)
 * and `round_trip` (what the parent measures).
 *
 * Usage: <program> [1: pin parent to CPU 0 and child to CPU 1]
 * Reads lines, and answers each with one:
 *   warm-up NANOS   round trips for so long, which do not count: turned {}
 *   turn NANOS      round trips for so long: turned {"p50Nanos":...}
 *   end             the figures of all turns: result {...}; the last line that it reads
 * In between neither process runs. Exit code 1 and a line on stderr where anything went wrong, also where the input
 * ends too soon; 2 on wrong usage.
 *
 *   printf '%s\n' 'warm-up 1000000000' 'turn 3000000000' end | ./cache_line_ping_pong
 */
#ifndef PING_PONG_H
#define PING_PONG_H

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

/* Two lines of 64 bytes: the prefetcher of adjacent lines would otherwise drag one word along with the other. */
#define LINE_BYTES 128

struct shared;

static void echo(struct shared *shared);
static void round_trip(struct shared *shared, uint64_t sequence);

/* ---- failing */

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

/* Every value is looked at: a fast wrong answer must not become a yardstick. */
static inline void expect(uint64_t expected, uint64_t seen) {
    if (seen != expected) {
        fprintf(stderr, "sequence broken: expected %" PRIu64 ", saw %" PRIu64 "\n", expected, seen);
        exit(1);
    }
}

/* ---- the histogram: log-linear, 256 steps in each power of two, so within 0.4 % everywhere and without a limit */

#define STEP_BITS 8
#define STEPS (1u << STEP_BITS)
#define BUCKETS ((64 - STEP_BITS + 1) * STEPS)

struct histogram {
    uint64_t counts[BUCKETS];
    uint64_t count;
    uint64_t max;
};

static inline unsigned bucket_of(uint64_t nanos) {
    if (nanos < STEPS) {
        return (unsigned) nanos;
    }
    unsigned shift = 63u - (unsigned) __builtin_clzll(nanos) - STEP_BITS;
    return shift * STEPS + (unsigned) (nanos >> shift); /* the shifted value has its top bit at STEPS: bucket >= STEPS */
}

static void add(struct histogram *all, const struct histogram *some) {
    for (unsigned bucket = 0; bucket < BUCKETS; bucket++) {
        all->counts[bucket] += some->counts[bucket];
    }
    all->count += some->count;
    if (some->max > all->max) {
        all->max = some->max;
    }
}

/* The largest value that falls into the bucket: a percentile must not flatter. */
static uint64_t top_of(unsigned bucket) {
    if (bucket < 2 * STEPS) {
        return bucket;
    }
    unsigned shift = bucket / STEPS - 1;
    return ((((uint64_t) bucket - (uint64_t) shift * STEPS) + 1) << shift) - 1;
}

static inline void record(struct histogram *histogram, uint64_t nanos) {
    histogram->counts[bucket_of(nanos)]++;
    histogram->count++;
    if (nanos > histogram->max) {
        histogram->max = nanos;
    }
}

static uint64_t percentile(const struct histogram *histogram, double share) {
    uint64_t wanted = (uint64_t) (share * (double) histogram->count + 0.5);
    uint64_t seen = 0;
    for (unsigned bucket = 0; bucket < BUCKETS; bucket++) {
        seen += histogram->counts[bucket];
        if (seen >= wanted && seen > 0) {
            uint64_t top = top_of(bucket);
            return top < histogram->max ? top : histogram->max;
        }
    }
    return histogram->max;
}

/* The mean of the middle half: what the median would be if the clock ticked more finely than it does. */
static double middle(const struct histogram *histogram) {
    uint64_t from = histogram->count / 4;
    uint64_t to = histogram->count - from;
    uint64_t seen = 0;
    double sum = 0;
    for (unsigned bucket = 0; bucket < BUCKETS; bucket++) {
        uint64_t first = seen > from ? seen : from;
        seen += histogram->counts[bucket];
        uint64_t behind = seen < to ? seen : to;
        if (behind > first) {
            sum += (double) (behind - first) * (double) top_of(bucket);
        }
    }
    return sum / (double) (to - from);
}

/* ---- clock and processors */

static inline uint64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec;
}

static void pin_to(size_t cpu) {
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(cpu, &cpus);
    if (sched_setaffinity(0, sizeof cpus, &cpus) != 0) {
        fail("cannot pin a process to its processor");
    }
}

/* ---- the partner */

static volatile sig_atomic_t partner_may_end;

/* The parent waits for its partner's answer and for nothing else: a partner that ends early must end the wait. */
static void partner_ended(int signal_number) {
    (void) signal_number;
    if (!partner_may_end) {
        static const char message[] = "the partner process ended early\n";
        ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
        (void) ignored;
        _exit(1);
    }
}

/* If it ends instead, the signal of its end ends this process. */
static void await_stop(pid_t partner) {
    while (waitpid(partner, NULL, WUNTRACED) < 0) {
        if (errno != EINTR) {
            fail("cannot wait for the partner to stop");
        }
    }
}

static pid_t start_partner(struct shared *shared, int pinned) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = partner_ended;
    action.sa_flags = SA_NOCLDSTOP;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGCHLD, &action, NULL) != 0) {
        fail("cannot watch for the end of the partner");
    }
    pid_t parent = getpid();
    pid_t partner = fork();
    if (partner < 0) {
        fail("cannot start the partner process");
    }
    if (partner == 0) {
        /* The signal comes when the *thread* that forked ends; the parent has only one, so that is the process. */
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
            fail("cannot tie the partner to its parent");
        }
        if (getppid() != parent) {
            _exit(1); /* it died before the line above */
        }
        if (pinned) {
            pin_to(1);
        }
        raise(SIGSTOP); /* until there is a turn; not before all of the above is done */
        echo(shared);
        _exit(1); /* an echo does not end */
    }
    await_stop(partner);
    return partner;
}

/* Behind a turn the partner would look for the next number until it comes. */
static void pause_partner(pid_t partner) {
    if (kill(partner, SIGSTOP) != 0) {
        fail("cannot stop the partner");
    }
    await_stop(partner);
}

static void resume_partner(pid_t partner) {
    if (kill(partner, SIGCONT) != 0) {
        fail("cannot let the partner go on");
    }
}

static void end_partner(pid_t partner) {
    partner_may_end = 1;
    kill(partner, SIGKILL);
    while (waitpid(partner, NULL, 0) < 0 && errno == EINTR) {
    }
}

/* ---- the run */

/*
 * Round trips for that long; returns the last sequence number. The first one, in which the partner comes back to its
 * processor, is not recorded; at least one is, so that there is a figure.
 */
static uint64_t run_for(struct shared *shared, uint64_t nanos, uint64_t sequence, struct histogram *histogram) {
    round_trip(shared, ++sequence);
    uint64_t end = now_nanos() + nanos;
    uint64_t stop;
    do {
        uint64_t start = now_nanos();
        round_trip(shared, ++sequence);
        stop = now_nanos();
        record(histogram, stop - start);
    } while (stop < end);
    return sequence;
}

static void print_all(const struct histogram *all) {
    printf("result {\"p50Nanos\":%" PRIu64 ",\"p99Nanos\":%" PRIu64 ",\"p999Nanos\":%" PRIu64 ",\"maxNanos\":%" PRIu64
           "}\n",
           percentile(all, 0.5), percentile(all, 0.99), percentile(all, 0.999), all->max);
}

/* Does what the lines on standard input say, up to the last. */
static void take_turns(struct shared *shared, pid_t partner) {
    static struct histogram turn, all; /* zero, and touched before the clock runs */
    uint64_t sequence = 0;
    char line[64];
    while (fgets(line, sizeof line, stdin) != NULL) {
        uint64_t nanos;
        int counts = sscanf(line, "turn %" SCNu64, &nanos) == 1;
        if (strcmp(line, "end\n") == 0) {
            print_all(&all);
            return;
        }
        if (!counts && sscanf(line, "warm-up %" SCNu64, &nanos) != 1) {
            fprintf(stderr, "expected warm-up, turn or end: %s", line);
            exit(2);
        }
        memset(&turn, 0, sizeof turn);
        resume_partner(partner);
        sequence = run_for(shared, nanos, sequence, &turn);
        pause_partner(partner);
        if (counts) {
            add(&all, &turn);
            printf("turned {\"p50Nanos\":%f}\n", middle(&turn));
        } else {
            printf("turned {}\n");
        }
        fflush(stdout);
    }
    fprintf(stderr, "the input ended before its last line\n");
    exit(1);
}

static int is_pinned(int argc, char **argv) {
    if (argc > 2 || (argc == 2 && strcmp(argv[1], "0") != 0 && strcmp(argv[1], "1") != 0)) {
        fprintf(stderr, "usage: %s [pin: 0 or 1]\n", argv[0]);
        exit(2);
    }
    return argc == 2 && argv[1][0] == '1';
}

/* `bytes` is the size of `struct shared`, which is complete only in the file that includes this one. */
static int ping_pong(int argc, char **argv, size_t bytes) {
    int pinned = is_pinned(argc, argv);
    struct shared *shared = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        fail("cannot map the shared page");
    }
    pid_t partner = start_partner(shared, pinned);
    if (pinned) {
        pin_to(0); /* after the fork: the child would inherit it */
    }
    take_turns(shared, partner);
    end_partner(partner);
    return 0;
}

#endif
