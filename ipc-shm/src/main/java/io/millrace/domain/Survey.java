package io.millrace.domain;

import io.millrace.domain.DomainInspector.Finding;
import io.millrace.domain.DomainInspector.ObjectStatus;
import io.millrace.domain.DomainInspector.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One look at all files of a domain: the names first, then the verdicts on those whom the names name, then the objects.
 * In this order, so that nothing is taken for an orphan whose creator was about to finish it; see {@link Reaper}.
 */
final class Survey {
    /** What is known of an id that a name names. */
    private enum Life { ALIVE, DEAD, NOBODY }

    private final Observer observer;
    private final List<FoundFile> files;
    private final Map<Integer, Life> makers = new HashMap<>();
    /** Of the objects that could be read, by name. */
    private final Map<String, String> tags = new HashMap<>();
    private final List<ObjectStatus> objects = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private Survey(Observer observer, List<FoundFile> files) {
        this.observer = observer;
        this.files = files;
    }

    static Survey of(Path directory, Observer observer) throws IOException {
        Survey survey = new Survey(observer, Reaper.list(directory));
        for (FoundFile file : survey.files) {
            if (file.maker() > 0 && !survey.makers.containsKey(file.maker())) {
                survey.makers.put(file.maker(), survey.lifeOf(file.maker()));
            }
        }
        for (FoundFile file : survey.files) {
            if (file.sort() == FoundFile.Sort.ANCHOR) {
                List<FoundFile> parts = survey.filter(other -> other.sort() == FoundFile.Sort.PART
                    && other.object().equals(file.object()));
                ObjectLook look = new ObjectLook(observer, file, parts);
                look.status().ifPresent(survey.objects::add);
                survey.tags.put(file.object(), look.tag());
            }
        }
        survey.objects.forEach(survey::judge);
        for (FoundFile file : survey.files) {
            survey.judge(file);
        }
        return survey;
    }

    List<ObjectStatus> objects() {
        return List.copyOf(objects);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private List<FoundFile> filter(Predicate<FoundFile> condition) {
        return files.stream().filter(condition).toList();
    }

    private Life lifeOf(int maker) {
        try {
            return !observer.isHandedOut(maker) ? Life.NOBODY : observer.isDead(maker) ? Life.DEAD : Life.ALIVE;
        } catch (IOException | IllegalArgumentException e) {
            return Life.ALIVE; // unknown
        }
    }

    private void judge(ObjectStatus object) {
        if (object.problem() != null) {
            find("damaged-object", object.name(), object.problem(), Outlook.DAMAGE);
        } else if (object.removed()) {
            find("removed-object", object.name(), "is marked removed, and its files are still there", Outlook.MENDABLE);
        } else if (!object.named() && object.users().isEmpty()) {
            find("orphan-object", object.name(), "is anonymous, and nobody who lives uses it", Outlook.MENDABLE);
        }
    }

    private void judge(FoundFile file) throws IOException {
        switch (file.sort()) {
            case PART -> judgePart(file);
            case TEMPORARY -> judgeTemporary(file);
            case NOTE -> judgeNote(file);
            case FOREIGN -> find("foreign-file", file.name(), "is nothing that Millrace makes", Outlook.REMARK);
            default -> { }
        }
    }

    private void judgePart(FoundFile file) throws IOException {
        ObjectStatus object = objects.stream().filter(one -> one.name().equals(file.object())).findFirst().orElse(null);
        boolean unknown = object != null && object.problem() != null;
        boolean isPart = object != null && file.tag().equals(tags.get(file.object()));
        if (unknown || isPart || !exists(file)) {
            return;
        }
        if (makers.get(file.maker()) == Life.DEAD) {
            find("orphan-part", file.name(), "is of no object, and participant " + file.maker()
                + ", who would have made one, is dead; " + Files.size(file.path()) + " bytes", Outlook.MENDABLE);
        } else if (makers.get(file.maker()) == Life.NOBODY) {
            find("foreign-file", file.name(), "names participant " + file.maker() + ", whom there never was",
                Outlook.REMARK);
        }
    }

    private void judgeTemporary(FoundFile file) throws IOException {
        if (!exists(file)) {
            return;
        }
        if (makers.get(file.maker()) == Life.DEAD) {
            find("half-created", file.name(), "its maker, participant " + file.maker()
                + ", died before it had its name; " + Files.size(file.path()) + " bytes", Outlook.MENDABLE);
        } else if (makers.get(file.maker()) != Life.ALIVE) {
            find("temporary-file", file.name(), "its name does not say who makes it; remove it when no program uses the"
                + " domain", Outlook.REMARK);
        }
    }

    private void judgeNote(FoundFile file) {
        String[] words = file.name().split("\\.");
        Seat seat = new Seat(Long.parseLong(words[1]), Integer.parseInt(words[2]));
        try {
            if (observer.isOfGone(seat) && exists(file)) {
                find("dead-note", file.name(), "the process of participant " + seat.id() + " is gone",
                    Outlook.MENDABLE);
            }
        } catch (IOException e) {
            find("damaged-note", file.name(), e.getMessage(), Outlook.DAMAGE);
        }
    }

    private static boolean exists(FoundFile file) {
        return Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS);
    }

    private void find(String sort, String name, String detail, Outlook outlook) {
        findings.add(new Finding(sort, name, detail, outlook));
    }
}
