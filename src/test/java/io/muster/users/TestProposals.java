package io.muster.users;

import io.muster.node.Consensus;

/** Proposals of which nothing is taken down. */
public final class TestProposals {

    private TestProposals() {}

    public static Proposals of(Consensus consensus) {
        return new Proposals(consensus, _ -> {});
    }
}
