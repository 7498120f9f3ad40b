package io.muster.chaos;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first administrator of the cluster, whose sessions nobody ends. Thread-safe. */
final class Administrator {

    static final String USERNAME = "chaos-root";
    static final String PASSWORD = "kestrel-lantern-93-fjord";

    private final Cluster cluster;
    private volatile @Nullable String token;

    Administrator(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The token of a login, at that replica if there was none yet; none where it gives none. */
    Optional<String> token(int node) throws InterruptedException {
        String known = token;
        if (known == null) {
            Door.Reply reply = cluster.door(node).login(USERNAME, PASSWORD);
            known = reply.status() == 200 ? reply.text("access_token") : null;
            token = known;
        }
        return Optional.ofNullable(known);
    }

    /** After a token that was refused. */
    void forgetToken() {
        token = null;
    }
}
