package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The links of one side, one for each of its threads. */
final class Links implements AutoCloseable {
    private final List<Link> links = new ArrayList<>();

    /** Makes one more. */
    interface Maker {
        Link make() throws IOException;
    }

    Links(int count, Maker maker) throws IOException {
        for (int i = 0; i < count; i++) {
            links.add(maker.make());
        }
    }

    List<Link> all() {
        return links;
    }

    @Override
    public void close() throws IOException {
        for (Link link : links) {
            link.close();
        }
    }
}
