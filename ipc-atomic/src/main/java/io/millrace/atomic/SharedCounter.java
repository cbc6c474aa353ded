package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.wait.Signal;
import java.time.Duration;
import java.util.function.LongPredicate;

/**
 * A number that many add to at once and few read: it is kept in several cells, each in cache lines of its own, of which
 * every thread uses one, so that threads that add do not wait for each other's cache lines.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or shared.
 *
 * <p><b>Memory consistency effects:</b> those of the {@linkplain io.millrace.atomic package}. {@link #sum} reads one
 * cell after the other: it is exact when nobody adds meanwhile; else it holds every addition that ended before it began
 * and none that began after it ended.
 *
 * <p><b>Close and death:</b> an addition is one step, and what was added stays added. A named one stays until it is
 * removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> an addition is one instruction of the processor, wait-free, and a load that looks for those who wait;
 * a sum is a load for each cell.
 */
public final class SharedCounter extends SharedCells {
    static final String KIND_NAME = "counter";

    private static final long serialVersionUID = 1;
    private static final SegmentKind KIND = new SegmentKind(KIND_NAME, 1, 1);
    private static final int STRIPES_MAX = 1 << 10;
    private static final int STRIPES_MIN = 8;
    private static final int STRIPES_PER_PROCESSOR = 4;
    /** Odd, so that it comes to every stripe, and more than the threads that a small process begins with. */
    private static final int STRIPES_BETWEEN_HANDLES = 5;

    private final transient LongWords words;
    /** Beside the words and not behind them: behind a locked instruction every reference is read anew. */
    private final transient Region region;
    private final transient int mask;
    private final transient int first;

    private SharedCounter(LongWords words, int first) {
        super(KIND_NAME, words.object());
        this.words = words;
        this.region = words.region;
        this.mask = words.length() - 1;
        this.first = first;
    }

    /** A new, anonymous counter at 0, in the default domain. */
    public static SharedCounter create() {
        return builder().create();
    }

    /** Makes a counter at 0 with options, or opens one. It has four stripes for each processor of this machine. */
    public static CellsBuilder<SharedCounter> builder() {
        int wanted = Math.max(STRIPES_MIN, STRIPES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        return builder(Integer.highestOneBit(Math.min(wanted, STRIPES_MAX)));
    }

    /**
     * The same with so many stripes.
     *
     * @param stripes a power of two, 1 to 1024
     */
    public static CellsBuilder<SharedCounter> builder(int stripes) {
        return new CellsBuilder<>(format(stripes));
    }

    static CellFormat<SharedCounter> format(int stripes) {
        if (stripes < 1 || stripes > STRIPES_MAX || Integer.bitCount(stripes) != 1) {
            throw new IllegalArgumentException("stripes of a counter: actual " + stripes
                + ", expected a power of two from 1 to " + STRIPES_MAX);
        }
        return new Format(stripes);
    }

    /** Adds to it. */
    public void add(long delta) {
        Region here = region;
        words.checkUsable();
        int stripe = (int) Thread.currentThread().getId() + first & mask;
        // SYNC cell-value ↔ LongWords.get: in one step; otherwise one of two additions would be lost.
        here.getAndAddLong(ValueLayout.CELLS + stripe * Layout.CACHE_LINE_PAIR, delta);
        if (Signal.isAwaited(here, ValueLayout.SIGNAL)) {
            words.wake();
        }
    }

    /** Adds 1. */
    public void increment() {
        add(1);
    }

    /** Subtracts 1. */
    public void decrement() {
        add(-1);
    }

    /** What was added so far; wraps around on overflow. */
    public long sum() {
        long sum = 0;
        for (int i = 0; i <= mask; i++) {
            sum += words.get(i);
        }
        return sum;
    }

    /** Waits until the condition holds for a sum; whether it came to that in time. */
    public boolean await(LongPredicate condition, Duration timeout) throws InterruptedException {
        return words.await(() -> condition.test(sum()), timeout);
    }

    @Override
    void end() {
        words.close();
    }

    @Override
    void checkOpen() {
        words.checkOpen();
    }

    @Override
    String contents() {
        return String.valueOf(sum());
    }

    private record Format(int stripes) implements CellFormat<SharedCounter> {
        @Override
        public SegmentKind kind() {
            return KIND;
        }

        @Override
        public long length() {
            return ValueLayout.length(stripes, Layout.CACHE_LINE_PAIR);
        }

        @Override
        public void initialise(Region body) {
            body.putIntPlain(ValueLayout.COUNT, stripes);
            body.putIntPlain(ValueLayout.STRIDE, Layout.CACHE_LINE_PAIR);
        }

        @Override
        public SharedCounter over(CellObject object) throws CorruptSegmentException {
            Span span = ValueFormat.span(object.body(), object.path(), Long.BYTES);
            if (Integer.bitCount(span.count()) != 1 || span.stride() != Layout.CACHE_LINE_PAIR) {
                throw new CorruptSegmentException(object.path(), "stripes: actual " + span.count()
                    + ", one in " + span.stride() + " bytes, expected a power of two, one in "
                    + Layout.CACHE_LINE_PAIR);
            }
            int handle = new IntWords(new Span(span.region(), ValueLayout.SIGNAL, ValueLayout.HANDLES, 1,
                Integer.BYTES), object).getAndAdd(0, 1);
            return new SharedCounter(new LongWords(span, object), handle * STRIPES_BETWEEN_HANDLES);
        }
    }
}
