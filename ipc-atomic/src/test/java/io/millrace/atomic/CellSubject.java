package io.millrace.atomic;

import io.millrace.ring.Owner;
import java.io.IOException;
import java.nio.file.Path;

/** Where cells are, when two use them. */
enum CellSubject {
    ONE_HANDLE {
        @Override
        <T> Both<T> both(CellFormat<T> format, Path directory) throws IOException {
            T one = format.over(TestObject.inMemory(format));
            return new Both<>(one, one);
        }
    },
    PRIVATE_MEMORY {
        @Override
        <T> Both<T> both(CellFormat<T> format, Path directory) throws IOException {
            TestObject object = TestObject.inMemory(format);
            return new Both<>(format.over(object), format.over(object));
        }
    },
    TWO_MAPPINGS {
        @Override
        <T> Both<T> both(CellFormat<T> format, Path directory) throws IOException {
            Path file = directory.resolve("cells");
            return new Both<>(format.over(TestObject.inFile(format, file)),
                format.over(TestObject.open(file, Owner.of(2))));
        }
    };

    /** Two handles on the same cells. */
    record Both<T>(T here, T there) { }

    abstract <T> Both<T> both(CellFormat<T> format, Path directory) throws IOException;
}
