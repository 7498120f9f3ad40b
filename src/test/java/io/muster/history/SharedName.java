package io.muster.history;

import io.muster.history.Act.Session;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A name with which several clients do at once whatever can be done: what they know of it, and what is next. Thread-safe. */
public final class SharedName {

    private static final int TWENTY = 20;
    private static final int REOPENED_ONE_IN = 3;

    private final String name;
    private final List<Session> sessions = new ArrayList<>();
    private int passwords;
    private int lastSet = 1;
    /** What nobody can log in after, and is to be undone soon; null for nothing. */
    private @Nullable Act closedBy;

    private int acts;

    public SharedName(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** How many acts were drawn. */
    public synchronized int acts() {
        return acts;
    }

    /** What tokens stand for that were given, the newest last. */
    public synchronized List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** How many passwords were set, or tried to: they are numbered from 1. */
    public synchronized int passwords() {
        return passwords;
    }

    /** Takes what has come of an act. */
    public synchronized void learn(Operation operation) {
        if (operation.outcome() == Outcome.OK) {
            switch (operation.act()) {
                case Act.Login(int _, Session given) -> sessions.add(Objects.requireNonNull(given));
                case Act.Register registration -> {
                    lastSet = registration.password();
                    closedBy = null;
                }
                case Act.ChangePassword change -> lastSet = change.replacement();
                case Act.Delete deletion -> closedBy = deletion;
                case Act.SetDisabled change -> closedBy = change.disabled() ? change : null;
                case Act.Me _, Act.EndSessions _ -> {}
            }
        }
    }

    /** What to do next. */
    public synchronized Act next(RandomGenerator random) {
        acts++;
        if (closedBy != null && random.nextInt(REOPENED_ONE_IN) == 0) {
            return closedBy instanceof Act.SetDisabled closing
                    ? new Act.SetDisabled(closing.userId(), false)
                    : new Act.Register(++passwords, null);
        }
        int choice = random.nextInt(TWENTY);
        if (passwords == 0 || choice < 1 || (sessions.isEmpty() && choice < 5)) {
            return new Act.Register(++passwords, null);
        }
        return sessions.isEmpty() || choice < 7
                ? new Act.Login(password(random), null)
                : bySession(choice, recent(random), random);
    }

    private Act bySession(int choice, Session session, RandomGenerator random) {
        if (choice < 13) {
            return new Act.Me(session);
        }
        if (choice < 15) {
            return new Act.EndSessions(session);
        }
        if (choice < 17) {
            return new Act.ChangePassword(session, password(random), ++passwords);
        }
        return choice < 18
                ? new Act.Delete(session, password(random))
                : new Act.SetDisabled(session.userId(), random.nextInt(4) == 0);
    }

    /** Most of the time the newest, else any. */
    private Session recent(RandomGenerator random) {
        return sessions.get(random.nextInt(4) > 0 ? sessions.size() - 1 : random.nextInt(sessions.size()));
    }

    /** Most of the time what was set last, else any. */
    private int password(RandomGenerator random) {
        return random.nextInt(4) > 0 ? lastSet : 1 + random.nextInt(passwords);
    }
}
