package io.muster.users.store;

import java.nio.charset.StandardCharsets;
import org.rocksdb.RocksDB;

/** The column families. Their names are on disk. */
enum Family {
    /** How far the state is, and its hash. */
    META(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.US_ASCII)),
    /** User id to user. */
    USERS("users"),
    /** Username to user id. */
    NAMES("names"),
    /** Request key to idempotency record. */
    REQUESTS("requests"),
    /** Time stamp and request key, in order, to nothing. */
    STAMPS("request-stamps"),
    /** Ids of the users who may administer users, to nothing. */
    ADMINISTRATORS("administrators"),
    /** Key id to signing key. */
    SIGNING_KEYS("signing-keys");

    final String label;

    Family(String label) {
        this.label = label;
    }
}
