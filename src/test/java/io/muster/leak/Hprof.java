package io.muster.leak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A heap dump of at most 2 GiB in the binary format of HotSpot ({@code heapDumper.cpp}); each {@link #read} is one pass over it. Not
 * thread-safe.
 */
final class Hprof {

    /** What a pass comes across. */
    interface Visitor {

        /** An array of bytes or characters; these have their higher byte first. */
        default void text(long id, byte[] content) {}

        /** An object, or a class by a static field, refers to another one. */
        default void reference(long from, String type, long to) {}
    }

    private record Shape(long parent, List<Integer> fieldTypes) {}

    private static final int OBJECT = 2;
    private static final int CHAR = 5;
    private static final int BYTE = 8;

    private final ByteBuffer file;
    private final int start;
    private final Map<Long, String> strings = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Shape> shapes = new HashMap<>();

    Hprof(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            file = channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
        String format = "JAVA PROFILE 1.0.2\0";
        String found = string(format.length());
        int idBytes = file.getInt();
        if (!found.equals(format) || idBytes != Long.BYTES) {
            throw new IOException("a heap dump of another form: " + found + " with ids of " + idBytes + " bytes");
        }
        skip(Long.BYTES);
        start = file.position();
    }

    void read(Visitor visitor) {
        file.position(start);
        while (file.hasRemaining()) {
            int tag = file.get();
            skip(Integer.BYTES);
            int end = Math.toIntExact(unsigned()) + file.position();
            switch (tag) {
                case 0x01 -> strings.put(file.getLong(), string(end - file.position()));
                case 0x02 -> loadedClass();
                case 0x0c, 0x1c -> heap(end, visitor);
                default -> {}
            }
            file.position(end);
        }
    }

    private void loadedClass() {
        skip(Integer.BYTES);
        long id = file.getLong();
        skip(Integer.BYTES);
        names.put(id, strings.getOrDefault(file.getLong(), "?").replace('/', '.'));
    }

    private void heap(int end, Visitor visitor) {
        while (file.position() < end) {
            int tag = Byte.toUnsignedInt(file.get());
            switch (tag) {
                // What the machine itself refers to: JNI, frames, threads, monitors, system classes.
                case 0x05, 0x07, 0xff -> skip(8);
                case 0x04, 0x06 -> skip(8 + 4);
                case 0x01, 0x02, 0x03, 0x08 -> skip(8 + 8);
                case 0x20 -> type(visitor);
                case 0x21 -> instance(visitor);
                case 0x22 -> objects(visitor);
                case 0x23 -> primitives(visitor);
                default -> throw new IllegalStateException("record " + tag);
            }
        }
    }

    private void type(Visitor visitor) {
        long id = file.getLong();
        skip(4);
        long parent = file.getLong();
        // Loader, signers, protection domain, two reserved, size of an instance.
        skip(5 * 8 + 4);
        for (int constants = file.getShort(); constants > 0; constants--) {
            skip(2);
            skip(size(file.get()));
        }
        for (int statics = file.getShort(); statics > 0; statics--) {
            skip(8);
            value(file.get(), id, "class " + name(id), visitor);
        }
        List<Integer> fieldTypes = new ArrayList<>();
        for (int fields = file.getShort(); fields > 0; fields--) {
            skip(8);
            fieldTypes.add((int) file.get());
        }
        shapes.put(id, new Shape(parent, fieldTypes));
    }

    private void instance(Visitor visitor) {
        long id = file.getLong();
        skip(4);
        long type = file.getLong();
        int end = file.getInt() + file.position();
        String name = name(type);
        for (Shape shape = shapes.get(type); shape != null; shape = shapes.get(shape.parent)) {
            for (int fieldType : shape.fieldTypes) {
                value(fieldType, id, name, visitor);
            }
        }
        file.position(end);
    }

    private void objects(Visitor visitor) {
        long id = file.getLong();
        skip(4);
        int count = file.getInt();
        String name = name(file.getLong());
        for (int i = 0; i < count; i++) {
            value(OBJECT, id, name, visitor);
        }
    }

    private void primitives(Visitor visitor) {
        long id = file.getLong();
        skip(4);
        int count = file.getInt();
        int type = file.get();
        int bytes = count * size(type);
        if (type == BYTE || type == CHAR) {
            visitor.text(id, bytes(bytes));
        } else {
            skip(bytes);
        }
    }

    private void value(int type, long from, String name, Visitor visitor) {
        if (type == OBJECT) {
            visitor.reference(from, name, file.getLong());
        } else {
            skip(size(type));
        }
    }

    private static int size(int type) {
        return switch (type) {
            case 4, BYTE -> 1;
            case CHAR, 9 -> 2;
            case 6, 10 -> 4;
            case OBJECT, 7, 11 -> 8;
            default -> throw new IllegalStateException("type " + type);
        };
    }

    private String name(long type) {
        return names.getOrDefault(type, "?");
    }

    private String string(int bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        file.get(bytes);
        return bytes;
    }

    private long unsigned() {
        return Integer.toUnsignedLong(file.getInt());
    }

    private void skip(int bytes) {
        file.position(file.position() + bytes);
    }
}
