package io.muster.sim.planted;

import io.muster.mutant.Change;
import java.util.List;

/** Bugs of sessions and passwords: numbers 41 to 45. */
final class AccountBugs {

    private static final String CHANGES = "users/AccountChanges.java";

    private AccountBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                PlantedBug.of(
                                41,
                                "a token is checked against what the replica happens to have applied",
                                Change.of(
                                        "users/Tokens.java",
                                        "long index = proposals.readBarrier(until);\n            Claims claims =",
                                        "long index = store.appliedIndex(); Claims claims ="),
                                Change.ofTestCode(
                                        "users/AccountSteps.java",
                                        "return consensus.readBarrier().thenCompose(",
                                        "return CompletableFuture.completedFuture(store.appliedIndex()).thenCompose("))
                        .alsoCaughtBy("users.ReadPointTest#looksAtTheUserOfATokenBehindAReadPoint"),
                PlantedBug.of(
                                42,
                                "a logout does not raise the epoch",
                                Change.of(
                                        CHANGES,
                                        "case AccountCommand.EndSessions _ -> put(user.withAccess(access.raised()), state);",
                                        "case AccountCommand.EndSessions _ -> put(user.withAccess(access), state);"))
                        .alsoCaughtBy("users.AccountsTest#endsAllSessions"),
                PlantedBug.of(
                                43,
                                "a password is changed by whoever's sessions have ended meanwhile",
                                Change.of(
                                        CHANGES,
                                        "case AccountCommand.ChangePassword change -> change.expectedEpoch() != access.epoch();",
                                        "case AccountCommand.ChangePassword _ -> false;"))
                        .alsoCaughtBy("users.AccountsTest#changesNothingForATokenThatHasDiedMeanwhile"),
                PlantedBug.of(
                                44,
                                "the epoch of a token is not compared",
                                Change.of(
                                        "users/Tokens.java",
                                        "user.access().disabled() || user.access().epoch() != claims.epoch()",
                                        "user.access().disabled()"))
                        .alsoCaughtBy("users.AccountsTest#endsAllSessions"),
                PlantedBug.of(
                        45,
                        "a login looks at the password before the hash, and not again behind it",
                        Change.of(
                                "users/Authenticator.java",
                                "return samePassword && !now.access().disabled();",
                                "return true;")));
    }
}
