package io.millrace.rules;

/** Ordered accesses of the core. */
class SyncTest extends SyncContract {
    SyncTest() {
        super(Project.CORE, Project.MAIN, "## The table");
    }
}
