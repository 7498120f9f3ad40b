package io.muster.users.token;

/** This replica cannot sign with the cluster's key. Most likely, it was given another secret than the others. */
public final class UnusableSigningKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableSigningKeyException(String keyId, String why) {
        super("the key " + keyId + ", which signs tokens, cannot be used: " + why
                + "; muster.tokens.wrapping-key-file must be the same on all replicas");
    }
}
