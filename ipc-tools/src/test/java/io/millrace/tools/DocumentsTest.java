package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.samples.Sample;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Everything that the documents show as a command, a program or an output is what it says. */
@Timeout(120)
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root"));
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @TempDir
    private Path directory;

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"),
            ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    private static List<String> blocks(Path document, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(document));
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    @Test
    void theReadmeBeginsWithTheTwoCommands() throws Exception {
        assertThat(blocks(ROOT.resolve("README.md"), "sh").get(0)).isEqualTo("./millrace bench --quick\nmvn verify\n");
    }

    @Test
    void everyMillraceCommandInADocumentParses() throws Exception {
        int commands = 0;
        for (Path document : documents()) {
            for (String block : blocks(document, "sh")) {
                for (String line : block.lines().filter(each -> each.startsWith("./millrace ")).toList()) {
                    String[] words = line.replaceAll("\\s+#.*", "").replace("'", "").split(" ");
                    Millrace.commandLine().parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new));
                    commands++;
                }
            }
        }
        assertThat(commands).isPositive();
    }

    @Test
    void theHelpInTheDocumentIsTheHelpOfTheCommand() throws Exception {
        String document = Files.readString(ROOT.resolve("docs/command-line.md"));
        CommandLine millrace = Millrace.commandLine();
        assertThat(document).contains("```text\n" + help(millrace) + "```");
        millrace.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                assertThat(document).contains("```text\n" + help(command) + "```");
            }
        });
    }

    private static String help(CommandLine command) {
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF).replace(System.lineSeparator(), "\n");
    }

    @Test
    void theDocumentOfTheSamplesHasTheCommandOfEach() throws Exception {
        assertThat(String.join("", blocks(ROOT.resolve("docs/samples.md"), "sh")).lines().skip(1))
            .containsExactlyElementsOf(
                Arrays.stream(Sample.values()).map(sample -> "./millrace sample " + sample.key()).toList());
    }

    @Test
    void everyFileThatADocumentLinksToIsThere() throws Exception {
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                assertThat(document.resolveSibling(link.group(1))).as("linked from %s", document).exists();
            }
        }
    }

    @Test
    void everyJavaProgramInADocumentCompiles() throws Exception {
        int programs = 0;
        for (Path document : documents()) {
            for (String program : blocks(document, "java")) {
                compile(program);
                programs++;
            }
        }
        assertThat(programs).isPositive();
    }

    @Test
    void theProgramOfTheReadmeGreetsAcrossTwoJvms() throws Exception {
        compile(blocks(ROOT.resolve("README.md"), "java").get(0));
        Process receiver = greeting();
        try (BufferedReader output = receiver.inputReader()) {
            assertThat(output.readLine()).isEqualTo("waiting");
            assertThat(greeting("hello").waitFor()).isZero();
            assertThat(output.readLine()).isEqualTo("hello");
            assertThat(receiver.waitFor()).isZero();
        } finally {
            receiver.destroyForcibly();
        }
        assertThat(directory.resolve("ring")).doesNotExist();
    }

    private Process greeting(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED",
            "-Dgreeting.ring=" + directory.resolve("ring"), "-cp",
            directory + File.pathSeparator + System.getProperty("java.class.path"), "Greeting"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private void compile(String program) throws IOException {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(program);
        assertThat(name.find()).as("a whole program:%n%s", program).isTrue();
        Path source = Files.writeString(directory.resolve(name.group(1) + ".java"), program);
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d",
            directory.toString(), "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(errors).isZero();
    }
}
