package io.millrace.codec;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;

/** Two sights of the same bytes: where a message is written, and where it is read. */
record Memory(Region writing, Region reading) {
    enum Place { PRIVATE_MEMORY, ONE_MAPPING, TWO_MAPPINGS }

    static Memory at(Place place, Path directory, int length) throws IOException {
        if (place == Place.PRIVATE_MEMORY) {
            Region region = Region.allocate(length);
            return new Memory(region, region);
        }
        Path path = directory.resolve("memory");
        try (MappedFile created = MappedFile.createUnpublished(path, length)) {
            created.publish();
            if (place == Place.ONE_MAPPING) {
                return new Memory(created.region(), created.region());
            }
            try (MappedFile opened = MappedFile.open(path)) {
                return new Memory(created.region(), opened.region());
            }
        }
    }
}
