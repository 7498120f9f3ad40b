package io.muster.users;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import io.muster.users.proto.Command;
import io.muster.users.proto.CommandResult;
import io.muster.users.proto.RegisterUser;
import io.muster.users.proto.RegistrationReplayed;
import io.muster.users.proto.UserRegistered;
import io.muster.users.proto.UsernameConflict;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.RecordCodec;
import io.muster.users.store.User;
import io.muster.users.store.Uuids;
import org.jspecify.annotations.Nullable;

/** Commands and their results as users.proto has them. */
final class CommandCodec {

    private static final int REQUEST_KEY_BYTES = 32;

    private CommandCodec() {}

    static Bytes encode(RegisterCommand command) {
        User user = command.user();
        RegisterUser.Builder message = RegisterUser.newBuilder()
                .setUserId(ByteString.copyFrom(Uuids.toBytes(user.id())))
                .setUsername(user.username())
                .setPasswordHash(user.passwordHash().phc())
                .setCreatedAtMillis(user.createdAtMillis());
        if (command.requestKey() != null) {
            message.setRequestKey(ByteString.copyFrom(command.requestKey().toByteArray()));
        }
        return Bytes.copyOf(
                Command.newBuilder().setRegisterUser(message).build().toByteArray());
    }

    /** Refuses with an {@link ApplyException} whatever this version did not write. */
    static RegisterCommand decode(long index, Bytes encoded) {
        Command command = parse(index, encoded);
        if (!command.getUnknownFields().isEmpty() || !command.hasRegisterUser()) {
            throw new ApplyException(index, "its kind is not known to this version", null);
        }
        RegisterUser message = command.getRegisterUser();
        if (!message.getUnknownFields().isEmpty()) {
            throw new ApplyException(index, "it has a field that is not known to this version", null);
        }
        if (message.getUsername().isEmpty() || message.getPasswordHash().isEmpty()) {
            throw new ApplyException(index, "its username or hash is missing", null);
        }
        return new RegisterCommand(user(index, message), requestKey(index, message.getRequestKey()));
    }

    private static Command parse(long index, Bytes encoded) {
        try {
            return Command.parseFrom(encoded.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new ApplyException(index, "it cannot be decoded", e);
        }
    }

    private static User user(long index, RegisterUser message) {
        try {
            return new User(
                    Uuids.fromBytes(message.getUserId()),
                    message.getUsername(),
                    new PasswordHash(message.getPasswordHash()),
                    message.getCreatedAtMillis());
        } catch (IllegalArgumentException e) {
            throw new ApplyException(index, "its user id is none", e);
        }
    }

    private static @Nullable Bytes requestKey(long index, ByteString key) {
        return switch (key.size()) {
            case 0 -> null;
            case REQUEST_KEY_BYTES -> Bytes.copyOf(key.toByteArray());
            default -> throw new ApplyException(index, "its request key has " + key.size() + " bytes", null);
        };
    }

    static Bytes encode(RegisterResult result) {
        CommandResult.Builder message = CommandResult.newBuilder();
        switch (result) {
            case RegisterResult.Registered() -> message.setUserRegistered(UserRegistered.getDefaultInstance());
            case RegisterResult.Conflict() -> message.setUsernameConflict(UsernameConflict.getDefaultInstance());
            case RegisterResult.Replayed(User user) ->
                message.setRegistrationReplayed(
                        RegistrationReplayed.newBuilder().setUser(RecordCodec.toMessage(user)));
        }
        return Bytes.copyOf(message.build().toByteArray());
    }

    /** Refuses with an {@link IllegalArgumentException} what is no result of a registration. */
    static RegisterResult decodeResult(Bytes encoded) {
        CommandResult message = parseResult(encoded);
        return switch (message.getKindCase()) {
            case USER_REGISTERED -> new RegisterResult.Registered();
            case USERNAME_CONFLICT -> new RegisterResult.Conflict();
            case REGISTRATION_REPLAYED ->
                new RegisterResult.Replayed(
                        RecordCodec.toUser(message.getRegistrationReplayed().getUser()));
            case KIND_NOT_SET -> throw new IllegalArgumentException("the result is of no kind this version knows");
        };
    }

    private static CommandResult parseResult(Bytes encoded) {
        try {
            return CommandResult.parseFrom(encoded.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the result cannot be decoded", e);
        }
    }
}
