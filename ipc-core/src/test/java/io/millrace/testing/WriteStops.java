package io.millrace.testing;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Stops another JVM before its n-th change of what is shared: before a write to a region, or the making or the end of a
 * file's name. Between two such places nothing that others can see changes; so who kills it at each of them has killed
 * it at every instruction. It is the unchanged code that runs, under a debugger's breakpoints.
 *
 * <p>Only the changes of one thread count, from the call of a method {@code begin()} of a class of the test until the
 * call of its {@code end()}.
 */
public final class WriteStops implements AutoCloseable {
    private static final Pattern WRITE =
        Pattern.compile("put(Byte|Int|Long)\\w*|compareAndSet\\w+|getAndAdd\\w+|store");
    private static final Set<String> NAMES = Set.of("createLink", "delete", "deleteIfExists", "move");
    private static final String MEMORY = "io.millrace.memory.";
    /** Who writes to private memory only: buffers, arguments of system calls. */
    private static final Pattern PRIVATE = Pattern.compile(
        "io\\.millrace\\.(codec\\..*|domain\\.(OfdLease|LibC|OutgoingHandles)|wait\\.Futex.*)");
    private static final String ACCEPT_MILLIS = "60000";

    private final ListeningConnector connector;
    private final Map<String, Connector.Argument> arguments;
    private final String address;
    private final String marker;
    private VirtualMachine machine;

    /** For one JVM, which is to be started with {@link #option}, and calls the methods of that class. */
    public WriteStops(Class<?> marker) throws IOException {
        this.marker = marker.getName();
        connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketListen")).findFirst().orElseThrow();
        arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        arguments.get("timeout").setValue(ACCEPT_MILLIS);
        try {
            address = connector.startListening(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the command line of the JVM. */
    public String option() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
    }

    /**
     * Waits until the JVM is about to make its n-th change.
     *
     * @param nth from 1
     * @return which that is; empty if it does not make so many, and then it goes on
     */
    public Optional<String> awaitChange(int nth) throws Exception {
        machine = connector.accept(arguments);
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(marker);
        prepared.enable();
        machine.resume();
        int seen = 0;
        while (true) {
            EventSet events = machine.eventQueue().remove();
            for (Event event : events) {
                if (event instanceof ClassPrepareEvent known) {
                    stopAt(method(known.referenceType(), "begin"), null);
                    stopAt(method(known.referenceType(), "end"), null);
                } else if (event instanceof BreakpointEvent stop) {
                    String where = stop.location().method().name();
                    if (stop.location().declaringType().name().equals(marker)) {
                        if (where.equals("end")) {
                            machine.dispose();
                            return Optional.empty();
                        }
                        stopAtChanges(stop.thread());
                    } else {
                        Optional<String> change = describe(stop.thread());
                        if (change.isPresent() && ++seen == nth) {
                            return change;
                        }
                    }
                } else if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                    throw new AssertionError("the JVM has ended before its " + nth + "th change, behind " + seen);
                }
            }
            events.resume();
        }
    }

    private void stopAtChanges(ThreadReference thread) {
        for (ReferenceType type : machine.allClasses()) {
            // Whatever has a back-end's way to memory, be it of regions or of words.
            if (type instanceof ClassType known && type.name().startsWith(MEMORY) && known.superclass() != null
                && known.superclass().name().startsWith(MEMORY)) {
                known.methods().stream().filter(each -> WRITE.matcher(each.name()).matches() && !each.isAbstract())
                    .forEach(each -> stopAt(each, thread));
            } else if (type.name().equals("java.nio.file.Files")) {
                type.methods().stream().filter(each -> NAMES.contains(each.name())).forEach(
                    each -> stopAt(each, thread));
            }
        }
    }

    private static Method method(ReferenceType type, String name) {
        return type.methodsByName(name).get(0);
    }

    private void stopAt(Method method, ThreadReference thread) {
        BreakpointRequest stop = machine.eventRequestManager().createBreakpointRequest(method.location());
        stop.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        if (thread != null) {
            stop.addThreadFilter(thread);
        }
        stop.enable();
    }

    /** Who changes what; empty if nobody else can see it. */
    private static Optional<String> describe(ThreadReference thread) throws IncompatibleThreadStateException {
        List<StackFrame> frames = thread.frames();
        for (StackFrame frame : frames) {
            Location caller = frame.location();
            String type = caller.declaringType().name();
            if (PRIVATE.matcher(type).matches()) {
                return Optional.empty();
            }
            if (!type.startsWith(MEMORY) && !type.startsWith("java.")) {
                return Optional.of(type.substring(type.lastIndexOf('.') + 1) + "." + caller.method().name() + " line "
                    + caller.lineNumber() + ", " + frames.get(0).location().method().name());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        try {
            if (machine != null) {
                machine.dispose();
            }
        } catch (VMDisconnectedException e) {
            machine = null; // it was killed, as it should be
        }
        try {
            connector.stopListening(arguments);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }
}
