package io.muster.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a port and writes down what passes, each way of each connection to a file of its own. */
final class Wiretap implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket listener;
    private final int targetPort;
    private final Path directory;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Begins to listen, on a port of its choice.
     *
     * @param targetPort on the loopback interface
     * @param directory takes the files, is made
     */
    Wiretap(int targetPort, Path directory) {
        this.targetPort = targetPort;
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var _ = Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                var _ = Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void connect(Socket caller) {
        int connection = connections.incrementAndGet();
        Path there = directory.resolve(connection + "-there");
        Path back = directory.resolve(connection + "-back");
        try (caller;
                Socket callee = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
            caller.setTcpNoDelay(true);
            callee.setTcpNoDelay(true);
            Thread answers = Thread.ofVirtual().start(() -> carry(callee, caller, back));
            carry(caller, callee, there);
            answers.join();
        } catch (IOException e) {
            // Nobody listens there, which the caller is told by the end of its connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(Socket from, Socket to, Path record) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to;
                OutputStream written = Files.newOutputStream(record)) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                written.write(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // The other end is told by the end of its connection.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
