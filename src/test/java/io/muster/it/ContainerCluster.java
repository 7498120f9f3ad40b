package io.muster.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.PortBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/** Three replicas as containers of the image that this checkout builds, published on the loopback interface only. */
final class ContainerCluster implements AutoCloseable {

    private static final String IMAGE = "muster-it:latest";
    private static final String LABEL = "io.muster.it";
    private static final List<Integer> NODES = List.of(1, 2, 3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String run = UUID.randomUUID().toString();
    private final DockerClient docker = DockerClientFactory.instance().client();
    private final List<Integer> ports = Ports.free(NODES.size());
    private final Map<Integer, GenericContainer<?>> containers = new TreeMap<>();
    private final Network network = Network.builder()
            .createNetworkCmdModifier(command -> command.withLabels(Map.of(LABEL, run)))
            .build();

    static void buildImage(Path output) throws IOException, InterruptedException {
        ProcessBuilder build = new ProcessBuilder("docker", "build", "--tag", IMAGE, ".")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        build.environment().put("DOCKER_BUILDKIT", "1");
        assertThat(build.start().waitFor()).as("docker build, see %s", output).isZero();
    }

    List<FrontDoor> frontDoors() {
        return ports.stream().map(FrontDoor::new).toList();
    }

    FrontDoor frontDoor(int node) {
        return new FrontDoor(ports.get(node - 1));
    }

    /** Starts what does not run, and waits until all are ready. */
    void start() {
        for (int node : NODES) {
            GenericContainer<?> container = containers.computeIfAbsent(node, this::container);
            if (container.getContainerId() == null) {
                container.start();
            } else if (!container.isRunning()) {
                docker.startContainerCmd(container.getContainerId()).exec();
            }
        }
        await().atMost(PATIENCE).until(() -> frontDoors().stream().allMatch(FrontDoor::isReady));
    }

    private GenericContainer<?> container(int node) {
        PortBinding binding = PortBinding.parse("127.0.0.1:" + ports.get(node - 1) + ":808" + node);
        return new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withImagePullPolicy(_ -> false)
                .withNetwork(network)
                .withNetworkAliases("node" + node)
                .withLabel(LABEL, run)
                .withEnv("SPRING_PROFILES_ACTIVE", "node" + node)
                .withEnv("SERVER_PORT", "808" + node)
                .withEnv("MUSTER_PEERS", "1=node1:50051,2=node2:50052,3=node3:50053")
                .withEnv("MUSTER_PASSWORDS_ARGON2_MEMORYKIB", "8")
                .withEnv("MUSTER_PASSWORDS_ARGON2_ITERATIONS", "1")
                .withCreateContainerCmdModifier(
                        command -> requireNonNull(command.getHostConfig()).withPortBindings(binding));
    }

    int leader() {
        return NODES.stream()
                .filter(node -> frontDoor(node).isLeader())
                .findFirst()
                .orElseThrow();
    }

    List<FrontDoor> others(int node) {
        return NODES.stream()
                .filter(other -> other != node)
                .map(this::frontDoor)
                .toList();
    }

    void kill(int node) {
        docker.killContainerCmd(id(node)).exec();
    }

    void pause(int node) {
        docker.pauseContainerCmd(id(node)).exec();
    }

    void resume(int node) {
        docker.unpauseContainerCmd(id(node)).exec();
    }

    void cutOff(int node) {
        docker.disconnectFromNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id(node))
                .withForce(true)
                .exec();
    }

    void heal(int node) {
        docker.connectToNetworkCmd()
                .withNetworkId(network.getId())
                .withContainerId(id(node))
                .withContainerNetwork(new ContainerNetwork().withAliases("node" + node))
                .exec();
    }

    private String id(int node) {
        return requireNonNull(containers.get(node)).getContainerId();
    }

    /** Without Testcontainers' own cleaner, which not every machine has. */
    @Override
    public void close() {
        docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(LABEL, run))
                .exec()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
        network.close();
    }
}
