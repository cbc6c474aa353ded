package io.millrace.memory;

import java.io.IOException;

/** What a contract of regions is run over. */
interface RegionSubject {
    /** A zeroed region of that many bytes. */
    Region region(int length) throws IOException;

    /** The region through which everything written to the last {@link #region} must be visible. */
    Region peer();
}
