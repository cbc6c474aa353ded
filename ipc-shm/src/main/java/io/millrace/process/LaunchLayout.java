package io.millrace.process;

import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;

/** Where everything is in the body of a launch record. */
final class LaunchLayout {
    static final SegmentKind KIND = new SegmentKind("launch", 1, 1);

    /** Longest report of an exception in bytes. */
    static final int REPORT_LENGTH_MAX = 1 << 16;

    static final Layout LAYOUT = Layout.named("launch body")
        .intField("state", "child", "0 launched, 1 running, 2 ended by itself, 3 ended by a signal")
        .intField("signal", "child, before state 3", "number of the signal that made the child end")
        .intField("reportLength", "child, behind the report", "bytes of the report of an exception; 0 for none")
        .intField("detailsLength", "parent, once", "bytes of the details: names, flags, system properties")
        .intField("taskLength", "parent, once", "bytes of the task; 0 for none")
        .longField("parentPid", "parent, once", "process id of the parent, as it sees itself")
        .longField("parentStart", "parent, once", "when the parent was started, in clock ticks since the machine was")
        .bytesField("report", REPORT_LENGTH_MAX, "child", "the serialized exception that ended the child")
        .build();

    static final int STATE = LAYOUT.offsetOf("state");
    static final int SIGNAL = LAYOUT.offsetOf("signal");
    static final int REPORT_LENGTH = LAYOUT.offsetOf("reportLength");
    static final int DETAILS_LENGTH = LAYOUT.offsetOf("detailsLength");
    static final int TASK_LENGTH = LAYOUT.offsetOf("taskLength");
    static final int PARENT_PID = LAYOUT.offsetOf("parentPid");
    static final int PARENT_START = LAYOUT.offsetOf("parentStart");
    static final int REPORT = LAYOUT.offsetOf("report");
    /** The details begin behind the fields, the task behind the details. */
    static final int DETAILS = LAYOUT.length();

    private LaunchLayout() { }
}
