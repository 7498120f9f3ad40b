package io.muster.users;

import io.muster.raft.Bytes;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Computes Argon2id (RFC 9106) in memory that it keeps from one hash to the next. For one thread at a time. */
final class Argon2 {

    private final FixedBlockPool memory;

    /** Keeps memory for hashes of these parameters. Larger ones work; what they need beyond is garbage afterwards. */
    Argon2(HashParameters parameters) {
        memory = new FixedBlockPool(Argon2BytesGenerator.getBlockCount(parameters.memoryKib(), 1));
    }

    Bytes tag(Password password, HashParameters parameters, int lanes, Bytes salt, int tagBytes) {
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
                    .withBlockPool(memory)
                    .build());
            generator.generateBytes(utf8, tag);
            return Bytes.copyOf(tag);
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(tag, (byte) 0);
        }
    }
}
