package io.millrace.samples;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The samples, as the command {@code millrace sample} names them. */
public enum Sample {
    /** See {@link JoinableConsumers}. */
    JOINABLE_CONSUMERS("consumers share tasks and send results; poison pills end them", JoinableConsumers::main),
    /** See {@link ThreadInChild}. */
    THREAD_IN_CHILD("children that start threads, one child after the other", ThreadInChild::main),
    /** See {@link QueueWriteRead}. */
    QUEUE_WRITE_READ("a writer and a reader; the reader is terminated", QueueWriteRead::main),
    /** See {@link QueueFullBlocks}. */
    QUEUE_FULL_BLOCKS("a put to a full queue waits until its time is over", QueueFullBlocks::main),
    /** See {@link QueueThreeReaders}. */
    QUEUE_THREE_READERS("three readers of a queue that their parent has closed", QueueThreeReaders::main),
    /** See {@link JoinableSentinel}. */
    JOINABLE_SENTINEL("a sentinel that comes too early; the tasks not done are told", JoinableSentinel::main),
    /** See {@link CustomProcess}. */
    CUSTOM_PROCESS("names, named arguments, and a task that is an object with a state", CustomProcess::main),
    /** See {@link DaemonAndExitCodes}. */
    DAEMON_AND_EXIT_CODES("daemons, whether they are alive, and their exit codes", DaemonAndExitCodes::main),
    /** See {@link Signals}. */
    SIGNALS("children ended by terminate, kill and interrupt", Signals::main),
    /** See {@link DictionaryThroughQueue}. */
    DICTIONARY_THROUGH_QUEUE("what a queue knows of itself; a dictionary between children",
        DictionaryThroughQueue::main),
    /** See {@link ValueAndArray}. */
    VALUE_AND_ARRAY("a child changes a shared number and a shared array", ValueAndArray::main),
    /** See {@link BankAccount}. */
    BANK_ACCOUNT("one child changes a balance, another tells every change", BankAccount::main),
    /** See {@link ByteArrayMessage}. */
    BYTE_ARRAY_MESSAGE("two children read and write a text in an array of bytes", ByteArrayMessage::main),
    /** See {@link CounterRace}. */
    COUNTER_RACE("increments in one step, beside those that lose some", CounterRace::main),
    /** See {@link PipeHello}. */
    PIPE_HELLO("a child greets through a pipe", PipeHello::main),
    /** See {@link PipeList}. */
    PIPE_LIST("a list goes from a child to its parent", PipeList::main),
    /** See {@link PipeEndOfFile}. */
    PIPE_END_OF_FILE("a child receives until the stream is over", PipeEndOfFile::main),
    /** See {@link PipeRpc}. */
    PIPE_RPC("a child answers what it is asked", PipeRpc::main),
    /** See {@link PipeFiveSenders}. */
    PIPE_FIVE_SENDERS("five children send on one end", PipeFiveSenders::main);

    private final String description;
    private final Program program;

    Sample(String description, Program program) {
        this.description = description;
        this.program = program;
    }

    /** The sample of that name, such as {@code queue-write-read}, if there is one. */
    public static Optional<Sample> find(String key) {
        return Arrays.stream(values()).filter(sample -> sample.key().equals(key)).findFirst();
    }

    /** Its name for the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it shows, in a few words. */
    public String description() {
        return description;
    }

    /** Runs it in this JVM and in children. Some may still run when it returns; this JVM does not end before them. */
    public void run() throws IOException, InterruptedException {
        program.run();
    }

    private interface Program {
        void run(String... arguments) throws IOException, InterruptedException;
    }
}
