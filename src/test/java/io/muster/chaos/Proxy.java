package io.muster.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between one replica that dials and another that listens. */
final class Proxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    private final ServerSocket listener;
    private final int targetPort;
    private final Way there;
    private final Way back;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Begins to listen, on a port of its choice.
     *
     * @param targetPort of the replica behind it, on the loopback interface
     * @param there the way to that replica
     * @param back the way of its answers
     */
    Proxy(int targetPort, Way there, Way back) {
        this.targetPort = targetPort;
        this.there = there;
        this.back = back;
        try {
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

    /** Closes every connection; new ones are welcome. */
    void closeConnections() {
        sockets.forEach(this::close);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeConnections();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                var _ = Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException e) {
                // Closed, or one that called and went away.
            }
        }
    }

    private void connect(Socket caller) {
        Socket callee = new Socket();
        try {
            sockets.add(caller);
            sockets.add(callee);
            callee.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), CONNECT_TIMEOUT_MILLIS);
            caller.setTcpNoDelay(true);
            callee.setTcpNoDelay(true);
            new Pump(caller, callee, there, () -> end(caller, callee)).start();
            new Pump(callee, caller, back, () -> end(caller, callee)).start();
        } catch (IOException e) {
            end(caller, callee);
        }
    }

    private void end(Socket caller, Socket callee) {
        close(caller);
        close(callee);
    }

    private void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        sockets.remove(socket);
    }
}
