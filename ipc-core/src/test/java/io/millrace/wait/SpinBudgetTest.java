package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinBudgetTest {
    private final SpinBudget budget = new SpinBudget();

    @Test
    void isShortAtFirst() {
        assertThat(budget.nanos()).isEqualTo(SpinBudget.SHORTEST_NANOS);
    }

    @Test
    void isLongAfterLookingWasOfUse() {
        budget.foundByLooking();
        assertThat(budget.nanos()).isEqualTo(SpinBudget.LONGEST_NANOS);
    }

    @Test
    void halvesWithEachSleepDownToTheShortest() {
        budget.foundByLooking();
        for (long nanos = SpinBudget.LONGEST_NANOS; nanos > SpinBudget.SHORTEST_NANOS; nanos /= 2) {
            assertThat(budget.nanos()).isEqualTo(nanos);
            budget.slept();
        }
        assertThat(budget.nanos()).isEqualTo(SpinBudget.SHORTEST_NANOS);
    }

    @Test
    void isLongOnceInManySleepsSoThatTwoSleepersFindEachOther() {
        int longOnes = 0;
        for (int i = 0; i < 10 * SpinBudget.SLEEPS_PER_PROBE; i++) {
            longOnes += budget.nanos() == SpinBudget.LONGEST_NANOS ? 1 : 0;
            budget.slept();
        }
        assertThat(longOnes).isBetween(9, 10);
    }

    @Test
    void startsCountingAgainWhenLookingWasOfUse() {
        for (int i = 1; i < SpinBudget.SLEEPS_PER_PROBE; i++) {
            budget.slept();
        }
        budget.foundByLooking();
        budget.slept();
        assertThat(budget.nanos()).isEqualTo(SpinBudget.LONGEST_NANOS / 2);
    }
}
