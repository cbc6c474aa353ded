"""Two processes add 1 to a multiprocessing.Value under its lock, as fast as they can.

Arguments: seconds of warm-up, seconds of measurement, 1 to bind each process to a processor.
"""
import json
import multiprocessing
import os
import sys
import threading
import time

ADDS_PER_LOOK = 64
TAIL = 0.1
TIME_TO_START = 30


def add_for(value, seconds):
    start = time.monotonic()
    added = 0
    while True:
        for _ in range(ADDS_PER_LOOK):
            with value.get_lock():
                value.value += 1
        added += ADDS_PER_LOOK
        now = time.monotonic()
        if now >= start + seconds:
            return added, added / (now - start)


def run(value, barrier, warm_up, measurement):
    barrier.wait(TIME_TO_START)
    warm, _ = add_for(value, warm_up)
    added, rate = add_for(value, measurement)
    rest, _ = add_for(value, TAIL)
    return warm + added + rest, rate


def partner(value, barrier, warm_up, measurement, pin, alive, parent_side, results):
    os.close(parent_side)

    def watch():
        os.read(alive, 1)  # ends with the parent, whatever becomes of it
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    if pin:
        os.sched_setaffinity(0, {1})
    results.send(run(value, barrier, warm_up, measurement))


def main():
    warm_up, measurement, pin = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "1"
    limit = threading.Timer(warm_up + measurement + TIME_TO_START, os._exit, [1])
    limit.daemon = True
    limit.start()
    context = multiprocessing.get_context("fork")
    value = context.Value("q", 0)
    barrier = context.Barrier(2)
    results, sender = context.Pipe(False)
    alive, parent_side = os.pipe()
    other = context.Process(target=partner, daemon=True,
                            args=(value, barrier, warm_up, measurement, pin, alive, parent_side, sender))
    other.start()
    if pin:
        os.sched_setaffinity(0, {0})
    added, rate = run(value, barrier, warm_up, measurement)
    others, others_rate = results.recv()
    other.join()
    if value.value != added + others:
        sys.exit("value: actual %d, expected %d" % (value.value, added + others))
    print(json.dumps({"messagesPerSecond": rate + others_rate}))


if __name__ == "__main__":
    main()
