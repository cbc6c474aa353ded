"""Starts a process by the method 'spawn', waits for its end, and starts the next.

Arguments: seconds of warm-up, seconds of measurement.
"""
import json
import multiprocessing
import sys
import time

STARTS_MIN = 5


def nothing():
    pass


def start_and_join(context):
    begin = time.monotonic_ns()
    process = context.Process(target=nothing)
    process.start()
    process.join()
    nanos = time.monotonic_ns() - begin
    if process.exitcode != 0:
        sys.exit("exit code of a process: actual %r, expected 0" % process.exitcode)
    return nanos


def starts(context, seconds):
    nanos = []
    end = time.monotonic() + seconds
    while len(nanos) < STARTS_MIN or time.monotonic() < end:
        nanos.append(start_and_join(context))
    return nanos


def main():
    context = multiprocessing.get_context("spawn")
    starts(context, float(sys.argv[1]))
    nanos = sorted(starts(context, float(sys.argv[2])))
    print(json.dumps({"p50Nanos": nanos[len(nanos) // 2], "p99Nanos": nanos[int(len(nanos) * 0.99)],
                      "maxNanos": nanos[-1]}))


if __name__ == "__main__":
    main()
