package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Background;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread at a time is inside, and who has left is not. */
@Timeout(60)
class SenderGuardTest {
    private static final int PASSAGES = 2_000_000;

    private final SenderGuard guard = new SenderGuard();
    private int inside;

    /** A thread that leaves what it has not entered fails at once; one that does not leave, at its next entry. */
    @Test
    void ofTwoThreadsThatComeAndGoEachLeavesWhatItHasEntered() throws Exception {
        CountDownLatch firstHasBeenInside = new CountDownLatch(1);
        try (Background<Integer> first = Background.start(() -> {
            pass();
            firstHasBeenInside.countDown();
            return passages();
        })) {
            firstHasBeenInside.await();
            assertThat(passages()).isEqualTo(PASSAGES);
            assertThat(first.result()).isEqualTo(PASSAGES);
        }
        assertThat(inside).as("never two at once").isEqualTo(2 * PASSAGES + 1);
        assertThat(guard.enter(0)).isTrue();
        guard.leave();
    }

    private int passages() throws InterruptedException {
        int passages = 0;
        while (passages < PASSAGES) {
            passages += pass() ? 1 : 0;
        }
        return passages;
    }

    private boolean pass() throws InterruptedException {
        if (!guard.enter(0)) {
            return false;
        }
        try {
            inside++;
            return true;
        } finally {
            guard.leave();
        }
    }

    @Test
    void whoComesBehindAThreadThatHasEndedInsideEntersAndLeaves() throws Exception {
        for (int i = 0; i < 3; i++) { // the first one has no lock, the others have one each
            try (Background<Boolean> ending = Background.start(this::enterInTime)) {
                assertThat(ending.result()).isTrue();
                Background.awaitUntil(ending::hasEnded);
            }
            assertThat(enterInTime()).isTrue();
            assertThat(guard.isInside()).isTrue();
            guard.leave();
            assertThat(guard.isInside()).isFalse();
            assertThat(guard.enter(0)).isTrue();
            guard.leave();
        }
    }

    private boolean enterInTime() throws InterruptedException {
        return guard.enter(1_000_000) || guard.enter(1_000_000);
    }
}
