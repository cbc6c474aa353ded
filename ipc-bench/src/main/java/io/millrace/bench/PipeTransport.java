package io.millrace.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Subject {@code os-pipe}: two pipes of the operating system, with names so that two JVMs can open them. */
final class PipeTransport implements Transport {
    private final int payloadBytes;
    private Path directory;

    PipeTransport(int payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    @Override
    public String bind(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        Process mkfifo = new ProcessBuilder("mkfifo", directory.resolve("forth").toString(),
            directory.resolve("back").toString()).redirectErrorStream(true).start();
        String output = new String(mkfifo.getInputStream().readAllBytes());
        if (mkfifo.waitFor() != 0) {
            throw new IOException("mkfifo failed: " + output.strip());
        }
        return "";
    }

    @Override
    public Link accept() throws IOException {
        // Opening waits for the other side, so both sides open the pipes in the same order.
        FileChannel forth = FileChannel.open(directory.resolve("forth"), StandardOpenOption.READ);
        FileChannel back = FileChannel.open(directory.resolve("back"), StandardOpenOption.WRITE);
        return new ChannelLink(forth, back, payloadBytes, false);
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        FileChannel forth = FileChannel.open(directory.resolve("forth"), StandardOpenOption.WRITE);
        FileChannel back = FileChannel.open(directory.resolve("back"), StandardOpenOption.READ);
        return new ChannelLink(back, forth, payloadBytes, false);
    }
}
