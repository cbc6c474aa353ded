package io.millrace.codec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An ordinary object to be serialised. */
record Job(String name, List<Integer> numbers, Map<String, Job> parts) implements Serializable {
    static Job random(Random random, int depth) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = random.nextInt(10); i > 0; i--) {
            numbers.add(random.nextInt());
        }
        Map<String, Job> parts = new HashMap<>();
        for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
            parts.put("part" + i, random(random, depth - 1));
        }
        return new Job("job " + random.nextLong(), numbers, parts);
    }
}
