package io.muster.users.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds a store until it is killed. */
final class StoreHolder {

    private StoreHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (UserStore store = TestStores.open(Path.of(arguments[0]))) {
            System.out.print("!");
            System.out.flush();
            System.in.read();
            store.flush();
        }
    }
}
