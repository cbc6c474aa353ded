package io.millrace.process;

import io.millrace.queue.JoinableQueue;
import io.millrace.queue.SharedQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the children of the tests do. */
final class Work {
    private Work() { }

    static void nothing() { }

    static void say(SharedQueue<Object> to, Object what) throws InterruptedException {
        to.put(what);
    }

    /** Gets a queue, and says what is in that. */
    static void openAndSay(SharedQueue<Object> queue) throws InterruptedException {
        try (SharedQueue<?> letters = (SharedQueue<?>) queue.get()) {
            queue.put(letters.get());
        }
    }

    static void sayTwo(SharedQueue<Object> to, Object first, Map<String, ? extends Serializable> second)
        throws InterruptedException {
        to.put(first);
        to.put(second);
    }

    /** Who the child is, in the order of Python's test. */
    static void introduce(SharedQueue<Object> to) throws InterruptedException {
        CurrentProcess self = JvmProcess.currentProcess();
        ParentProcess parent = JvmProcess.parentProcess().orElseThrow();
        to.put(List.of(self.name(), self.pid(), self.isDaemon(), parent.name(), parent.pid(), parent.isAlive(),
            JvmProcess.activeChildren().size(), System.getProperty("millrace.test.told", "nothing")));
    }

    static void fail() {
        throw new IllegalArgumentException("as it should");
    }

    static void failWithWhatCannotTravel() {
        throw new Unsendable();
    }

    static void exit(int code) {
        System.exit(code);
    }

    static void halt(int code) {
        Runtime.getRuntime().halt(code);
    }

    static void waitForEver(SharedQueue<Object> to) throws InterruptedException {
        to.put("waiting");
        new CountDownLatch(1).await();
    }

    /** Takes a task and never finishes it. */
    static void hold(JoinableQueue<Object> tasks, SharedQueue<Object> to) throws InterruptedException {
        to.put(tasks.get());
        new CountDownLatch(1).await();
    }

    static void print(String text) {
        System.out.println(text);
        System.err.println("error: " + text);
        System.out.print("without an end");
    }

    /** Prints, lets a child print, and ends as that one does. */
    static void printInTwoGenerations(SharedQueue<Object> to) throws InterruptedException {
        print("in a parent");
        JvmProcess child = JvmProcess.start(Work::printAndFindNothing, to);
        child.join();
        System.exit(child.exitCode().getAsInt());
    }

    private static void printAndFindNothing(SharedQueue<Object> to) throws IOException, InterruptedException {
        print("in its child");
        try (SharedQueue<Object> empty = SharedQueue.create()) {
            to.put(JvmProcess.currentProcess().name() + ": " + System.in.read() + ", " + empty.poll());
        }
    }

    /** Does something to the standard streams and exits with that code, or throws if it is negative. */
    static void spoilStreams(String how, int code) {
        System.out.print("printed before, without an end");
        switch (how) {
            case "close" -> {
                System.out.close();
                System.err.close();
            }
            case "remove" -> {
                System.setOut(null);
                System.setErr(null);
            }
            default -> {
                System.setOut(new BrokenStream());
                System.setErr(new BrokenStream());
            }
        }
        if (code < 0) {
            throw new IllegalStateException("as told");
        }
        System.exit(code);
    }

    static void leaveHook(String file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.writeString(Path.of(file), "deadbeef");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    static void leaveHookAndWait(String file, SharedQueue<Object> to) throws InterruptedException {
        leaveHook(file);
        try {
            waitForEver(to);
        } finally {
            to.put("finally");
        }
    }

    static void sayAndWait(SharedQueue<Object> to, Object what) throws InterruptedException {
        to.put(what);
        new CountDownLatch(1).await();
    }

    /** Tells which files of that directory, and which pipes but its standard streams, the child has open. */
    static void sayWhatIsOpenAndWait(SharedQueue<Object> to, String directory)
        throws IOException, InterruptedException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                String target = Files.readSymbolicLink(descriptor).toString();
                boolean standard = descriptor.getFileName().toString().matches("[012]");
                if (target.startsWith(directory) || target.startsWith("pipe:") && !standard) {
                    open.add(target);
                }
            }
        }
        sayAndWait(to, open);
    }

    static void leaveThread(SharedQueue<Object> to) {
        new Thread(() -> {
            try {
                to.put("the thread");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }).start();
    }

    static void startDaemonsChild(SharedQueue<Object> to) throws InterruptedException {
        try {
            JvmProcess.start(Work::nothing);
            to.put("started");
        } catch (IllegalStateException e) {
            to.put(e.getMessage());
        }
    }

    /** A tree of processes, each of which says where it stands. */
    static void recurse(SharedQueue<Object> to, List<Integer> place) throws InterruptedException {
        to.put(place);
        for (int i = 0; i < 2 && place.size() < 2; i++) {
            List<Integer> below = new ArrayList<>(place);
            below.add(i);
            JvmProcess.start(Work::recurse, to, below).join();
        }
    }

    /** Has a child that waits for a word and a daemon that waits for ever, and then does as it is told. */
    static void family(SharedQueue<Object> to, SharedQueue<Object> go, String how) throws InterruptedException {
        JvmProcess.start(Work::awaitWord, to, go);
        JvmProcess.builder(Work::sayPidAndWait, to).daemon(true).start();
        switch (how) {
            case "return" -> { }
            case "throw" -> throw new IllegalStateException("as told");
            case "exit" -> System.exit(3);
            default -> new CountDownLatch(1).await();
        }
    }

    static void awaitWord(SharedQueue<Object> to, SharedQueue<Object> go) throws InterruptedException {
        to.put("child " + ProcessHandle.current().pid());
        go.get();
    }

    static void sayPidAndWait(SharedQueue<Object> to) throws InterruptedException {
        to.put("daemon " + ProcessHandle.current().pid());
        new CountDownLatch(1).await();
    }

    static void log(String text) {
        Logger logger = Logger.getLogger("child.logger");
        logger.log(Level.FINE, "too fine for anybody");
        logger.log(Level.WARNING, "{0} from " + JvmProcess.currentProcess().name(), text);
        System.getLogger("child.system").log(System.Logger.Level.INFO, "by the system's logger",
            new IllegalStateException("with a cause"));
    }

    private static final class BrokenStream extends PrintStream {
        BrokenStream() {
            super(OutputStream.nullOutputStream());
        }

        @Override
        public void print(String text) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void flush() {
            throw new IllegalStateException("broken");
        }
    }

    private static final class Unsendable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Object nothing = new Object();
        @SuppressWarnings("serial") // it is not, that is the point
        private final Object something = new Object();

        @Override
        public String getMessage() {
            return nothing == null || something == null ? "changed" : "cannot be sent";
        }
    }
}
