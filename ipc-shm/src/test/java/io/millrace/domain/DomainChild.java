package io.millrace.domain;

import io.millrace.format.Segment;
import io.millrace.testing.ParentJvm;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM that joins a domain and does what its parent says, one line of answer for a line of command. */
final class DomainChild {
    private final ParentJvm parent = new ParentJvm();
    private final Path directory;
    private Domain domain;

    private DomainChild(Path directory) {
        this.directory = directory;
    }

    /** Arguments: the directory. Says when it is ready to join, so that several can join at one instant. */
    public static void main(String[] arguments) throws Exception {
        DomainChild child = new DomainChild(Path.of(arguments[0]));
        LeaseKind.chosen(); // loads the native library, where it is used
        child.parent.say("ready");
        while (true) {
            String[] command = child.parent.awaitLine().split(" ");
            if (command[0].equals("end")) {
                return;
            }
            child.parent.say(child.obey(command));
        }
    }

    private String obey(String[] command) throws Exception {
        return switch (command[0]) {
            case "join" -> join();
            case "open" -> joined(() -> Domain.openToGroup(directory, command[1]));
            case "object" -> object(command[1]);
            case "reap" -> domain.reap().toString();
            case "id" -> domain.id().toString();
            case "dead" -> Boolean.toString(domain.isDead(Integer.parseInt(command[1])));
            case "churn" -> churn(Integer.parseInt(command[1]));
            case "trap" -> trap(command[1]);
            case "exec" -> exec();
            case "list" -> list();
            case "lease" -> LeaseKind.chosen().text();
            case "close" -> close();
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private String join() {
        return joined(() -> Domain.join(directory));
    }

    /** Leaves an anonymous object behind if it is killed. */
    private String object(String name) throws IOException {
        return SharedObject.create(Domain.join(directory), name.equals("-") ? null : name, ObjectChild.KIND, Long.BYTES,
            (body, parts) -> Segment.create(parts.file("part"), ObjectChild.KIND, Long.BYTES, part -> { }).close())
            .name();
    }

    private String joined(Callable<Domain> join) {
        try {
            domain = join.call();
            return Integer.toString(domain.ownerId());
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    /** Joins and leaves so many times, and says the ids. */
    private String churn(int times) throws Exception {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < times; i++) {
            try (Domain one = Domain.join(directory)) {
                ids.append(one.ownerId()).append(' ');
            }
        }
        return ids.toString().strip();
    }

    private String trap(String name) throws Exception {
        Trap trap = Trap.valueOf(name);
        if (trap == Trap.COLLECTED_HANDLE) {
            WeakReference<Domain> handle = new WeakReference<>(domain);
            domain = null;
            Trap.awaitCollection(handle);
        } else {
            trap.spring(domain, directory);
        }
        return "survived";
    }

    /** Starts a process that will live on; says its number. */
    private static String exec() throws Exception {
        long seconds = TimeUnit.MINUTES.toSeconds(2);
        return Long.toString(new ProcessBuilder("sleep", Long.toString(seconds))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
            .start().pid());
    }

    private String list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().toString();
        }
    }

    private String close() {
        domain.close();
        return "closed";
    }
}
