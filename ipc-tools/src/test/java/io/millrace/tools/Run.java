package io.millrace.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One run of the command line in this JVM. */
record Run(int code, String out, String err) {
    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Millrace.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return new Run(commandLine.execute(arguments), out.toString(), err.toString());
    }

    /** The fields of a line of a table that begins so, by the blanks between them. */
    List<String> row(String start) {
        return List.of(out.lines().filter(line -> line.startsWith(start)).findFirst()
            .orElseThrow(() -> new AssertionError("no line that begins with " + start + " in\n" + out))
            .split(" {2,}"));
    }
}
