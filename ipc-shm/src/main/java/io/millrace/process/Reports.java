package io.millrace.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** How an exception that ended a child gets to people and to its parent. */
final class Reports {
    private Reports() { }

    /** Prints the exception, and tells the parent: the exception itself if it can be serialized, else its text. */
    static void uncaught(LaunchFile record, String name, Throwable exception) {
        StringWriter text = new StringWriter();
        text.write("Process " + name + ":" + System.lineSeparator());
        exception.printStackTrace(new PrintWriter(text, true));
        try {
            print(text.toString());
        } finally {
            tell(record, exception);
        }
    }

    private static void print(String text) {
        PrintStream errors = System.err;
        if (errors != null) { // the task may have taken it away
            errors.print(text); // in one piece
            errors.flush();
        }
    }

    private static void tell(LaunchFile record, Throwable exception) {
        try {
            if (record.report(serialized(exception))) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            // It, or something in it, is not serializable.
        }
        try {
            ChildException replacement = new ChildException(exception.toString(), null);
            replacement.setStackTrace(exception.getStackTrace());
            record.report(serialized(replacement));
        } catch (IOException e) {
            return; // it is on standard error
        }
    }

    /** The exception that a child reported, or null if there is none. */
    static Throwable read(byte[] report) {
        if (report.length == 0) {
            return null;
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(report))) {
            return (Throwable) in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            return new ChildException("the exception of the child cannot be read here; see its standard error", e);
        }
    }

    private static byte[] serialized(Throwable exception) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        return bytes.toByteArray();
    }
}
