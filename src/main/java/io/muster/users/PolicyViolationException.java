package io.muster.users;

import java.util.List;
import java.util.stream.Collectors;

/** Values of the request break rules. */
public final class PolicyViolationException extends RegistryException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    PolicyViolationException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> violation.field() + " " + violation.detail())
                .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** All of them, in the order of the fields; at least one. */
    public List<Violation> violations() {
        return violations;
    }
}
