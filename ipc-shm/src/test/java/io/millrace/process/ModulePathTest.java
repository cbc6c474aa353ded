package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import java.io.File;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module, and opens nothing to this library. */
@Timeout(120)
class ModulePathTest {
    private static final Map<String, String> SOURCES = Map.of("module-info", """
        module palette {
            requires io.millrace.core;
            requires io.millrace.shm;
            requires java.sql;
        }
        """, "palette/Main", """
        package palette;

        import io.millrace.memory.MemoryBackend;
        import io.millrace.process.JvmProcess;
        import io.millrace.queue.SharedQueue;
        import java.io.File;
        import java.io.Serializable;
        import java.lang.ProcessBuilder.Redirect;
        import java.nio.file.Path;
        import java.sql.Timestamp;

        public class Main {
            record Colour(String name) implements Serializable { }

            private static void paint(SharedQueue<String> to, Colour colour, Timestamp time) throws Exception {
                String process = JvmProcess.currentProcess().name();
                if (process.equals("child")) {
                    JvmProcess.builder(Main::paint, to, new Colour("deep " + colour.name), time).start().join();
                }
                to.put(process + " in " + Main.class.getModule() + ", " + colour + ", " + time.getTime()
                    + ", " + MemoryBackend.current());
                throw new IllegalStateException(process);
            }

            public static void main(String[] arguments) throws Exception {
                try (SharedQueue<String> painted = SharedQueue.create()) {
                    JvmProcess child = JvmProcess.builder(Main::paint, painted, new Colour("blue"), new Timestamp(7))
                        .name("child").directory(Path.of("/")).redirectError(Redirect.to(new File("err"))).start();
                    child.join();
                    System.out.println(painted.poll());
                    System.out.println(painted.poll());
                    System.out.println(child.exitCode().getAsInt() + " " + child.uncaughtException());
                }
            }
        }
        """);

    @TempDir(factory = SharedDirectory.class)
    private Path place;

    private void compile(Path classes, String modulePath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Writer messages = new StringWriter();
        List<JavaFileObject> sources = SOURCES.entrySet().stream().<JavaFileObject>map(source ->
            new SimpleJavaFileObject(URI.create("string:///" + source.getKey() + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreErrors) {
                    return source.getValue();
                }
            }).toList();
        assertThat(compiler.getTask(messages, null, null, List.of("-d", classes.toString(), "--module-path",
            modulePath), null, sources).call()).as(messages.toString()).isTrue();
    }

    @Test
    void aModulesChildrenRunItsPrivateMethodsAndFindTheSameModules() throws Exception {
        String libraries = Jars.modulePath(place);
        Path classes = place.resolve("out");
        compile(classes, libraries);
        Jars.jar(classes, place.resolve("palette.jar"));
        Path errors = place.resolve("parent-err");
        Process program = new ProcessBuilder(JvmOptions.JAVA.toString(), "-Dmillrace.domain=" + place.resolve("domain"),
            "--add-opens", "java.base/jdk.internal.misc=org.agrona",
            "--module-path", "palette.jar" + File.pathSeparator + libraries, "-m", "palette/palette.Main")
            .directory(place.toFile()).redirectError(errors.toFile()).start();
        try (Stream<String> lines = program.inputReader().lines()) {
            assertThat(lines).containsExactly("child:1 in module palette, Colour[name=deep blue], 7, AGRONA",
                "child in module palette, Colour[name=blue], 7, AGRONA",
                "1 Optional[java.lang.IllegalStateException: child]");
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.waitFor()).as(Files.readString(errors)).isZero();
        assertThat(Files.readString(place.resolve("err"))).as("nothing but the two exceptions")
            .startsWith("Process child:1:").contains("Process child:").doesNotContain("WARNING");
    }
}
