package io.millrace.rules;

/** Ordered accesses of this module. */
class ShmSyncTest extends SyncContract {
    ShmSyncTest() {
        super(ShmProject.CLASSES, ShmProject.MAIN, "## The table of ipc-shm");
    }
}
