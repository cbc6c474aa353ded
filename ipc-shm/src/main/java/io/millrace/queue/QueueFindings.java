package io.millrace.queue;

import io.millrace.domain.DomainInspector.Finding;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.domain.DomainInspector.Outlook;
import io.millrace.ring.ChainStatus;
import io.millrace.ring.RingChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a queue: items in dead hands, files that nothing leads to, damage. One object for one look. */
final class QueueFindings {
    private static final Pattern RING = Pattern.compile(QueueLayout.RING_PART + "(\\d{1,9})");
    private static final Pattern MESSAGE = Pattern.compile(QueueLayout.MESSAGE_PART + "(\\d{1,8})-(\\d{1,10})");

    private final Verdict verdict;
    private final ObjectStatus object;
    private final RingChain chain;
    private final List<Finding> findings = new ArrayList<>();

    /** Whether a participant is dead; throws if there never was one. */
    interface Verdict {
        boolean isDead(int owner) throws IOException;
    }

    QueueFindings(Verdict verdict, ObjectStatus object, RingChain chain) {
        this.verdict = verdict;
        this.object = object;
        this.chain = chain;
    }

    List<Finding> list() {
        return List.copyOf(findings);
    }

    ChainStatus look() {
        List<String> orphans = orphans();
        ChainStatus status = chain.inspect((type, payload) -> { });
        for (ChainStatus.InHand hand : status.hands()) {
            judge(hand);
        }
        for (String damage : status.damage()) {
            find("damaged-queue", damage, Outlook.DAMAGE);
        }
        for (String part : orphans) {
            find(RING.matcher(part).matches() ? "unreachable-ring" : "orphan-message",
                "nothing leads to its part " + part + ", and nobody who lives will", Outlook.MENDABLE);
        }
        return status;
    }

    private void judge(ChainStatus.InHand hand) {
        try {
            if (verdict.isDead(hand.owner())) {
                find("dead-hands", "participant " + hand.owner() + " is dead, and has in its hands: claimed "
                    + hand.claimed() + ", taken " + hand.taken(), Outlook.MENDABLE);
            }
        } catch (IllegalArgumentException e) {
            find("damaged-queue", "a record names participant " + hand.owner() + ", whom there never was",
                Outlook.DAMAGE);
        } catch (IOException e) {
            find("unknown-hands", "no verdict on participant " + hand.owner() + ": " + e.getMessage(), Outlook.REMARK);
        }
    }

    /** Its parts that nothing leads to and that nobody will lead to any more. */
    List<String> orphans() {
        List<String> orphans = new ArrayList<>();
        List<Integer> rings = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (String part : object.parts()) {
            Matcher ring = RING.matcher(part);
            Matcher message = MESSAGE.matcher(part);
            if (ring.matches()) {
                rings.add(Integer.parseInt(ring.group(1)));
            } else if (message.matches() && isDead(Integer.parseInt(message.group(1)))) {
                messages.add(part);
            }
        }
        chain.unreachable(rings, this::isDead).forEach(id -> orphans.add(QueueLayout.RING_PART + id));
        orphans.addAll(unreferred(messages));
        return orphans;
    }

    /** Those of dead producers, who publish no more; so what no record refers to now, none ever will. */
    private List<String> unreferred(List<String> messages) {
        if (messages.isEmpty()) {
            return messages;
        }
        Set<String> referred = new HashSet<>();
        ChainStatus status = chain.inspect((type, payload) -> {
            if ((type & ~MessageType.WITH_HANDLES) == MessageType.LARGE
                && payload.length() >= LargeMessages.REFERENCE_LENGTH) {
                referred.add(LargeMessages.part(payload));
            }
        });
        return status.damage().isEmpty() ? messages.stream().filter(part -> !referred.contains(part)).toList()
            : List.of();
    }

    private boolean isDead(int owner) {
        try {
            return verdict.isDead(owner);
        } catch (IOException | IllegalArgumentException e) {
            return false; // unknown means alive
        }
    }

    private void find(String sort, String detail, Outlook outlook) {
        findings.add(new Finding(sort, object.name(), detail, outlook));
    }
}
