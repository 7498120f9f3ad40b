package io.muster.sim;

/** What must always hold did not. */
final class SimulationFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    SimulationFailure(String invariant, String message) {
        super(message);
        this.invariant = invariant;
    }

    /** What should have held. */
    String invariant() {
        return invariant;
    }
}
