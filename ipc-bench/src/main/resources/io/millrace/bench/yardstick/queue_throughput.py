"""Texts of 32 characters through a multiprocessing.Queue, from one process to another, each checked.

Arguments: seconds of warm-up, seconds of measurement, 1 to bind each process to a processor.
"""
import json
import multiprocessing
import os
import sys
import threading
import time

# As many as a ring of the other subjects holds. Without a limit the thread that puts never lets the thread that
# writes to the pipe have the interpreter, and the queue is a hundred times slower.
ITEMS_MAX = 16384
CALLS_PER_CLOCK_READING = 64
TIME_TO_START = 30


def text(number):
    return "%016d" % number * 2


def produce(queue, alive, parent_side, pin):
    os.close(parent_side)
    if pin:
        os.sched_setaffinity(0, {1})

    def watch():
        os.read(alive, 1)  # ends with the parent, whatever becomes of it
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    number = 0
    while True:
        queue.put(text(number))
        number += 1


def consume(queue, number, seconds):
    end = time.monotonic() + seconds
    while True:
        for _ in range(CALLS_PER_CLOCK_READING):
            message = queue.get()
            if message != text(number):
                sys.exit("message %d: actual %r, expected %r" % (number, message, text(number)))
            number += 1
        if time.monotonic() >= end:
            return number


def main():
    warm_up, measurement, pin = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "1"
    limit = threading.Timer(warm_up + measurement + TIME_TO_START, os._exit, [1])
    limit.daemon = True
    limit.start()
    context = multiprocessing.get_context("fork")
    queue = context.Queue(ITEMS_MAX)
    alive, parent_side = os.pipe()
    producer = context.Process(target=produce, args=(queue, alive, parent_side, pin), daemon=True)
    producer.start()
    if pin:
        os.sched_setaffinity(0, {0})
    warm = consume(queue, 0, warm_up)
    start = time.monotonic()
    number = consume(queue, warm, measurement)
    rate = (number - warm) / (time.monotonic() - start)
    producer.kill()
    producer.join()
    print(json.dumps({"messagesPerSecond": rate}))


if __name__ == "__main__":
    main()
