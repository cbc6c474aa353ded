package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Background;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays with a parent of its children, and what children get of it that nobody gave them. */
class ProcessResourcesTest extends ProcessContract {
    private static final int CHILDREN = 3;

    /** A child that runs, of which nothing else is known here. */
    private long startAndForget(List<Reference<?>> references) throws InterruptedException {
        List<Integer> argument = new ArrayList<>(List.of(5));
        JvmProcess child = JvmProcess.builder(Work::sayAndWait, said, (Object) argument).domain(domain()).start();
        references.add(new WeakReference<>(argument));
        assertThat(said.get()).isEqualTo(List.of(5));
        return child.pid();
    }

    private void endAndClose(long pid, List<Reference<?>> references) throws InterruptedException {
        for (JvmProcess child : JvmProcess.activeChildren()) {
            assertThat(child.pid()).isEqualTo(pid);
            child.kill();
            child.join();
            child.close();
            references.add(new WeakReference<>(child));
        }
    }

    private static void awaitFreed(List<Reference<?>> references) throws InterruptedException {
        Background.awaitUntil(() -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }

    @Test
    void aParentKeepsNoArgumentsOfAChildThatRunsAndNothingOfOneThatWasClosed() throws Exception {
        List<Reference<?>> references = new ArrayList<>();
        long pid = startAndForget(references);
        awaitFreed(references);
        assertThat(ProcessHandle.of(pid)).as("runs still").isPresent();
        endAndClose(pid, references);
        awaitFreed(references);
    }

    @Test
    void childrenOfOneBuilderAreDifferentOnesAndNoneHasWhatAnotherHasOpen() throws Exception {
        JvmProcessBuilder builder = JvmProcess.builder(Work::sayWhatIsOpenAndWait, said,
            domain().toRealPath().toString()).domain(domain());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < CHILDREN; i++) {
            names.add(start(builder).name());
        }
        assertThat(names).hasSize(CHILDREN);
        Set<Object> records = new HashSet<>();
        for (int i = 0; i < CHILDREN; i++) {
            List<?> open = (List<?>) said.get();
            assertThat(open).as("its launch record and the file of leases").hasSize(2);
            records.add(open.stream().filter(file -> file.toString().contains(".launch@")).findFirst().orElseThrow());
        }
        assertThat(records).hasSize(CHILDREN);
    }
}
