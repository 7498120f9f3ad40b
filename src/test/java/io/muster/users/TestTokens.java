package io.muster.users;

import io.muster.node.Consensus;
import io.muster.users.store.UserStore;
import io.muster.users.token.KeyWrap;
import io.muster.users.token.RefreshOptions;
import io.muster.users.token.TokenOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tokens with the settings of the defaults. */
public final class TestTokens {

    public static final TokenOptions OPTIONS = new TokenOptions(
            "urn:muster:test",
            "muster",
            Duration.ofMinutes(15),
            Duration.ofDays(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(40),
            Duration.ofMinutes(5),
            false);

    private TestTokens() {}

    public static KeyWrap wrap() {
        return new KeyWrap(List.of("a secret of these tests, long enough"));
    }

    public static Tokens of(Consensus consensus, UserStore store, InstantSource clock) {
        return new Tokens(TestProposals.of(consensus), store, OPTIONS, clock, wrap(), Duration.ofMinutes(1));
    }

    /** Sessions without refresh tokens. */
    public static Sessions sessions(Consensus consensus, UserStore store, Tokens tokens) {
        return sessions(consensus, store, tokens, Optional.empty());
    }

    static Sessions sessions(Consensus consensus, UserStore store, Tokens tokens, Optional<RefreshOptions> refresh) {
        return new Sessions(TestProposals.of(consensus), store, tokens, refresh, Duration.ofMinutes(1));
    }
}
