package io.millrace.rules;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Nobody changes the API of this module without seeing it in a diff. */
class ShmApiDumpTest {
    @Test
    void apiIsTheOneOnRecord() throws IOException {
        ApiRecord.of("ipc-shm").check(ShmProject.CLASSES);
    }
}
