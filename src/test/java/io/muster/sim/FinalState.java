package io.muster.sim;

import io.muster.history.Act;
import io.muster.history.Act.Session;
import io.muster.history.History;
import io.muster.history.Operation;
import io.muster.history.Operation.Outcome;
import io.muster.history.SharedName;
import io.muster.users.RegistrySteps;
import io.muster.users.store.User;
import java.util.List;

/** What replicas hold in the end, as if each user logged in and each token was shown everywhere. */
record FinalState(long nowNanos, History history) {

    void read(SimulatedReplica replica, List<SharedName> names) {
        for (User user : replica.store().users()) {
            login(replica, user);
        }
        for (SharedName name : names) {
            for (Session session : name.sessions()) {
                boolean live = replica.accounts().isLive(AccountCall.token(session));
                add(replica, name.name(), new Act.Me(session), live ? Outcome.OK : Outcome.INVALID_TOKEN);
            }
        }
    }

    private void login(SimulatedReplica replica, User user) {
        int password = RegistrySteps.password(user.passwordHash());
        if (user.access().disabled()) {
            add(replica, user.username(), new Act.Login(password, null), Outcome.INVALID_CREDENTIALS);
        } else {
            Session session = new Session(user.id(), user.access().epoch());
            add(replica, user.username(), new Act.Login(password, session), Outcome.OK);
        }
    }

    private void add(SimulatedReplica replica, String name, Act act, Outcome outcome) {
        history.add(new Operation(-replica.id().value(), act, name, nowNanos, nowNanos, outcome));
    }
}
