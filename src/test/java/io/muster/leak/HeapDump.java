package io.muster.leak;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is alive in the heap of a process. Not thread-safe. */
public final class HeapDump {

    /** Deeper than any chain of interest. */
    private static final int LONGEST_CHAIN = 10;

    private record Holder(long id, String type) {

        /** No copy of the array. */
        boolean isWindow() {
            return type.equals("java.nio.HeapByteBuffer");
        }
    }

    private final Hprof hprof;

    private HeapDump(Path file) throws IOException {
        this.hprof = new Hprof(file);
    }

    /**
     * Collects the garbage of a process of this user, and dumps the rest.
     *
     * @param file is replaced
     */
    public static HeapDump of(long pid, Path file) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.heap_dump",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0 || !Files.exists(file)) {
            throw new IOException("no heap dump of " + pid + ": " + said);
        }
        return new HeapDump(file);
    }

    /**
     * Who holds secrets: for each array that has some, what they are, and a chain of references to it.
     *
     * @param allowed classes that may hold such an array, by themselves or by a window on it; and nobody else
     */
    public List<String> holders(Needles needles, Predicate<String> allowed) {
        Map<Long, Set<Secret>> found = find(needles);
        Map<Long, List<Holder>> holders = holdersOf(found.keySet());
        Map<Long, List<Holder>> beyond = holdersOf(windows(holders));
        found.keySet().removeIf(array -> isHeldBy(allowed, holders.getOrDefault(array, List.of()), beyond));
        return chains(found.keySet()).entrySet().stream()
                .map(chain -> found.get(chain.getKey()) + " in an array" + chain.getValue())
                .toList();
    }

    private static Set<Long> windows(Map<Long, List<Holder>> holders) {
        return holders.values().stream()
                .flatMap(List::stream)
                .filter(Holder::isWindow)
                .map(Holder::id)
                .collect(Collectors.toSet());
    }

    private static boolean isHeldBy(
            Predicate<String> allowed, List<Holder> holders, Map<Long, List<Holder>> beyondWindows) {
        return !holders.isEmpty()
                && holders.stream()
                        .allMatch(holder -> holder.isWindow()
                                ? isHeldBy(allowed, beyondWindows.getOrDefault(holder.id, List.of()), Map.of())
                                : allowed.test(holder.type));
    }

    private Map<Long, Set<Secret>> find(Needles needles) {
        Map<Long, Set<Secret>> found = new LinkedHashMap<>();
        hprof.read(new Hprof.Visitor() {
            @Override
            public void text(long id, byte[] content) {
                Set<Secret> secrets = needles.in(content);
                if (!secrets.isEmpty()) {
                    found.put(id, secrets);
                }
            }
        });
        return found;
    }

    private Map<Long, List<Holder>> holdersOf(Set<Long> ids) {
        Map<Long, List<Holder>> holders = new HashMap<>();
        hprof.read(new Hprof.Visitor() {
            @Override
            public void reference(long from, String type, long to) {
                if (ids.contains(to)) {
                    holders.computeIfAbsent(to, _ -> new ArrayList<>()).add(new Holder(from, type));
                }
            }
        });
        return holders;
    }

    /** One of the chains to each. */
    private Map<Long, String> chains(Set<Long> arrays) {
        Map<Long, String> chains = new LinkedHashMap<>();
        Map<Long, Long> ends = new HashMap<>();
        arrays.forEach(array -> {
            chains.put(array, "");
            ends.put(array, array);
        });
        for (int i = 0; i < LONGEST_CHAIN && !ends.isEmpty(); i++) {
            Map<Long, List<Holder>> holders = holdersOf(Set.copyOf(ends.values()));
            ends.entrySet().removeIf(end -> !holders.containsKey(end.getValue()));
            ends.replaceAll((array, end) -> {
                Holder next = requireNonNull(holders.get(end)).getFirst();
                chains.merge(array, " <- " + next.type, String::concat);
                return next.id;
            });
        }
        return chains;
    }
}
