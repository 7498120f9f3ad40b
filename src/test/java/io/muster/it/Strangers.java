package io.muster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.muster.transport.proto.RaftGrpc;
import io.muster.transport.proto.RequestVoteRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What must not get through to a replica by its gRPC port. */
final class Strangers {

    private static final int TIMEOUT_SECONDS = 10;
    private static final long TERM_OF_NOBODY = 1_000_000;

    private Strangers() {}

    /** Bytes that are no HTTP/2; the replica hangs up. */
    static void sendGarbage(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_SECONDS * 1000);
            socket.getOutputStream().write("GARBAGE ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            assertThat(e).message().containsAnyOf("reset", "Broken pipe");
        }
    }

    /** Asks for a vote in a far term. */
    static void assertRefused(int port, String clusterId, int from, int to) throws InterruptedException {
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
        try {
            StatusRuntimeException refusal = catchThrowableOfType(
                    StatusRuntimeException.class, () -> askForVote(channel, headers(clusterId, from, to)));
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        } finally {
            channel.shutdownNow();
            assertThat(channel.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private static void askForVote(Channel channel, Metadata headers) {
        Channel named = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        var _ = RaftGrpc.newBlockingStub(named)
                .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .requestVote(RequestVoteRequest.newBuilder()
                        .setTerm(TERM_OF_NOBODY)
                        .setLastLogIndex(TERM_OF_NOBODY)
                        .setLastLogTerm(TERM_OF_NOBODY)
                        .build());
    }

    private static Metadata headers(String clusterId, int from, int to) {
        Metadata headers = new Metadata();
        put(headers, "muster-cluster-id", clusterId);
        put(headers, "muster-from", Integer.toString(from));
        put(headers, "muster-to", Integer.toString(to));
        return headers;
    }

    private static void put(Metadata headers, String name, String value) {
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
}
