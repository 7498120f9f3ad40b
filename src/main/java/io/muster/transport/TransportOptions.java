package io.muster.transport;

import java.time.Duration;

/**
 * Settings of the peer traffic.
 *
 * @param messageDeadline for votes, heartbeats and read points
 * @param requestDeadline for a command that is passed on
 */
public record TransportOptions(Duration messageDeadline, Duration requestDeadline) {}
