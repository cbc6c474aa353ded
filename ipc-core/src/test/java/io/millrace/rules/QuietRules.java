package io.millrace.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.millrace.rules.Targets.oneOf;

import com.tngtech.archunit.lang.ArchRule;
import io.millrace.memory.QuietChronicle;
import java.time.Clock;

/** The core does nothing on its own: it says nothing, starts nothing, and only waiting takes time. */
final class QuietRules {
    private QuietRules() { }

    static ArchRule onlyWaitReadsClocksOrPauses() {
        return onlyWaitReadsClocksOrPauses("nobody");
    }

    /** Classes whose names match may as well. */
    static ArchRule onlyWaitReadsClocksOrPauses(String names) {
        return noClasses().that().resideOutsideOfPackage("io.millrace.wait..").and().haveNameNotMatching(names)
            .should().accessTargetWhere(oneOf("reads a clock or pauses",
                "java.lang.System.nanoTime()", "java.lang.System.currentTimeMillis()",
                "java.time.Instant.now()", "java.time.LocalDateTime.now()", "java.time.ZonedDateTime.now()",
                "java.lang.Thread.sleep()", "java.lang.Thread.yield()", "java.lang.Thread.join()",
                "java.lang.Thread.onSpinWait()", "java.lang.Object.wait()",
                "java.util.concurrent.TimeUnit.sleep()",
                "java.util.concurrent.locks.LockSupport.park()",
                "java.util.concurrent.locks.LockSupport.parkNanos()",
                "java.util.concurrent.locks.LockSupport.parkUntil()"))
            .orShould().dependOnClassesThat().areAssignableTo(Clock.class)
            .allowEmptyShould(false);
    }

    /**
     * {@link QuietChronicle} is excepted: to keep chronicle-bytes quiet it must take its logger and the
     * stream.
     */
    static ArchRule nobodyPrintsOrLogs() {
        return onlyPrint("nobody");
    }

    /** Classes whose names match may print. */
    static ArchRule onlyPrint(String names) {
        return noClasses().that().doNotHaveFullyQualifiedName(QuietChronicle.class.getName())
            .and().haveNameNotMatching(names)
            .should().accessTargetWhere(oneOf("prints or logs",
                "java.lang.System.out", "java.lang.System.err", "java.lang.System.setOut()",
                "java.lang.System.setErr()", "java.lang.System.getLogger()",
                "java.lang.Throwable.printStackTrace()"))
            .orShould().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j..")
            .orShould().dependOnClassesThat().haveNameMatching("java\\.lang\\.System\\$Logger.*")
            .allowEmptyShould(false);
    }

    static ArchRule nobodyStartsThreads() {
        return onlyStartThreads("nobody");
    }

    /** Classes whose names match may start threads; each says why. */
    static ArchRule onlyStartThreads(String names) {
        return noClasses().that().haveNameNotMatching(names)
            .should().accessTargetWhere(oneOf("starts a thread or a process",
                "java.lang.Thread.<init>()", "java.lang.Thread.start()",
                "java.lang.Runtime.addShutdownHook()", "java.lang.Runtime.exec()",
                "java.lang.ProcessBuilder.start()", "java.util.Timer.<init>()"))
            .orShould().dependOnClassesThat().haveNameMatching(
                "java\\.util\\.concurrent\\.(Executors|CompletableFuture|ThreadPoolExecutor|ForkJoinPool)")
            .allowEmptyShould(false);
    }
}
