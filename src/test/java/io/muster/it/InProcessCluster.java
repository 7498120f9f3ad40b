package io.muster.it;

import static org.awaitility.Awaitility.await;

import io.muster.wiring.ServerConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Replicas in this JVM, each in a Spring context of its own. */
final class InProcessCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Layout layout;
    private final Map<String, String> settings;
    private final List<Class<?>> sources;
    private final Map<Integer, ConfigurableApplicationContext> running = new TreeMap<>();

    InProcessCluster(int replicas, Path directory) {
        this(replicas, directory, Map.of());
    }

    /** @param settings of every replica, in place of those of the layout */
    InProcessCluster(int replicas, Path directory, Map<String, String> settings) {
        this(replicas, directory, settings, List.of());
    }

    /** @param further components of every replica */
    InProcessCluster(int replicas, Path directory, Map<String, String> settings, List<Class<?>> further) {
        this.layout = Layout.of(replicas, directory);
        this.settings = settings;
        this.sources = Stream.concat(Stream.of(ServerConfiguration.class), further.stream())
                .toList();
    }

    Layout layout() {
        return layout;
    }

    List<FrontDoor> frontDoors() {
        return layout.nodes().stream().map(layout::frontDoor).toList();
    }

    /** Starts what does not run, and waits until every replica is ready. */
    void start() {
        layout.nodes().forEach(node -> running.computeIfAbsent(node, this::run));
        await().atMost(PATIENCE).until(() -> frontDoors().stream().allMatch(FrontDoor::isReady));
    }

    private ConfigurableApplicationContext run(int node) {
        Map<String, String> all = new TreeMap<>(layout.settings(node));
        all.putAll(settings);
        String[] arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .registerShutdownHook(false)
                .run(arguments);
    }

    void stop(int node) {
        ConfigurableApplicationContext context = running.remove(node);
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void close() {
        layout.nodes().forEach(this::stop);
    }
}
