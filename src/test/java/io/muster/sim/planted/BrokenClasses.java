package io.muster.sim.planted;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * All classes of this project once more, some of them changed. Those that are not are read from the class path anew, so
 * that they see the changed ones; libraries are those of the parent.
 */
final class BrokenClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String OURS = "io.muster.";
    private static final String SEED_RUN = "io.muster.sim.SeedRun";

    private final Map<String, byte[]> changed;

    BrokenClasses(Map<String, byte[]> changed) {
        super(BrokenClasses.class.getClassLoader());
        this.changed = changed;
    }

    /** What {@link io.muster.sim.SeedRun} is, made of these classes. */
    LongFunction<String> simulator() {
        try {
            Object made = loadClass(SEED_RUN).getDeclaredConstructor().newInstance();
            @SuppressWarnings("unchecked")
            LongFunction<String> simulator = (LongFunction<String>) made;
            return simulator;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(SEED_RUN + " cannot be made", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = changed.get(name);
        if (code == null) {
            code = read(name);
        }
        return defineClass(name, code, 0, code.length);
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
