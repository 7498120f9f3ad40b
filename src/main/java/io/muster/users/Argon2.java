package io.muster.users;

import io.muster.raft.Bytes;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/** Computes Argon2id (RFC 9106) in memory that it keeps from one hash to the next. For one thread at a time. */
final class Argon2 {

    private final FixedBlockPool memory;
    private final Peppers peppers;

    /** Keeps memory for hashes of these parameters. Larger ones work; what they need beyond is garbage afterwards. */
    Argon2(HashParameters parameters, Peppers peppers) {
        this.peppers = peppers;
        memory = new FixedBlockPool(Argon2BytesGenerator.getBlockCount(parameters.memoryKib(), 1));
    }

    /** @param pepperId of one of the peppers, null for none */
    Bytes tag(
            Password password,
            HashParameters parameters,
            int lanes,
            Bytes salt,
            int tagBytes,
            @Nullable String pepperId) {
        byte[] pepper = pepperId == null ? new byte[0] : peppers.secret(pepperId);
        byte[] utf8 = password.toUtf8();
        byte[] tag = new byte[tagBytes];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(parameters.memoryKib())
                    .withIterations(parameters.iterations())
                    .withParallelism(lanes)
                    .withSalt(salt.toByteArray())
                    .withSecret(pepper)
                    .withBlockPool(memory)
                    .build());
            generator.generateBytes(utf8, tag);
            return Bytes.copyOf(tag);
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(pepper, (byte) 0);
            Arrays.fill(tag, (byte) 0);
        }
    }
}
