package io.muster.users.token;

import java.security.Provider;
import java.security.Security;
import org.conscrypt.Conscrypt;

/**
 * Who computes ES256: Conscrypt, whose native code takes about a quarter of the time of the JDK's; the JDK on platforms that it has
 * no code for.
 */
final class EcdsaProvider {

    static final Provider INSTANCE = Conscrypt.isAvailable() ? Conscrypt.newProvider() : Security.getProvider("SunEC");

    private EcdsaProvider() {}
}
