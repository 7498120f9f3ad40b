package io.muster.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All classes of this project once more, some of them changed. Those that are not are read from the class path anew, so
 * that they see the changed ones; libraries are those of the parent.
 */
public final class ChangedClasses extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String OURS = "io.muster.";

    private final Map<String, byte[]> changed;

    private ChangedClasses(Map<String, byte[]> changed) {
        super(ChangedClasses.class.getClassLoader());
        this.changed = changed;
    }

    /**
     * All classes, with these changes in them; changes of one file build on each other.
     *
     * @throws IllegalStateException where a text that is to be replaced is not there, or the changed code does not compile
     */
    public static ChangedClasses of(List<Change> changes) {
        Map<String, String> sources = new TreeMap<>();
        for (Change change : changes) {
            sources.put(change.source(), change.applyTo(sources.computeIfAbsent(change.source(), Change::read)));
        }
        return new ChangedClasses(sources.isEmpty() ? Map.of() : Compiler.compile(sources));
    }

    /**
     * A new object of a class of these, by its public constructor without arguments.
     *
     * @param type what it is used as: a type that every class loader has alike
     */
    public <T> T make(String className, Class<T> type) {
        try {
            return type.cast(loadClass(className).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(className + " cannot be made", e);
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
