package io.millrace.process;

import io.millrace.codec.EncodingException;
import io.millrace.domain.Domain;
import io.millrace.domain.ObjectHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Options of a child JVM. One thread at a time; each {@code start} starts another child. */
public final class JvmProcessBuilder {
    private static final AtomicInteger SERIAL = new AtomicInteger();
    /** Properties that a JVM sets itself. */
    private static final Pattern OF_THE_JVM = Pattern.compile("(java|jdk|sun|os|user|file|path|line|native|stdout"
        + "|stderr|awt|jna|jffi)\\..*|" + Pattern.quote(ChildMain.LAUNCH_PROPERTY) + "|millrace\\.joined\\..*");
    private static final byte[] NO_TASK = {};

    private final JvmTask task;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private ChildLogs logs;
    private String name;
    private Boolean daemon;
    private Path domainDirectory;
    private Path workingDirectory;
    private boolean classArchive = true;
    private Path java = JvmOptions.JAVA;
    private Redirect input = Redirect.from(Path.of("/dev/null").toFile());
    private Redirect output = Redirect.INHERIT;
    private Redirect error = Redirect.INHERIT;

    JvmProcessBuilder(JvmTask task) {
        this.task = task;
    }

    /** What the child is called; otherwise {@code JvmProcess-1} and so on, and in a child {@code JvmProcess-1:1}. */
    public JvmProcessBuilder name(String text) {
        name = Objects.requireNonNull(text);
        return this;
    }

    /** Whether the child ends with this JVM; otherwise it does as this one. */
    public JvmProcessBuilder daemon(boolean value) {
        daemon = value;
        return this;
    }

    /** The domain by which the two talk; otherwise the default domain. */
    public JvmProcessBuilder domain(Path directory) {
        domainDirectory = Objects.requireNonNull(directory);
        return this;
    }

    /** The child's working directory; otherwise that of this JVM. */
    public JvmProcessBuilder directory(Path directory) {
        workingDirectory = Objects.requireNonNull(directory);
        return this;
    }

    /** Another value for a variable of the environment; null removes it. */
    public JvmProcessBuilder environment(String variable, String value) {
        environment.put(Objects.requireNonNull(variable), value);
        return this;
    }

    /** Further options for the child's JVM, such as {@code -Xmx64m}; they come last. */
    public JvmProcessBuilder options(String... further) {
        options.addAll(List.of(further));
        return this;
    }

    /** Where the child's log records go; otherwise they are the child's own business. */
    public JvmProcessBuilder logs(ChildLogs to) {
        logs = Objects.requireNonNull(to);
        return this;
    }

    /** The program that is the JVM; otherwise that of this one. */
    public JvmProcessBuilder java(Path program) {
        java = Objects.requireNonNull(program);
        return this;
    }

    /**
     * Whether the child may begin with an archive of classes, which makes it start faster; otherwise it may, unless the
     * system property {@code millrace.archive} is {@code off}. The first child for which there is none has it made for
     * later ones, in the user's cache directory, by a process beside it. There is none if a directory is on the class
     * path, or if the child gets options of its own about such archives.
     */
    public JvmProcessBuilder classArchive(boolean value) {
        classArchive = value;
        return this;
    }

    /** Where the child reads from; otherwise it finds nothing there. */
    public JvmProcessBuilder redirectInput(Redirect redirect) {
        input = Objects.requireNonNull(redirect);
        return this;
    }

    /** Where the child's output goes; otherwise where this JVM's goes, line by line. */
    public JvmProcessBuilder redirectOutput(Redirect redirect) {
        output = Objects.requireNonNull(redirect);
        return this;
    }

    /** Where the child's errors go; otherwise where this JVM's go, line by line. */
    public JvmProcessBuilder redirectError(Redirect redirect) {
        error = Objects.requireNonNull(redirect);
        return this;
    }

