package io.muster.chaos;

import java.util.List;

/**
 * What a run has shown.
 *
 * @param failures empty if all was as it must be
 * @param isVoid whether too little was answered during faults to show anything
 */
record Verdict(List<String> failures, boolean isVoid) {

    private static final int FAILED = 1;
    private static final int VOID = 3;

    Verdict {
        failures = List.copyOf(failures);
    }

    /** Of the process. */
    int exitCode() {
        if (!failures.isEmpty()) {
            return FAILED;
        }
        return isVoid ? VOID : 0;
    }

    @Override
    public String toString() {
        if (!failures.isEmpty()) {
            return "FAILED: " + String.join("\nFAILED: ", failures);
        }
        return isVoid ? "VOID: too little was answered during faults" : "sound";
    }
}
