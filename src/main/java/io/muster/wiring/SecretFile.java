package io.muster.wiring;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files of secrets, one a line. Errors name the setting, and contain nothing of the file. */
final class SecretFile {

    private static final int MAXIMUM_BYTES = 8 * 1024;

    private SecretFile() {}

    /** What such a file is to have. */
    static String description(int minimumCharacters) {
        return "a line of " + minimumCharacters
                + " characters or more, such as `openssl rand -base64 32` makes, the same on all replicas";
    }

    /** One secret or more. */
    static List<String> read(String setting, Path file, int minimumCharacters) {
        List<String> secrets = lines(setting, file, minimumCharacters);
        if (secrets.isEmpty() || secrets.stream().anyMatch(line -> line.length() < minimumCharacters)) {
            throw new SettingsException(setting + ": the file " + file + " has an empty or short secret; it must have "
                    + description(minimumCharacters));
        }
        return secrets;
    }

    private static List<String> lines(String setting, Path file, int minimumCharacters) {
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw new SettingsException(setting + ": the file " + file + " is too large to be one of secrets");
            }
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new SettingsException(
                    setting + ": the file " + file + " is no text; it must have " + description(minimumCharacters));
        } catch (IOException e) {
            throw new SettingsException(setting + ": the file " + file + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }
}
