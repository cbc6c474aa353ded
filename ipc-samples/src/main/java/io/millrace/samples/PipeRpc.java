package io.millrace.samples;

import io.millrace.pipe.Connection;
import io.millrace.pipe.EndOfStreamException;
import io.millrace.pipe.Pipe;
import io.millrace.process.JvmProcess;
import java.io.IOException;

/** A child answers what it is asked by a pipe, until nobody can ask any more. */
public final class PipeRpc {
    private PipeRpc() { }

    private static void serve(Connection mine, Connection others) throws IOException, InterruptedException {
        others.close();
        try {
            while (true) {
                mine.send(sum((Object[]) mine.receive()));
            }
        } catch (EndOfStreamException e) {
            System.out.println("end of file");
        }
    }

    private static Object sum(Object[] pair) {
        return pair[0] instanceof Integer one ? (Object) (one + (Integer) pair[1]) : pair[0] + (String) pair[1];
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Pipe pipe = Pipe.duplex();
        JvmProcess child = JvmProcess.start(PipeRpc::serve, pipe.first(), pipe.second());
        pipe.first().close();
        pipe.second().send(new Object[] {4, 5});
        System.out.println(pipe.second().receive());
        pipe.second().send(new Object[] {"Mark", "elous"});
        System.out.println(pipe.second().receive());
        pipe.second().close();
        child.join();
    }
}
