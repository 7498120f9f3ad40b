package io.muster.wiring;

/** A setting is wrong. The message names the setting and what it must be. */
final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
