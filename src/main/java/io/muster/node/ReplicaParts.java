package io.muster.node;

import io.muster.storage.DataDirectory;
import io.muster.storage.DurableLog;

/**
 * What a replica is made of.
 *
 * @param directory its data directory; closed by whoever opened it
 * @param log the log in it
 * @param stateMachine driven by the log
 */
public record ReplicaParts(
        DataDirectory directory,
        DurableLog log,
        StateMachine stateMachine,
        Transport transport,
        Clock clock,
        Workers workers,
        FatalHandler fatal,
        int maxApplyBytes) {}
