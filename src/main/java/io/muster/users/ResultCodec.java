package io.muster.users;

import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.raft.Bytes;
import io.muster.users.proto.ActorDenied;
import io.muster.users.proto.ChangeDone;
import io.muster.users.proto.ChangeOutdated;
import io.muster.users.proto.CommandResult;
import io.muster.users.proto.ImportOutcome;
import io.muster.users.proto.LastAdministrator;
import io.muster.users.proto.RegistrationReplayed;
import io.muster.users.proto.TokenReused;
import io.muster.users.proto.UserMissing;
import io.muster.users.proto.UserRegistered;
import io.muster.users.proto.UsernameConflict;
import io.muster.users.proto.UsersImported;
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
            case ImportResult imported -> message.setUsersImported(toMessage(imported));
            case ChangeResult.DENIED -> message.setActorDenied(ActorDenied.getDefaultInstance());
            case ChangeResult.LAST_ADMINISTRATOR ->
                message.setLastAdministrator(LastAdministrator.getDefaultInstance());
            case ChangeResult.REUSED -> message.setTokenReused(TokenReused.getDefaultInstance());
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
            case USERS_IMPORTED ->
                new ImportResult(message.getUsersImported().getOutcomeList().stream()
                        .map(ResultCodec::fromMessage)
                        .toList());
            case ACTOR_DENIED -> ChangeResult.DENIED;
            case LAST_ADMINISTRATOR -> ChangeResult.LAST_ADMINISTRATOR;
            case TOKEN_REUSED -> ChangeResult.REUSED;
            case CHANGE_OUTDATED -> ChangeResult.OUTDATED;
            case KIND_NOT_SET -> throw new IllegalArgumentException("the result is of no kind this version knows");
        };
    }

    private static UsersImported toMessage(ImportResult imported) {
        UsersImported.Builder message = UsersImported.newBuilder();
        for (ImportResult.Outcome outcome : imported.outcomes()) {
            message.addOutcome(
                    switch (outcome) {
                        case CREATED -> ImportOutcome.IMPORT_OUTCOME_CREATED;
                        case CONFLICT -> ImportOutcome.IMPORT_OUTCOME_CONFLICT;
                        case PRESENT -> ImportOutcome.IMPORT_OUTCOME_PRESENT;
                    });
        }
        return message.build();
    }

    private static ImportResult.Outcome fromMessage(ImportOutcome outcome) {
        return switch (outcome) {
            case IMPORT_OUTCOME_CREATED -> ImportResult.Outcome.CREATED;
            case IMPORT_OUTCOME_CONFLICT -> ImportResult.Outcome.CONFLICT;
            case IMPORT_OUTCOME_PRESENT -> ImportResult.Outcome.PRESENT;
            case IMPORT_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("an outcome of the import is not known to this version");
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
