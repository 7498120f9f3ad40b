package io.muster.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

/** The first administrator of a cluster that is started with {@link #SETTINGS}. */
final class Root {

    static final String NAME = "root";

    static final Map<String, String> SETTINGS =
            Map.of("muster.admin.username", NAME, "muster.admin.password", FrontDoor.PASSWORD);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Root() {}

    /** Waits until the leader has made him; a token of his then. */
    static String awaitToken(FrontDoor replica) {
        return await().atMost(PATIENCE)
                .until(() -> replica.login(NAME), login -> login.status() == 200)
                .json()
                .path("access_token")
                .asString();
    }
}
