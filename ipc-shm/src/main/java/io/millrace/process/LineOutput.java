package io.millrace.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Standard output or error of a child, written by whole lines: of several children that share one, no line is torn by
 * another's. What is flushed without the end of a line, such as a prompt, is written as it is.
 */
final class LineOutput extends OutputStream {
    private static final int LINE_LENGTH = 256;
    private static final int PIECE_LENGTH_MAX = 1 << 16;

    private static PrintStream installedOut;
    private static PrintStream installedErr;

    private final OutputStream target;
    private byte[] line = new byte[LINE_LENGTH];
    private int length;

    private LineOutput(OutputStream target) {
        this.target = target;
    }

    /** Lets System.out and System.err write by lines. */
    static void install() {
        installedOut = printStream(FileDescriptor.out, "stdout.encoding");
        installedErr = printStream(FileDescriptor.err, "stderr.encoding");
        System.setOut(installedOut);
        System.setErr(installedErr);
    }

    private static PrintStream printStream(FileDescriptor descriptor, String encodingProperty) {
        String encoding = System.getProperty(encodingProperty); // there from JDK 19 on
        Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
        return new PrintStream(new LineOutput(new FileOutputStream(descriptor)), false, charset);
    }

    /** Writes what is left, for the end of the process; also if the task has put other streams in their place. */
    static void flushAll() {
        flush(System.out);
        flush(System.err);
        flush(installedOut);
        flush(installedErr);
    }

    private static void flush(PrintStream stream) {
        try {
            if (stream != null) {
                stream.flush();
            }
        } catch (RuntimeException e) {
            return; // a stream of the task's own; how this process has ended is still to be told
        }
    }

    @Override
    public synchronized void write(int value) throws IOException {
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) value;
        if (value == '\n' || length >= PIECE_LENGTH_MAX) {
            flushLine();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            write(bytes[offset + i]);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        flushLine();
    }

    private void flushLine() throws IOException {
        if (length > 0) {
            int count = length;
            length = 0;
            target.write(line, 0, count);
        }
    }
}
