/*
 * The floor of a spinning round trip: two processes hand a 64-bit sequence number to each other through one cache
 * line each way. A Java round trip through shared memory does at least that; how close it comes is what is asked.
 *
 *   gcc -O2 -pthread -o cache_line_ping_pong cache_line_ping_pong.c
 */
#include "ping_pong.h"

/* One line for each direction: with both words in one line, each side's store would take the line that it awaits. */
struct shared {
    alignas(LINE_BYTES) _Atomic uint64_t ping;
    alignas(LINE_BYTES) _Atomic uint64_t pong;
};

/* Between two processes an atomic must be the bare instruction: a lock would be each process's own. */
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "64-bit atomics must be lock-free");

/* A spinning load fills the pipeline with loads that are all thrown away when the line changes; pause avoids that. */
static inline void spin_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield" ::: "memory");
#endif
}

static inline uint64_t await_change(_Atomic uint64_t *word, uint64_t from) {
    uint64_t seen;
    while ((seen = atomic_load_explicit(word, memory_order_acquire)) == from) {
        spin_pause();
    }
    return seen;
}

static void echo(struct shared *shared) {
    for (uint64_t sequence = 1;; sequence++) {
        uint64_t seen = await_change(&shared->ping, sequence - 1);
        expect(sequence, seen);
        atomic_store_explicit(&shared->pong, seen, memory_order_release);
    }
}

static void round_trip(struct shared *shared, uint64_t sequence) {
    atomic_store_explicit(&shared->ping, sequence, memory_order_release);
    expect(sequence, await_change(&shared->pong, sequence - 1));
}

int main(int argc, char **argv) {
    return ping_pong(argc, argv, sizeof(struct shared));
}
