package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs that clients see, and of what is applied: numbers 29 to 31. */
final class ClientBugs {

    private static final String MACHINE = "users/UserStateMachine.java";

    private ClientBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                                29,
                                "a write whose leader is gone is reported as applied nowhere",
                                Change.of(
                                        "node/Requests.java",
                                        "new ConsensusException.OutcomeUnknown(\"the leader changed\")",
                                        "new ConsensusException.NoQuorum(\"the leader changed\")"),
                                Change.of(
                                        "node/EventLoop.java",
                                        "new ConsensusException.OutcomeUnknown(\"no majority answered in time\")",
                                        "new ConsensusException.NoQuorum(\"no majority answered in time\")"))
                        .alsoCaughtBy("node.ReplicaTest#saysUnknownOnceTheLogHasIt"),
                PlantedBug.of(
                        30,
                        "a retry is applied like the first time",
                        Change.of(
                                MACHINE,
                                "Request seen = key == null ? null : state.request(key);",
                                "Request seen = null;")),
                PlantedBug.of(
                        31,
                        "apply draws the id of a user",
                        Change.of(
                                MACHINE,
                                "state.put(command.user());",
                                "state.put(new io.muster.users.store.User(java.util.UUID.randomUUID(),"
                                        + " command.user().username(), command.user().passwordHash(),"
                                        + " command.user().createdAtMillis()));")));
    }
}
