package io.millrace.samples;

import io.millrace.pipe.Connection;
import io.millrace.pipe.Pipe;
import io.millrace.process.JvmProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;

/** A child sends a list by one end of a pipe, and its parent prints what comes out at the other. */
public final class PipeHello {
    private PipeHello() { }

    private static void greet(Connection connection) throws IOException, InterruptedException {
        connection.send(new ArrayList<>(Arrays.asList(42, null, "hello")));
        connection.close();
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Pipe pipe = Pipe.duplex()) {
            JvmProcess child = JvmProcess.start(PipeHello::greet, pipe.second());
            System.out.println(pipe.first().receive());
            child.join();
        }
    }
}
