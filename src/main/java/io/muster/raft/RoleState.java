package io.muster.raft;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a replica keeps while it is in one role, and forgets when it leaves it. */
sealed interface RoleState permits RoleState.Follower, RoleState.Campaign, Leadership {

    Role role();

    /** The leader of the current term, null while unknown. */
    @Nullable
    NodeId leader();

    /**
     * Waits for a leader's messages.
     *
     * @param leader null while unknown
     * @param lastContactNanos when the leader was last heard of
     * @param electionAtNanos when to seek an election unless the leader is heard of before
     */
    record Follower(@Nullable NodeId leader, long lastContactNanos, long electionAtNanos) implements RoleState {
        @Override
        public Role role() {
            return Role.FOLLOWER;
        }
    }

    /** Seeks votes, or pre-votes. Each voter counts once, however often its answer arrives. */
    final class Campaign implements RoleState {

        private final Role role;
        private long retryAtNanos;
        private final Set<NodeId> grantedBy = new TreeSet<>();

        /**
         * Has the vote of this replica itself.
         *
         * @param role {@link Role#PRE_CANDIDATE} or {@link Role#CANDIDATE}
         * @param retryAtNanos when to begin anew
         */
        Campaign(Role role, NodeId self, long retryAtNanos) {
            this.role = role;
            this.retryAtNanos = retryAtNanos;
            grantedBy.add(self);
        }

        @Override
        public Role role() {
            return role;
        }

        @Override
        public @Nullable NodeId leader() {
            return null;
        }

        long retryAtNanos() {
            return retryAtNanos;
        }

        void retryBy(long atNanos) {
            retryAtNanos = Math.min(retryAtNanos, atNanos);
        }

        void granted(NodeId voter) {
            grantedBy.add(voter);
        }

        boolean wonBy(int majority) {
            return grantedBy.size() >= majority;
        }
    }
}
