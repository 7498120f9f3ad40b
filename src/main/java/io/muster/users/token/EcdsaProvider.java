package io.muster.users.token;

import java.security.Provider;
import java.security.Security;
import org.conscrypt.Conscrypt;
import org.slf4j.LoggerFactory;

/**
 * Who computes ES256: Conscrypt, whose native code takes about a quarter of the time of the JDK's; the JDK on platforms that it has
 * no code for.
 */
final class EcdsaProvider {

    static final Provider INSTANCE = choose();

    private EcdsaProvider() {}

    private static Provider choose() {
        if (Conscrypt.isAvailable()) {
            return Conscrypt.newProvider();
        }
        LoggerFactory.getLogger(EcdsaProvider.class)
                .warn(
                        "There is no native code for signatures on this platform; a token takes four times as long to sign");
        return Security.getProvider("SunEC");
    }
}