    /**
     * Starts a child. Returns before its task begins.
     *
     * @throws EncodingException if the task or an argument cannot be serialized; nothing was started
     * @throws IllegalStateException in a daemon: it may not have children
     * @throws UncheckedIOException if the process cannot be started, or the domain cannot be used
     */
    public JvmProcess start() {
        if (CurrentProcess.get().isDaemon()) {
            throw new IllegalStateException("a daemon may not have children, and " + CurrentProcess.get() + " is one");
        }
        List<AutoCloseable> inFlight = new ArrayList<>();
        boolean done = false;
        try {
            byte[] encoded = task == null ? NO_TASK : ObjectHandle.launching(inFlight, this::encodedTask);
            JvmProcess child = start(encoded, inFlight);
            done = true;
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!done) {
                closeAll(inFlight);
            }
        }
    }

    /** What is in the launch record, the child runs: whoever could write that could have anything run. */
    private static void checkPrivate(Domain domain) throws IOException {
        if (domain.isOpenToGroup()) {
            throw new FileSystemException(domain.directory().toString(), null, "no child is started by way of a domain"
                + " that is open to a group: name one of this user alone by JvmProcessBuilder.domain; what the child"
                + " gets may be in the open one");
        }
    }

    private JvmProcess start(byte[] encodedTask, List<AutoCloseable> inFlight) throws IOException {
        Domain domain = domainDirectory == null ? Domain.join() : Domain.join(domainDirectory);
        LaunchRecord record = null;
        boolean done = false;
        try {
            checkPrivate(domain);
            Details details = details();
            record = LaunchRecord.create(domain, details, encodedTask, ParentIdentity.ofThisProcess());
            ProcessBuilder builder = builder();
            Optional<ClassArchive> archive = archive(builder.environment());
            builder.command(command(record.path(), archive));
            JvmProcess child = new JvmProcess(details, builder.start(), record, domain, List.copyOf(inFlight));
            done = true;
            child.started();
            archive.ifPresent(wanted -> wanted.makeIfMissing(builder.environment(), task));
            return child;
        } finally {
            if (!done) {
                if (record != null) {
                    record.close();
                    record.delete();
                }
                domain.close();
            }
        }
    }

    private Details details() {
        CurrentProcess current = CurrentProcess.get();
        String text = name;
        if (text == null) {
            int serial = SERIAL.incrementAndGet();
            text = current.parent().isEmpty() ? "JvmProcess-" + serial : current.name() + ":" + serial;
        }
        return new Details(text, daemon == null ? current.isDaemon() : daemon, current.name(), properties());
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        for (String key : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(key);
            if (value != null && !OF_THE_JVM.matcher(key).matches()) {
                properties.put(key, value);
            }
        }
        return properties;
    }

    private Optional<ClassArchive> archive(Map<String, String> variables) {
        if (!classArchive || !java.equals(JvmOptions.JAVA)) {
            return Optional.empty();
        }
        List<String> all = inherited();
        all.addAll(options);
        return ClassArchive.of(all, variables);
    }

    /** What every child gets, whatever its builder was told. */
    private static List<String> inherited() {
        List<String> options = new ArrayList<>(JvmOptions.ofThisJvm());
        options.addAll(JvmOptions.ofLibrary());
        return options;
    }

    private List<String> command(Path record, Optional<ClassArchive> archive) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(JvmOptions.DEFAULTS);
        command.addAll(inherited());
        command.add("-D" + ChildMain.LAUNCH_PROPERTY + "=" + record);
        archive.ifPresent(made -> command.addAll(made.options()));
        command.addAll(options);
        command.addAll(JvmOptions.classes());
        return command;
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder =
            new ProcessBuilder().redirectInput(input).redirectOutput(output).redirectError(error);
        if (workingDirectory != null) {
            builder.directory(workingDirectory.toFile());
        }
        Map<String, String> variables = builder.environment();
        put(variables, JvmOptions.TOOL_OPTIONS, JvmOptions.toolOptions(variables.get(JvmOptions.TOOL_OPTIONS)));
        environment.forEach((variable, value) -> put(variables, variable, value));
        return builder;
    }

    private static void put(Map<String, String> variables, String variable, String value) {
        if (value == null) {
            variables.remove(variable);
        } else {
            variables.put(variable, value);
        }
    }

    byte[] encodedTask() {
        return TaskEncoder.encode(logs == null ? task : logs.with(task));
    }

    private static void closeAll(List<AutoCloseable> handles) {
        for (AutoCloseable handle : handles) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("a handle that was on its way could not be closed", e);
            }
        }
    }
}
