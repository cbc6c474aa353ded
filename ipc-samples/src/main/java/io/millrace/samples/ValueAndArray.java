package io.millrace.samples;

import io.millrace.atomic.SharedInt;
import io.millrace.atomic.SharedIntArray;
import io.millrace.process.JvmProcess;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A child adds 1 to a number and multiplies an array by ten; then another one does it again. */
public final class ValueAndArray {
    private ValueAndArray() { }

    private static void addOneTimesTen(SharedInt number, SharedIntArray array) {
        number.incrementAndGet();
        for (int i = 0; i < array.length(); i++) {
            array.updateAndGet(i, value -> value * 10);
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedInt number = SharedInt.create(1);
            SharedIntArray array = SharedIntArray.of(IntStream.range(0, 10).toArray())) {
            for (int round = 0; round < 2; round++) {
                JvmProcess.start(ValueAndArray::addOneTimesTen, number, array).join();
                System.out.println(number.get());
                System.out.println(Arrays.toString(array.toArray()));
            }
        }
    }
}
