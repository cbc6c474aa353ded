/*
 * The floor of a blocking round trip: two processes hand a 32-bit sequence number to each other, and whoever waits
 * sleeps in the kernel. Two wakes and two sleeps a round trip. Most of it is the price of waking an idle
 * processor; where the scheduler (or taskset) puts both processes on one, there is none to wake and it is far less.
 *
 *   gcc -O2 -pthread -o futex_ping_pong futex_ping_pong.c
 */
#include "ping_pong.h"

#include <linux/futex.h>
#include <sys/syscall.h>

/* 32 bits, for a futex has no more. The number wraps after 2^32 round trips, and nothing compares but for equality. */
struct shared {
    alignas(LINE_BYTES) _Atomic uint32_t ping;
    alignas(LINE_BYTES) _Atomic uint32_t pong;
};

_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "32-bit atomics must be lock-free");
_Static_assert(sizeof(_Atomic uint32_t) == sizeof(uint32_t), "the kernel reads the bare word");

/* Without the PRIVATE flag: the kernel must find the word by its page, as the two sides are two address spaces. */
static long futex(_Atomic uint32_t *word, int operation, uint32_t value) {
    return syscall(SYS_futex, word, operation, value, NULL, NULL, 0);
}

/* Wakes without a look whether anybody sleeps: it nearly always does, and a flag for it would cost a fence. */
static void send_number(_Atomic uint32_t *word, uint32_t number) {
    atomic_store_explicit(word, number, memory_order_release);
    if (futex(word, FUTEX_WAKE, 1) < 0) {
        fail("cannot wake the other side");
    }
}

/* Does not spin before it sleeps: the yardstick is the price of sleeping. */
static uint32_t await_change(_Atomic uint32_t *word, uint32_t from) {
    uint32_t seen;
    while ((seen = atomic_load_explicit(word, memory_order_acquire)) == from) {
        if (futex(word, FUTEX_WAIT, from) < 0 && errno != EAGAIN && errno != EINTR) {
            fail("cannot wait for the other side"); /* EAGAIN: the word has changed before we slept */
        }
    }
    return seen;
}

static void echo(struct shared *shared) {
    for (uint32_t sequence = 1;; sequence++) {
        uint32_t seen = await_change(&shared->ping, sequence - 1);
        expect(sequence, seen);
        send_number(&shared->pong, seen);
    }
}

static void round_trip(struct shared *shared, uint64_t sequence) {
    uint32_t number = (uint32_t) sequence;
    send_number(&shared->ping, number);
    expect(number, await_change(&shared->pong, number - 1));
}

int main(int argc, char **argv) {
    return ping_pong(argc, argv, sizeof(struct shared));
}
