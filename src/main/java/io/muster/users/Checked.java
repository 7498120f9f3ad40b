package io.muster.users;

/** A value that was checked against its rules: prepared for use, or a violation. */
sealed interface Checked<T> {

    record Valid<T>(T value) implements Checked<T> {}

    record Broken<T>(Violation violation) implements Checked<T> {}
}
