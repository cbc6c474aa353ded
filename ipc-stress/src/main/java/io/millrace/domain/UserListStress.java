package io.millrace.domain;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC object-users: whoever is let in to use an object is not removed with it, and whoever comes too late is told.
 *
 * <p>In the package of the domain, for the fields.
 */
public final class UserListStress {
    private static final int NEWCOMER = 3;

    private UserListStress() { }

    private static UserList unused() {
        return new UserList(Region.allocate(ObjectLayout.LAYOUT.length()), id -> false, (container, ticket) -> false);
    }

    /** One enters; one removes what nobody uses. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One was first.")
    @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Both gave up.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Removed under a user.")
    @State
    public static class EnteredOrRemoved {
        private final UserList users = unused();

        /** Enters. */
        @Actor
        public void newcomer(ZZ_Result result) {
            result.r1 = users.enter(NEWCOMER) != null;
        }

        /** Removes. */
        @Actor
        public void remover(ZZ_Result result) {
            result.r2 = users.tryRemoveUnused();
        }
    }

    /** The same with a remover that looks at the entries before it looks at the state. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true", "false, false"}, expect = Expect.ACCEPTABLE, desc = "As it should be.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Removed under a user.")
    @State
    public static class WeakenedLookingFirst {
        private final UserList users = unused();

        /** Enters. */
        @Actor
        public void newcomer(ZZ_Result result) {
            result.r1 = users.enter(NEWCOMER) != null;
        }

        /** Removes. */
        @Actor
        public void remover(ZZ_Result result) {
            if (users.live().isEmpty()) {
                users.remove();
                result.r2 = true;
            }
        }
    }
}
