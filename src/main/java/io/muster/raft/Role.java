package io.muster.raft;

/** What a replica is in its current term (paper section 5.1; pre-candidate: dissertation section 9.6). */
public enum Role {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
}
