package io.millrace.simulator;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.agrona.collections.LongHashSet;

/**
 * Runs a few actors over simulated memory in every order of their accesses, with the death of each at every access as
 * one more choice, and looks at every end that this can come to.
 *
 * <p>Deterministic. Two orders that lead to the same contents and the same histories of the actors since their last
 * {@linkplain SimulatedMemory#checkpoint checkpoints}, with the same reports, are followed once.
 * The first end that fails is reported with the order that led to it.
 */
public final class Simulator {
    /** What an actor is at. */
    public enum Status {
        /** It can make a step. */
        RUNNING,
        /** It came to its end. */
        FINISHED,
        /** It was killed. */
        DEAD
    }

    /** What an actor does; it reports what it did in the order in which it did it. */
    public interface Body {
        /** Runs over the memory from the beginning. */
        void run(Region memory, List<Object> report);
    }

    /** An end, or a state on the way to one. */
    public final class State {
        private final State before;
        private final String step;
        private final byte[] contents;
        private final Progress[] actors;
        private final int deaths;

        private State(State before, String step, byte[] contents, Progress[] actors, int deaths) {
            this.before = before;
            this.step = step;
            this.contents = contents;
            this.actors = actors;
            this.deaths = deaths;
        }

        /** What the actor of that name is at. */
        public Status status(String actor) {
            return actors[indexOf(actor)].status;
        }

        /** What the actor of that name reported, also if it is dead by now. */
        public List<Object> report(String actor) {
            return actors[indexOf(actor)].report;
        }

        /** The memory as the actors left it; accesses happen at once, on a copy. */
        public Region memory() {
            memory.direct(contents);
            return memory.region();
        }

        /** The order of steps that led here. */
        String schedule() {
            Deque<String> steps = new ArrayDeque<>();
            for (State state = this; state.before != null; state = state.before) {
                steps.addFirst(state.step);
            }
            return String.join(" ", steps);
        }
    }

    private record Actor(String name, Predicate<State> mayStart, Body body) { }

    /** How far an actor is: what its accesses gave so far, and in short what its future depends on. */
    private record Progress(Status status, long[] history, long digest, List<Object> report) { }

    private final SimulatedMemory memory;
    private final int deathsMax;
    private final List<Actor> actors = new ArrayList<>();
    private long states;

    /** A search with at most so many deaths. */
    public Simulator(SimulatedMemory memory, int deathsMax) {
        this.memory = memory;
        this.deathsMax = deathsMax;
    }

    /** Adds an actor that may make its first step at once. */
    public Simulator actor(String name, Body body) {
        return actor(name, state -> true, body);
    }

    /** Adds an actor that waits for something, such as the death of another. */
    public Simulator actor(String name, Predicate<State> mayStart, Body body) {
        actors.add(new Actor(name, mayStart, body));
        return this;
    }

    /**
     * Searches.
     *
     * @param check throws an {@link AssertionError} at an end that must not be
     * @return how many different states there were
     */
    public long search(Consumer<State> check) {
        Progress[] start = new Progress[actors.size()];
        Arrays.fill(start, new Progress(Status.RUNNING, new long[0], 0, List.of()));
        Deque<State> open = new ArrayDeque<>();
        open.push(new State(null, "", memory.contents(), start, 0));
        LongHashSet seen = new LongHashSet();
        while (!open.isEmpty()) {
            State state = open.pop();
            if (seen.add(keyOf(state))) {
                states++;
                List<State> next = successors(state);
                next.forEach(open::push);
                if (next.isEmpty()) {
                    checkEnd(state, check);
                }
            }
        }
        return states;
    }

    private void checkEnd(State state, Consumer<State> check) {
        try {
            check.accept(state);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\nafter " + states + " states, by this order (+ dies): "
                + state.schedule(), e);
        }
    }

    private List<State> successors(State state) {
        List<State> next = new ArrayList<>();
        for (int i = 0; i < actors.size(); i++) {
            if (state.actors[i].status == Status.RUNNING && mayStep(state, i)) {
                next.add(step(state, i));
                if (state.deaths < deathsMax) {
                    next.add(death(state, i));
                }
            }
        }
        return next;
    }

    private boolean mayStep(State state, int actor) {
        return state.actors[actor].history.length > 0 || actors.get(actor).mayStart().test(state);
    }

    private State step(State state, int index) {
        Actor actor = actors.get(index);
        List<Object> report = new ArrayList<>();
        long[] history = state.actors[index].history;
        Region region = memory.region();
        try {
            history = memory.step(state.contents, history, () -> actor.body().run(region, report));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(actor.name() + ": " + e + "\nby this order (+ dies): " + state.schedule(), e);
        }
        Progress progress = memory.isSuspended()
            ? new Progress(Status.RUNNING, history, digest(history, report), report)
            : new Progress(Status.FINISHED, history, report.hashCode(), report);
        return new State(state, actor.name(), memory.contents(), with(state, index, progress), state.deaths);
    }

    private State death(State state, int index) {
        Progress last = state.actors[index];
        Progress dead = new Progress(Status.DEAD, last.history, last.report.hashCode(), last.report);
        return new State(state, actors.get(index).name() + "+", state.contents, with(state, index, dead),
            state.deaths + 1);
    }

    private static Progress[] with(State state, int index, Progress progress) {
        Progress[] all = state.actors.clone();
        all[index] = progress;
        return all;
    }

    /** What the future of the actor that made the last step depends on, and what is checked of its past. */
    private long digest(long[] history, List<Object> report) {
        long digest = mix(memory.checkpointState(), report.hashCode());
        for (int i = memory.resultsBeforeCheckpoint(); i < history.length; i++) {
            digest = mix(digest, history[i]);
        }
        return digest;
    }

    private static long keyOf(State state) {
        long key = state.deaths;
        for (Progress progress : state.actors) {
            key = mix(mix(key, progress.status.ordinal()), progress.digest);
        }
        LongBuffer words = ByteBuffer.wrap(state.contents).order(ByteOrder.nativeOrder()).asLongBuffer();
        while (words.hasRemaining()) {
            key = mix(key, words.get());
        }
        return key;
    }

    /** One round of the finaliser of SplitMix64: good enough that two of a million states do not meet. */
    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private int indexOf(String actor) {
        for (int i = 0; i < actors.size(); i++) {
            if (actors.get(i).name().equals(actor)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no actor " + actor);
    }
}
