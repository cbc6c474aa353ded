package io.millrace.pipe;

import io.millrace.memory.Region;
import io.millrace.wait.Signal;
import io.millrace.wait.Waitable;
import io.millrace.wait.Waiter;
import java.util.Collection;
import java.util.List;

/** Waits for several things at once. */
final class WaitAny<T extends Waitable> {
    private final List<T> several;
    private List<T> ready = List.of();

    private WaitAny(Collection<T> several) {
        this.several = List.copyOf(several);
    }

    static <T extends Waitable> List<T> of(Collection<T> several, long timeoutNanos) throws InterruptedException {
        WaitAny<T> any = new WaitAny<>(several);
        any.waiter().await(any::look, any::lookForTheDead, timeoutNanos);
        return any.ready;
    }

    private Waiter waiter() {
        List<Signal> signals = several.stream().map(Waitable::readySignal).distinct().toList();
        // For nothing at all nobody can raise anything: then it is a wait for the end of the time.
        return Waiter.blocking(signals.isEmpty() ? List.of(new Signal(Region.allocate(Integer.BYTES))) : signals);
    }

    private boolean look() {
        ready = several.stream().filter(Waitable::isReady).toList();
        return !ready.isEmpty();
    }

    private void lookForTheDead() {
        several.forEach(Waitable::lookForTheDead);
    }
}
