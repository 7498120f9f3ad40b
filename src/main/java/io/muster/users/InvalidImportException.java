package io.muster.users;

/** A user of an import breaks a rule. The others are not concerned. */
public final class InvalidImportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Violation violation;

    InvalidImportException(Violation violation) {
        super(violation.field() + " " + violation.detail(), null, false, false);
        this.violation = violation;
    }

    /** The rule. */
    public Violation violation() {
        return violation;
    }
}
