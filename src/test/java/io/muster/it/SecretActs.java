package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** What users and an administrator do with secrets, with the mistakes that people make. */
final class SecretActs {

    private static final String WRONG_CODE = "00000-00000-00000-00000";
    private static final int BCRYPT_COST = 4;
    private static final byte[] SALT = "of sixteen bytes".getBytes(StandardCharsets.US_ASCII);

    private final Confidant confidant;

    SecretActs(Confidant confidant) {
        this.confidant = confidant;
    }

    /** Takes over from whoever made the administrator. Answers the new password. */
    String becomeAdministrator(FrontDoor replica, String username, String given) {
        String password = confidant.password("the administrator's");
        confidant.changePassword(replica, confidant.login(replica, username, given), given, password, 204);
        return password;
    }

    /** All that happens to a user: he registers, changes and forgets his password, and goes. */
    void liveAsUser(FrontDoor replica, FrontDoor other, String name, String administrator) {
        String first = registerAndReplay(replica, other, name);
        String second = change(replica, other, name, first);
        String token = confidant.login(other, name, second);
        String third = reset(replica, name, confidant.resetCode(other, token, administrator));
        token = confidant.login(other, name, third);
        confidant.delete(replica, token, confidant.password("mistyped at a deletion"), 401);
        confidant.delete(replica, token, third, 204);
    }

    private String registerAndReplay(FrontDoor replica, FrontDoor other, String name) {
        String password = confidant.password("registered");
        confidant.register(replica, name, password, 201);
        confidant.register(other, name, password, 201);
        confidant.register(other, name, confidant.password("mistyped at a replay"), 422);
        confidant.register(replica, name + "-2", confidant.password("against the rules") + '\u0007', 422);
        confidant.refuseLogin(other, name, confidant.password("mistyped"));
        confidant.refuseLogin(replica, confidant.password("in place of a name"), password);
        confidant.refuseLogin(replica, "nobody", confidant.password("of nobody"));
        return password;
    }

    private String change(FrontDoor replica, FrontDoor other, String name, String first) {
        String second = confidant.password("changed");
        String token = confidant.login(replica, name, first);
        confidant.changePassword(replica, token, confidant.password("mistyped at a change"), second, 401);
        confidant.changePassword(replica, token, first, second, 204);
        confidant.send(other, confidant.as(token, other.request("/users/me")), 401);
        confidant.send(replica, confidant.as(token + "x", replica.request("/users/me")), 401);
        return second;
    }

    private String reset(FrontDoor replica, String name, String code) {
        String third = confidant.password("set by a code");
        confidant.reset(replica, name, WRONG_CODE, third, 401);
        confidant.reset(replica, name, code, third, 204);
        confidant.reset(replica, name, code, third, 401);
        return third;
    }

    /** A hash of elsewhere, by which its password opens the door, and is hashed anew. */
    void liveAsImported(FrontDoor replica, FrontDoor other, String name, String administrator) {
        String password = confidant.password("imported as a hash");
        String hash = OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), SALT, BCRYPT_COST);
        String lines = String.join(
                "\n",
                confidant.importLine(name, hash),
                Confidant.json(Map.of("username", "wrong", "hash", confidant.password("in place of a hash"))),
                Confidant.json(Map.of("username", "wrong", "password", confidant.password("imported"))),
                Confidant.json(Map.of("username", "wrong", confidant.secret("as a name of an import"), 1)),
                Confidant.json(Map.of("username", "wrong", "hash", hash, "disabled", confidant.secret("as a flag"))),
                confidant.secret("as a line of an import"));
        var summary = confidant.importUsers(replica, administrator, lines).json();
        assertThat(summary.path("created").asInt()).isEqualTo(1);
        assertThat(summary.path("invalid").asInt()).isEqualTo(5);
        confidant.login(other, name, password);
        String token = confidant.login(replica, name, password);
        confidant.send(replica, confidant.as(token, replica.request("/users/me")), 200);
        confidant.refuseLogin(other, name, confidant.password("mistyped for an imported user"));
    }
}
