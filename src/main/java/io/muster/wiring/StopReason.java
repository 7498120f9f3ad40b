package io.muster.wiring;

import io.grpc.netty.shaded.io.netty.channel.unix.Errors.NativeIoException;
import io.muster.node.WorkerHungException;
import io.muster.storage.StorageException;
import io.muster.users.store.UserStoreException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Why a server cannot start or go on, and what its user can do.
 *
 * @param exitCode of the process (BSD sysexits where one fits)
 * @param description what was wrong
 * @param action what to do
 */
record StopReason(int exitCode, String description, String action) {

    private static final int DATA_ERROR = 65;
    private static final int INTERNAL_ERROR = 70;
    private static final int IO_ERROR = 74;
    private static final int IN_USE = 75;
    private static final int CONFIGURATION = 78;

    /** Linux' EADDRINUSE, negated: netty's epoll transport throws it in the place of a BindException. */
    private static final int ADDRESS_IN_USE = -98;

    /** Likewise, EADDRNOTAVAIL. */
    private static final int ADDRESS_NOT_AVAILABLE = -99;

    /** The reason that stands first in a chain of causes. */
    static StopReason of(Throwable failure) {
        return causes(failure).stream()
                .map(StopReason::known)
                .filter(reason -> reason.exitCode() != INTERNAL_ERROR)
                .findFirst()
                .orElseGet(() -> new StopReason(
                        INTERNAL_ERROR,
                        "an invariant broke: " + failure,
                        "keep the data directory and the log output, and report this"));
    }

    private static StopReason known(Throwable failure) {
        return switch (failure) {
            case StorageException.Damaged e ->
                reason(DATA_ERROR, e, "keep the directory; do not start it again as it is");
            case StorageException.Foreign e ->
                reason(DATA_ERROR, e, "check muster.data-dir, muster.node-id and muster.cluster-id");
            case StorageException.Locked e ->
                reason(IN_USE, e, "stop the other process, or set another muster.data-dir");
            case StorageException.DiskFailed e ->
                reason(IO_ERROR, e, "check the disk; what was acknowledged is on a majority");
            case WorkerHungException e -> reason(IO_ERROR, e, "check the disk; what was acknowledged is on a majority");
            case UserStoreException.Damaged e ->
                reason(DATA_ERROR, e, "keep the directory; do not start it again as it is");
            case UserStoreException.Locked e ->
                reason(IN_USE, e, "stop the other process, or set another muster.data-dir");
            case UserStoreException.DiskFailed e ->
                reason(IO_ERROR, e, "check the disk; what was acknowledged is on a majority");
            case PortInUseException e ->
                new StopReason(
                        IN_USE,
                        "port " + e.getPort() + " is taken",
                        "stop what listens there, or set another server.port");
            case NativeIoException e
            when e.expectedErr() == ADDRESS_IN_USE ->
                new StopReason(
                        IN_USE,
                        "the port for the other replicas is taken: " + e.getMessage(),
                        "stop what listens there, or set another grpc.server.port");
            case NativeIoException e
            when e.expectedErr() == ADDRESS_NOT_AVAILABLE ->
                new StopReason(
                        CONFIGURATION,
                        "the address for the other replicas is not this machine's: " + e.getMessage(),
                        "correct grpc.server.address");
            case BindException e
            when String.valueOf(e.getMessage()).contains("in use") ->
                new StopReason(
                        IN_USE,
                        "a port is taken: " + e.getMessage(),
                        "stop what listens there, or set another grpc.server.port");
            case BindException e ->
                new StopReason(
                        CONFIGURATION, "an address is not this machine's: " + e.getMessage(), "correct server.address");
            case SettingsException e -> reason(CONFIGURATION, e, "correct the setting and start again");
            case ConfigurationPropertiesBindException e ->
                new StopReason(CONFIGURATION, SettingsErrors.describe(e), "correct the setting and start again");
            default -> new StopReason(INTERNAL_ERROR, "", "");
        };
    }

    private static StopReason reason(int exitCode, Throwable failure, String action) {
        return new StopReason(exitCode, String.valueOf(failure.getMessage()), action);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** What a server that ends for this reason says last. */
    String lastLine() {
        return "muster: fatal: " + description + "; " + action + " (exit code " + exitCode + ")";
    }
}
