package io.muster.client;

import java.util.List;

/** A server said no; the same call would be refused again. */
public final class RefusedException extends MusterException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<String> reasons;

    RefusedException(int status, String code, List<String> reasons) {
        super("refused with status " + status + (code.isEmpty() ? "" : ", " + code));
        this.status = status;
        this.code = code;
        this.reasons = List.copyOf(reasons);
    }

    /** The HTTP status, 400 to 499. */
    public int status() {
        return status;
    }

    /** The problem's stable code, such as {@code username-taken}; empty when the server gave none. */
    public String code() {
        return code;
    }

    /** One sentence each, most general first, as the server wrote them. */
    public List<String> reasons() {
        return reasons;
    }
}
