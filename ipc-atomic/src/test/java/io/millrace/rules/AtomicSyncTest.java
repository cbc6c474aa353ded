package io.millrace.rules;

/** Ordered accesses of this module. */
class AtomicSyncTest extends SyncContract {
    AtomicSyncTest() {
        super(AtomicProject.CLASSES, AtomicProject.MAIN, "## The table of ipc-atomic");
    }
}
