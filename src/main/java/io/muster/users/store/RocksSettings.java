package io.muster.users.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteOptions;

/**
 * RocksDB's settings: bounded memory and files, every check on, no log of its own, nothing resumed after an error. Closed
 * after the database.
 */
final class RocksSettings implements AutoCloseable {

    private static final long MIB = 1024 * 1024;
    private static final long WRITE_BUFFERS_BYTES = 32 * MIB;
    private static final long WRITE_BUFFER_BYTES = 8 * MIB;
    private static final long BLOCK_CACHE_BYTES = 32 * MIB;
    private static final long INFO_LOG_BYTES = MIB;
    private static final int INFO_LOGS = 2;
    private static final int OPEN_FILES = 256;
    private static final int BACKGROUND_JOBS = 2;
    private static final int BLOOM_BITS_PER_KEY = 10;

    final LRUCache blockCache = new LRUCache(BLOCK_CACHE_BYTES);
    final BloomFilter bloomFilter = new BloomFilter(BLOOM_BITS_PER_KEY);
    final DBOptions database;
    final ColumnFamilyOptions family;
    final WriteOptions write = new WriteOptions().setDisableWAL(true);
    final FlushOptions flush = new FlushOptions().setWaitForFlush(true);

    RocksSettings(boolean createIfMissing) {
        database = databaseOptions(createIfMissing);
        family = familyOptions(blockCache, bloomFilter);
    }

    private static DBOptions databaseOptions(boolean createIfMissing) {
        return new DBOptions()
                .setCreateIfMissing(createIfMissing)
                // A state of a version that kept less lacks some.
                .setCreateMissingColumnFamilies(true)
                // All column families reach the disk at one point of the log, or the applied index would lie.
                .setAtomicFlush(true)
                // close() flushes where an error can still be reported.
                .setAvoidFlushDuringShutdown(true)
                .setParanoidChecks(true)
                .setMaxBgErrorResumeCount(0)
                .setDbWriteBufferSize(WRITE_BUFFERS_BYTES)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setKeepLogFileNum(INFO_LOGS)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private static ColumnFamilyOptions familyOptions(LRUCache blockCache, BloomFilter bloomFilter) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setParanoidFileChecks(true)
                // Ids, salts and hashes do not compress.
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(blockCache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(bloomFilter));
    }

    @Override
    public void close() {
        flush.close();
        write.close();
        family.close();
        database.close();
        bloomFilter.close();
        blockCache.close();
    }
}
