package io.muster.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NetworkTest {

    /** Long enough for a byte to come through where nothing keeps it. */
    private static final int SILENCE_MILLIS = 300;

    /** So that a test fails, and does not hang: a read of a socket cannot be interrupted. */
    private static final int PATIENCE_MILLIS = 10_000;

    private ServerSocket listener;
    private Network network;
    private Socket caller;
    private Socket callee;

    /** Node 1 dials node 2. */
    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.setSoTimeout(PATIENCE_MILLIS);
        network = new Network(Map.of(1, 1, 2, listener.getLocalPort(), 3, 1));
        caller = dial();
        callee = accept();
    }

    private Socket accept() throws IOException {
        return patient(listener.accept());
    }

    private Socket dial() throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), network.port(1, 2)));
    }

    private static Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        listener.close();
        caller.close();
        callee.close();
    }

    @Test
    void carriesBytesBothWays() throws IOException {
        assertArrives(caller, callee);
        assertArrives(callee, caller);
    }

    @Test
    void cutsOneWayAndNotTheOther() throws IOException {
        network.way(1, 2).cut();

        assertStays(caller, callee);
        assertArrives(callee, caller);
    }

    @Test
    void cutsTheAnswersOfOneThatWasDialled() throws IOException {
        network.way(2, 1).cut();

        assertArrives(caller, callee);
        assertStays(callee, caller);
    }

    @Test
    void deliversWhatStayedOnTheWayWhenItHeals() throws IOException {
        network.way(1, 2).cut();
        assertStays(caller, callee);

        network.heal();

        callee.setSoTimeout(PATIENCE_MILLIS);
        assertThat(callee.getInputStream().read()).isEqualTo('x');
    }

    @Test
    void leavesTheWaysOfOthersAlone() throws IOException {
        network.waysOf(3).forEach(Way::cut);

        assertArrives(caller, callee);
        assertThat(network.waysOf(3)).hasSize(4);
    }

    @Test
    void delaysWhatItCarries() throws IOException {
        network.way(1, 2).delay(2 * SILENCE_MILLIS);

        assertStays(caller, callee);
        callee.setSoTimeout(PATIENCE_MILLIS);
        assertThat(callee.getInputStream().read()).isEqualTo('x');
    }

    @Test
    void closesConnectionsAndTakesNewOnes() throws IOException {
        network.closeConnectionsOf(1);

        assertThat(caller.getInputStream().read()).isEqualTo(-1);
        assertThat(callee.getInputStream().read()).isEqualTo(-1);
        try (Socket again = dial();
                Socket answering = accept()) {
            assertArrives(again, answering);
        }
    }

    @Test
    void closesTheConnectionOfOneWhoDialsADeadReplica() throws IOException {
        listener.close();

        try (Socket again = dial()) {
            assertThat(again.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void assertArrives(Socket from, Socket to) throws IOException {
        from.getOutputStream().write('x');

        assertThat(to.getInputStream().read()).isEqualTo('x');
    }

    private static void assertStays(Socket from, Socket to) throws IOException {
        from.getOutputStream().write('x');

        to.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> to.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }
}
