package io.muster.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Tells the user of a known reason for a failed start what it is, in place of a stack trace. */
public final class StartFailureAnalyzer implements FailureAnalyzer {

    private static final int UNKNOWN = 70;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        StopReason reason = StopReason.of(failure);
        return reason.exitCode() == UNKNOWN
                ? null
                : new FailureAnalysis(reason.description(), reason.action(), failure);
    }
}
