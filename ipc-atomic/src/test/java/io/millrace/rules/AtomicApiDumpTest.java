package io.millrace.rules;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Nobody changes the API of this module without seeing it in a diff. */
class AtomicApiDumpTest {
    @Test
    void apiIsTheOneOnRecord() throws IOException {
        ApiRecord.of("ipc-atomic").check(AtomicProject.CLASSES);
    }
}
