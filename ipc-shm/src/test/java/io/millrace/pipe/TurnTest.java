package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.wait.RemoteFence;
import org.junit.jupiter.api.Test;

/** The turn to receive where fences fail. */
class TurnTest {
    private static final int KEEP_AFTER = 3;

    private final Region words = Region.allocate(3 * Long.BYTES);

    private Turn turn(int owner, RemoteFence fence) {
        return new Turn(new Turn.Words(words.longWord(0), words.longWord(Long.BYTES), words.longWord(2 * Long.BYTES)),
            Owner.of(owner), owner, fence, KEEP_AFTER);
    }

    /** A process that others' fences reach, and that cannot make any. */
    private static final class Reached implements RemoteFence {
        @Override
        public boolean register() {
            return true;
        }

        @Override
        public boolean issue() {
            return false;
        }
    }

    private static Turn keeping(Turn turn) {
        for (int i = 0; i < 2 * KEEP_AFTER; i++) {
            assertThat(turn.tryTake()).isTrue();
            turn.end(false);
        }
        assertThat(turn.isByKeeping()).isTrue();
        return turn;
    }

    @Test
    void whoCannotMakeAFenceHasToWaitForTheKeepersNextTurn() {
        Turn keeper = keeping(turn(1, new Reached()));
        Turn other = turn(2, new Reached());
        assertThat(other.tryTake()).isFalse();
        assertThat(keeper.tryTake()).isTrue();
        assertThat(keeper.isByKeeping()).isFalse();
        assertThat(keeper.end(false)).as("whether others are to be woken").isTrue();
        assertThat(other.tryTake()).isTrue();
    }

    @Test
    void aKeeperThatClosesNeedsNoFence() {
        Turn keeper = keeping(turn(1, new Reached()));
        assertThat(keeper.tryTakeLast()).isEqualTo(Turn.Last.TAKEN);
        keeper.end(false);
        assertThat(turn(2, new Reached()).tryTake()).isTrue();
    }

    @Test
    void aProcessThatCannotRegisterLosesNoTurnByTrying() {
        Turn turn = turn(1, new RemoteFence() {
            @Override
            public boolean register() {
                throw new UnsatisfiedLinkError("on purpose");
            }

            @Override
            public boolean issue() {
                return false;
            }
        });
        for (int i = 0; i < KEEP_AFTER; i++) {
            assertThat(turn.tryTake()).isTrue();
            turn.end(false);
        }
        assertThatThrownBy(turn::tryTake).isInstanceOf(UnsatisfiedLinkError.class);
        assertThat(turn(2, new Reached()).tryTake()).isTrue();
    }

    @Test
    void aTurnThatIsGivenBackIsLeftToWhoeverHasItByThen() {
        Turn turn = turn(1, new Reached());
        assertThat(turn.tryTake()).isTrue();
        long others = 2L << 29 | 2 << 3 | Turn.RECEIVING;
        words.putLongVolatile(0, others);
        turn.giveBack(false);
        assertThat(words.getLongVolatile(0)).isEqualTo(others);
    }
}
