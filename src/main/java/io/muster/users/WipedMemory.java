package io.muster.users;

import com.sun.jna.Memory;

/** A copy in native memory that nobody finds there afterwards. To be closed once; for one thread at a time. */
final class WipedMemory extends Memory {

    WipedMemory(byte[] content) {
        super(content.length);
        write(0, content, 0, content.length);
    }

    @Override
    public void close() {
        clear();
        super.close();
    }
}
