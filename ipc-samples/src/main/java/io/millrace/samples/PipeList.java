package io.millrace.samples;

import io.millrace.pipe.Connection;
import io.millrace.pipe.Pipe;
import io.millrace.process.JvmProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A child sends a list to its parent; both say who they are. */
public final class PipeList {
    private PipeList() { }

    private static void send(Connection connection) throws IOException, InterruptedException {
        System.out.println("child process " + JvmProcess.currentProcess().pid() + " sends");
        connection.send(new ArrayList<>(List.of("A", "B", "C")));
        connection.close();
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Pipe pipe = Pipe.simplex()) {
            JvmProcess child = JvmProcess.start(PipeList::send, pipe.second());
            Object received = pipe.first().receive();
            child.join();
            System.out.println("parent process " + JvmProcess.currentProcess().pid() + " received " + received);
        }
    }
}
