package io.muster.users;

import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import io.muster.users.proto.ChangeDone;
import io.muster.users.proto.ChangeOutdated;
import io.muster.users.proto.CommandResult;
import io.muster.users.proto.LastAdministrator;
import io.muster.users.proto.RegistrationReplayed;
import io.muster.users.proto.UserMissing;
import io.muster.users.proto.UserRegistered;
import io.muster.users.proto.UsernameConflict;
import io.muster.users.store.RecordCodec;
import io.muster.users.store.User;

/** Results of commands as users.proto has them. */
final class ResultCodec {

    private ResultCodec() {}

    static Bytes encode(RegistryResult result) {
        CommandResult.Builder message = CommandResult.newBuilder();
        switch (result) {
            case RegisterResult.Registered() -> message.setUserRegistered(UserRegistered.getDefaultInstance());
            case RegisterResult.Conflict() -> message.setUsernameConflict(UsernameConflict.getDefaultInstance());
            case RegisterResult.Replayed(User user) ->
                message.setRegistrationReplayed(
                        RegistrationReplayed.newBuilder().setUser(RecordCodec.toMessage(user)));
            case ChangeResult.DONE -> message.setChangeDone(ChangeDone.getDefaultInstance());
            case ChangeResult.MISSING -> message.setUserMissing(UserMissing.getDefaultInstance());
            case ChangeResult.LAST_ADMINISTRATOR ->
                message.setLastAdministrator(LastAdministrator.getDefaultInstance());
            case ChangeResult.OUTDATED -> message.setChangeOutdated(ChangeOutdated.getDefaultInstance());
        }
        return Bytes.copyOf(message.build().toByteArray());
    }

    /** Refuses with an {@link IllegalArgumentException} what is no result that this version knows. */
    static RegistryResult decode(Bytes encoded) {
        CommandResult message = parse(encoded);
        return switch (message.getKindCase()) {
            case USER_REGISTERED -> new RegisterResult.Registered();
            case USERNAME_CONFLICT -> new RegisterResult.Conflict();
            case REGISTRATION_REPLAYED ->
                new RegisterResult.Replayed(
                        RecordCodec.toUser(message.getRegistrationReplayed().getUser()));
            case CHANGE_DONE -> ChangeResult.DONE;
            case USER_MISSING -> ChangeResult.MISSING;
            case LAST_ADMINISTRATOR -> ChangeResult.LAST_ADMINISTRATOR;
            case CHANGE_OUTDATED -> ChangeResult.OUTDATED;
            case KIND_NOT_SET -> throw new IllegalArgumentException("the result is of no kind this version knows");
        };
    }

    private static CommandResult parse(Bytes encoded) {
        try {
            return CommandResult.parseFrom(encoded.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the result cannot be decoded", e);
        }
    }
}
