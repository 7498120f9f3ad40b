package io.muster.wiring;

import io.muster.users.token.KeyWrap;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the secrets that signing keys are wrapped with. Errors name the setting, and contain nothing of the file. */
final class WrappingSecrets {

    private static final String SETTING = "muster.tokens.wrapping-key-file";
    private static final String HOW = "a line of " + KeyWrap.MINIMUM_CHARACTERS
            + " characters or more, such as `openssl rand -base64 32` makes, the same on all replicas";
    private static final String KNOWN_TO_ALL = "muster-demo-wrapping-key-that-everybody-knows";
    private static final int MAXIMUM_BYTES = 8 * 1024;

    private WrappingSecrets() {}

    static List<String> of(MusterProperties.TokenProperties tokens) {
        if (tokens.wrappingKeyFile() != null) {
            return read(tokens.wrappingKeyFile());
        }
        if (tokens.demoWrappingKey()) {
            return List.of(KNOWN_TO_ALL);
        }
        throw new SettingsException(SETTING + " must be set: a file with " + HOW);
    }

    private static List<String> read(Path file) {
        List<String> secrets = lines(file);
        if (secrets.isEmpty() || secrets.stream().anyMatch(line -> line.length() < KeyWrap.MINIMUM_CHARACTERS)) {
            throw new SettingsException(
                    SETTING + ": the file " + file + " has an empty or short secret; it must have " + HOW);
        }
        return secrets;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw new SettingsException(SETTING + ": the file " + file + " is too large to be one of secrets");
            }
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new SettingsException(SETTING + ": the file " + file + " is no text; it must have " + HOW);
        } catch (IOException e) {
            throw new SettingsException(SETTING + ": the file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }
}
