package io.millrace.samples;

import io.millrace.pipe.Connection;
import io.millrace.pipe.Pipe;
import io.millrace.process.JvmProcess;
import java.io.IOException;

/** Five children send on one end, and nothing is mixed. */
public final class PipeFiveSenders {
    private static final int SENDER_COUNT = 5;

    private PipeFiveSenders() { }

    private static void send(Connection connection) throws IOException, InterruptedException {
        Python.sleep(1);
        connection.send(JvmProcess.parentProcess().orElseThrow().pid());
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Pipe pipe = Pipe.simplex()) {
            for (int i = 0; i < SENDER_COUNT; i++) {
                JvmProcess.start(PipeFiveSenders::send, pipe.second());
            }
            for (int i = 0; i < SENDER_COUNT; i++) {
                System.out.println("a child of process " + pipe.first().receive(Long.class));
            }
        }
    }
}
