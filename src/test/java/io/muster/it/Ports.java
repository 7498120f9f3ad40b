package io.muster.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ports of the loopback interface that nobody listens on. */
public final class Ports {

    /** Below the ports that systems give to outgoing connections, so that none takes one of a replica that is down. */
    private static final int LOWEST = 20_000;

    private static final int COUNT = 10_000;

    private Ports() {}

    /** So many that were free a moment ago, each another one. */
    public static List<Integer> free(int count) {
        IntStream candidates = new Random().ints(LOWEST, LOWEST + COUNT).distinct();
        return candidates.filter(Ports::isFree).limit(count).boxed().toList();
    }

    /** Listens, and answers nothing. */
    static ServerSocket occupy(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = occupy(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
