package io.muster.storage;

import static io.muster.storage.Fixtures.SMALL;
import static io.muster.storage.Fixtures.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.storage.StorageException.Damaged;
import io.muster.storage.StorageException.Foreign;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records with a right checksum, and a body that makes no sense: refused as damage, whatever their lengths say. */
class RecordFileTest {

    private static final int HEADER_BYTES = 20;

    private final MemoryDisk disk = new MemoryDisk();

    private void used() {
        try (DataDirectory directory = open(disk)) {
            DurableLog log = directory.openLog(0, SMALL);
            log.append(Fixtures.entries(1, 3, 1));
            log.cut(2);
        }
    }

    /** Gives the file that body, and lengths and checksum that fit it. */
    private static void forge(MemoryDisk target, String path, byte[] body) throws Exception {
        ByteBuffer content = ByteBuffer.allocate(HEADER_BYTES + body.length);
        content.put(target.content(path), 0, HEADER_BYTES).put(body);
        content.putInt(12, body.length);
        CRC32C crc = new CRC32C();
        crc.update(content.array(), 0, 16);
        crc.update(content.array(), HEADER_BYTES, body.length);
        target.replace(path, content.putInt(16, (int) crc.getValue()).array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote", "identity", "log/start"})
    void refusesABodyOfAnyOtherLength(String path) throws Exception {
        used();
        byte[] content = disk.content(path);
        byte[] body = Arrays.copyOfRange(content, HEADER_BYTES, content.length);
        for (int length = 0; length < body.length + 10; length++) {
            if (length != body.length) {
                assertDamaged(path, Arrays.copyOf(body, length));
            }
        }
    }

    private void assertDamaged(String path, byte[] body) throws Exception {
        MemoryDisk forged = disk.afterKill();
        forge(forged, path, body);
        assertThatThrownBy(() -> open(forged))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(path + " is damaged at offset ")
                .hasMessageContaining("it makes no sense");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote", "identity", "log/start"})
    void refusesExtremeNumbersAtEveryPlace(String path) throws Exception {
        used();
        byte[] content = disk.content(path);
        byte[] body = Arrays.copyOfRange(content, HEADER_BYTES, content.length);
        int refused = 0;
        for (int offset = 0; offset + Integer.BYTES <= body.length; offset++) {
            for (int number : new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}) {
                MemoryDisk forged = disk.afterKill();
                byte[] changed =
                        ByteBuffer.wrap(body.clone()).putInt(offset, number).array();
                forge(forged, path, changed);
                try (DataDirectory directory = open(forged)) {
                    directory.openLog(directory.logStart().index(), SMALL);
                } catch (Damaged | Foreign e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }
}
