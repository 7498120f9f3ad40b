package io.muster.users;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id by BouncyCastle, in memory that it keeps from one hash to the next. For one thread at a time. */
final class JavaArgon2 implements Argon2Function {

    private final FixedBlockPool memory;

    /** Keeps memory for hashes of these parameters. Larger ones work; what they need beyond is garbage afterwards. */
    JavaArgon2(HashParameters parameters) {
        memory = new FixedBlockPool(Argon2BytesGenerator.getBlockCount(parameters.memoryKib(), 1));
    }

    @Override
    public void fill(byte[] tag, byte[] password, byte[] salt, byte[] secret, HashParameters parameters, int lanes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(parameters.memoryKib())
                .withIterations(parameters.iterations())
                .withParallelism(lanes)
                .withSalt(salt)
                .withSecret(secret)
                .withBlockPool(memory)
                .build());
        generator.generateBytes(password, tag);
    }
}
