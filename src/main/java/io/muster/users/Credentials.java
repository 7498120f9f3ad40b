package io.muster.users;

import java.util.stream.Stream;

/** The name and the password of a new user, both valid. */
record Credentials(Username username, Password password) {

    /** Throws {@link PolicyViolationException}, with all that is wrong, where they are not. */
    static Credentials check(String username, String password, PasswordPolicy policy) {
        Checked<Username> name = Username.check(username);
        Checked<Password> secret =
                policy.check(password, name instanceof Checked.Valid<Username>(Username valid) ? valid : null);
        if (name instanceof Checked.Valid<Username>(Username validName)
                && secret instanceof Checked.Valid<Password>(Password validSecret)) {
            return new Credentials(validName, validSecret);
        }
        throw new PolicyViolationException(
                Stream.of(name, secret).flatMap(Credentials::violation).toList());
    }

    private static Stream<Violation> violation(Checked<?> checked) {
        return checked instanceof Checked.Broken<?>(Violation violation) ? Stream.of(violation) : Stream.empty();
    }
}
