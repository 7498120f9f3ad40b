package io.muster.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for secrets in all their forms at once. Thread-safe. */
public final class Needles {

    private static final class Needle {

        final Secret secret;
        final byte[] form;

        Needle(Secret secret, byte[] form) {
            this.secret = secret;
            this.form = form;
        }
    }

    private final Map<Short, List<Needle>> byStart = new HashMap<>();
    private final boolean[] starts = new boolean[1 << Short.SIZE];

    public Needles(Collection<Secret> secrets) {
        for (Secret secret : secrets) {
            secret.forms().forEach(form -> {
                short start = start(form, 0);
                starts[Short.toUnsignedInt(start)] = true;
                byStart.computeIfAbsent(start, _ -> new ArrayList<>()).add(new Needle(secret, form));
            });
        }
    }

    /** Those that are in there. */
    public Set<Secret> in(byte[] bytes) {
        Set<Secret> found = new LinkedHashSet<>();
        for (int at = 0; at < bytes.length - 1; at++) {
            short start = start(bytes, at);
            if (starts[Short.toUnsignedInt(start)]) {
                addThoseAt(bytes, at, byStart.getOrDefault(start, List.of()), found);
            }
        }
        return found;
    }

    private static void addThoseAt(byte[] bytes, int at, List<Needle> needles, Set<Secret> found) {
        for (Needle needle : needles) {
            int end = at + needle.form.length;
            if (end <= bytes.length && Arrays.equals(bytes, at, end, needle.form, 0, needle.form.length)) {
                found.add(needle.secret);
            }
        }
    }

    private static short start(byte[] bytes, int at) {
        return (short) (bytes[at] << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]));
    }
}
