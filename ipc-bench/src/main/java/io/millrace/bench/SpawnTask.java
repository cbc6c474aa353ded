package io.millrace.bench;

/** The task of a child that has one, in a class of its own: a child loads no more than it runs. */
final class SpawnTask {
    private SpawnTask() { }

    static void nothing(int argument) { }
}
