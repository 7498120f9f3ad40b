package io.muster.users;

/** How new passwords are hashed. What is stored names its own scheme, and is verified by that. */
public sealed interface HashScheme {

    /** Argon2id (RFC 9106) with parallelism 1. */
    record Argon2id(HashParameters parameters) implements HashScheme {

        @Override
        public boolean belowRecommendation() {
            return parameters.belowRecommendation();
        }
    }

    /**
     * bcrypt, which takes no more than 72 bytes of a password.
     *
     * @param cost 4 to 16; each is twice the work of the one before
     */
    record Bcrypt(int cost) implements HashScheme {

        private static final int RECOMMENDED_COST = 10;

        public Bcrypt {
            if (cost < BcryptHash.MINIMUM_COST || cost > BcryptHash.MAXIMUM_COST) {
                throw new IllegalArgumentException("the cost of bcrypt is " + BcryptHash.MINIMUM_COST + " to "
                        + BcryptHash.MAXIMUM_COST + ", not " + cost);
            }
        }

        @Override
        public boolean belowRecommendation() {
            return cost < RECOMMENDED_COST;
        }
    }

    /** Whether it is below the minimum of the OWASP Password Storage Cheat Sheet. */
    boolean belowRecommendation();
}
