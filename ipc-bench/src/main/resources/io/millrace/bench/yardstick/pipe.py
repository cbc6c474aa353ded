"""Messages of bytes through a multiprocessing.Pipe, between two processes, each checked.

Arguments: throughput or round-trip, bytes of a message, seconds of warm-up, seconds of measurement, 1 to bind each
process to a processor.
"""
import json
import multiprocessing
import os
import sys
import threading
import time

CALLS_PER_CLOCK_READING = 64
NUMBER_LENGTH = 8
TIME_TO_START = 30


def message(number, length):
    return number.to_bytes(NUMBER_LENGTH, sys.byteorder) * (length // NUMBER_LENGTH)


def check(received, number, length):
    if received != message(number, length):
        sys.exit("message %d: actual %r..., expected %r..." % (number, received[:32], message(number, length)[:32]))


def partner(scenario, connection, others, length, alive, parent_side, pin):
    os.close(parent_side)
    others.close()
    if pin:
        os.sched_setaffinity(0, {1})

    def watch():
        os.read(alive, 1)  # ends with the parent, whatever becomes of it
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    number = 0
    while True:
        if scenario == "round-trip":
            check(connection.recv_bytes(), number, length)
        connection.send_bytes(message(number, length))
        number += 1


def receive(connection, number, length, seconds):
    """A stream; the number of the next message and the rate."""
    start = time.monotonic()
    first = number
    while True:
        for _ in range(CALLS_PER_CLOCK_READING):
            check(connection.recv_bytes(), number, length)
            number += 1
        now = time.monotonic()
        if now >= start + seconds:
            return number, (number - first) / (now - start)


def ping(connection, number, length, seconds):
    """Round trips; the number of the next message and the nanoseconds of each."""
    end = time.monotonic_ns() + int(seconds * 1e9)
    times = []
    after = 0
    while after < end:
        before = time.monotonic_ns()
        connection.send_bytes(message(number, length))
        check(connection.recv_bytes(), number, length)
        after = time.monotonic_ns()
        times.append(after - before)
        number += 1
    return number, sorted(times)


def main():
    scenario, length = sys.argv[1], int(sys.argv[2])
    warm_up, measurement, pin = float(sys.argv[3]), float(sys.argv[4]), sys.argv[5] == "1"
    limit = threading.Timer(warm_up + measurement + TIME_TO_START, os._exit, [1])
    limit.daemon = True
    limit.start()
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    alive, parent_side = os.pipe()
    other = context.Process(target=partner, args=(scenario, theirs, mine, length, alive, parent_side, pin), daemon=True)
    other.start()
    theirs.close()
    if pin:
        os.sched_setaffinity(0, {0})
    measure = ping if scenario == "round-trip" else receive
    number, _ = measure(mine, 0, length, warm_up)
    _, measured = measure(mine, number, length, measurement)
    other.kill()
    other.join()
    if scenario == "round-trip":
        print(json.dumps({"p50Nanos": measured[len(measured) // 2], "p99Nanos": measured[len(measured) * 99 // 100],
            "p999Nanos": measured[len(measured) * 999 // 1000], "maxNanos": measured[-1]}))
    else:
        print(json.dumps({"messagesPerSecond": measured}))


if __name__ == "__main__":
    main()
