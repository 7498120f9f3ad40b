package io.muster.client;

import java.util.List;

/**
 * What an import came to. All of it is durable.
 *
 * @param created users that were inserted
 * @param conflicts users whose name or id another user holds
 * @param invalid lines that were no user, or broke a rule
 * @param errors conflicts and invalid lines, the first 1,000 of them
 */
public record ImportSummary(long created, long conflicts, long invalid, List<LineError> errors) {

    public ImportSummary {
        errors = List.copyOf(errors);
    }

    /**
     * What was wrong with one line.
     *
     * @param line 1 for the first
     * @param code stable, for programs
     * @param detail for people; holds no value of the line
     */
    public record LineError(long line, String code, String detail) {}
}
