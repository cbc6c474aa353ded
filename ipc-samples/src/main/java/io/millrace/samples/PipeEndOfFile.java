package io.millrace.samples;

import io.millrace.pipe.Connection;
import io.millrace.pipe.EndOfStreamException;
import io.millrace.pipe.Pipe;
import io.millrace.process.JvmProcess;
import java.io.IOException;

/** A child receives until the stream is over, because nobody holds the sending end any more. */
public final class PipeEndOfFile {
    private static final int COUNT = 5;

    private PipeEndOfFile() { }

    private static void consume(Connection out, Connection in) throws IOException, InterruptedException {
        in.close(); // or the child would wait for itself
        try {
            while (true) {
                System.out.println(out.receive());
                Python.sleep(1);
            }
        } catch (EndOfStreamException e) {
            System.out.println("end of file");
        }
        System.out.println("consumer done");
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Pipe pipe = Pipe.simplex();
        JvmProcess.start(PipeEndOfFile::consume, pipe.first(), pipe.second());
        pipe.first().close();
        for (int i = 0; i < COUNT; i++) {
            pipe.second().send(i);
        }
        pipe.second().close();
    }
}
