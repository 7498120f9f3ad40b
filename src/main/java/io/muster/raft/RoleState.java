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
        private final Set<NodeId> willing;

        /**
         * Has the vote of this replica itself.
         *
         * @param role {@link Role#PRE_CANDIDATE} or {@link Role#CANDIDATE}
         * @param willing who would vote for this replica, by what is known
         * @param retryAtNanos when to begin anew
         */
        Campaign(Role role, NodeId self, Set<NodeId> willing, long retryAtNanos) {
            this.role = role;
            this.willing = new TreeSet<>(willing);
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

        Set<NodeId> grantedBy() {
            return Set.copyOf(grantedBy);
        }

        void refused(NodeId voter) {
            willing.remove(voter);
        }

        /** Whether too few are left of those who were willing. */
        boolean isSplit(int majority) {
            return willing.size() < majority;
        }

        boolean wonBy(int majority) {
            return grantedBy.size() >= majority;
        }
    }
}
