package io.millrace.domain;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC hand-out-id: of two who change the counter one wins, and who sees an id handed out sees what its bearer did
 * before. A word stands for the lock, which the kernel orders.
 */
public final class HandOutIdStress {
    private static final int IDS = 0;
    private static final int LEASE = Layout.CACHE_LINE_PAIR;
    private static final int LENGTH = 2 * Layout.CACHE_LINE_PAIR;

    private HandOutIdStress() { }

    private static Region bodyAt(IdWord ids) {
        Region body = Region.allocate(LENGTH);
        body.putLongPlain(IDS, ids.value());
        return body;
    }

    private static boolean handsOut(IdCounter ids, IdWord seen) {
        return ids.tryReplace(seen, seen.afterHandOut(new Seat(seen.epoch(), seen.next())));
    }

    /** Two join; the ids they get, 0 for none. */
    @JCStressTest
    @Outcome(id = {"1, 2", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "One has to try again.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have the same id, or neither has one.")
    @State
    public static class TwoJoiners {
        private final IdCounter ids = new IdCounter(bodyAt(IdWord.START), IDS);

        private int join() {
            IdWord word = ids.read();
            return handsOut(ids, word) ? word.next() : 0;
        }

        /** Joins. */
        @Actor
        public void first(II_Result result) {
            result.r1 = join();
        }

        /** Joins. */
        @Actor
        public void second(II_Result result) {
            result.r2 = join();
        }
    }

    /** One joins, another looks for the lease of everybody who was handed out an id. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = Expect.ACCEPTABLE, desc = "Not handed out yet.")
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "Handed out, and alive.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Handed out, and without a lease.")
    @State
    public static class JoinerAndObserver {
        private final Region body = bodyAt(IdWord.START);
        private final IdCounter ids = new IdCounter(body, IDS);

        /** Takes the lease, then the id. */
        @Actor
        public void joiner() {
            IdWord word = ids.read();
            body.putLongPlain(LEASE, 1);
            handsOut(ids, word);
        }

        /** Looks at the id, then at the lease. */
        @Actor
        public void observer(ZJ_Result result) {
            result.r1 = ids.read().next() > IdWord.FIRST;
            result.r2 = body.getLongPlain(LEASE);
        }
    }

    /** One joins, another finds itself alone and begins anew. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One of them.")
    @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Nobody got on.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody has an id of an epoch that is over.")
    @State
    public static class JoinerAndReset {
        private final Region body = bodyAt(new IdWord(0, IdWord.NEXT_END - 1));
        private final IdCounter ids = new IdCounter(body, IDS);

        /** Joins. */
        @Actor
        public void joiner(ZZ_Result result) {
            IdWord word = ids.read();
            if (word.epoch() == 0) {
                body.putLongVolatile(LEASE, 1);
                result.r1 = handsOut(ids, word);
            }
        }

        /** Begins anew. */
        @Actor
        public void reset(ZZ_Result result) {
            IdWord word = ids.read();
            result.r2 = body.getLongVolatile(LEASE) == 0 && ids.tryReplace(word, word.afterReset());
        }
    }

    /** The control that must fail: hands out by reading and then writing, without a CAS. */
    @JCStressTest
    @Outcome(id = {"1, 2", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have the same id.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Somebody has no id.")
    @State
    public static class WeakenedWithoutCas {
        private final Region body = bodyAt(IdWord.START);

        private int join() {
            IdWord word = IdWord.of(body.getLongVolatile(IDS));
            body.putLongVolatile(IDS, word.afterHandOut(new Seat(word.epoch(), word.next())).value());
            return word.next();
        }

        /** Joins. */
        @Actor
        public void first(II_Result result) {
            result.r1 = join();
        }

        /** Joins. */
        @Actor
        public void second(II_Result result) {
            result.r2 = join();
        }
    }

    /** The control for the order: the id is handed out plainly, and looked at plainly. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = Expect.ACCEPTABLE, desc = "Not handed out yet.")
    @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "Handed out, and alive.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Handed out, and without a lease.")
    @State
    public static class WeakenedToPlain {
        private final Region body = bodyAt(IdWord.START);

        /** Takes the lease, then the id. */
        @Actor
        public void joiner() {
            body.putLongPlain(LEASE, 1);
            body.putLongPlain(IDS, IdWord.START.value() + 1);
        }

        /** Looks at the id, then at the lease. */
        @Actor
        public void observer(ZJ_Result result) {
            result.r1 = IdWord.of(body.getLongPlain(IDS)).next() > IdWord.FIRST;
            result.r2 = body.getLongPlain(LEASE);
        }
    }
}
