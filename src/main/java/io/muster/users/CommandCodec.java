package io.muster.users;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.muster.raft.Bytes;
import io.muster.users.proto.Actor;
import io.muster.users.proto.ChangePassword;
import io.muster.users.proto.ChangeUser;
import io.muster.users.proto.Command;
import io.muster.users.proto.DeleteUser;
import io.muster.users.proto.EndFamily;
import io.muster.users.proto.EndSessions;
import io.muster.users.proto.GiveResetCode;
import io.muster.users.proto.LockUser;
import io.muster.users.proto.OpenFamily;
import io.muster.users.proto.RegisterUser;
import io.muster.users.proto.ReplaceHash;
import io.muster.users.proto.ResetPassword;
import io.muster.users.proto.Roles;
import io.muster.users.proto.RotateToken;
import io.muster.users.store.Access;
import io.muster.users.store.Lock;
import io.muster.users.store.PasswordHash;
import io.muster.users.store.RecordCodec;
import io.muster.users.store.User;
import io.muster.users.store.Uuids;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands as users.proto has them. */
final class CommandCodec {

    private CommandCodec() {}

    static Bytes encode(RegistryCommand command) {
        return Bytes.copyOf(toMessage(command).build().toByteArray());
    }

    private static Command.Builder toMessage(RegistryCommand command) {
        Command.Builder message = Command.newBuilder();
        switch (command) {
            case ByAdministrator asked -> {
                return toMessage(asked.command())
                        .setAdministrator(Actor.newBuilder()
                                .setUserId(toBytes(asked.administratorId()))
                                .setExpectedEpoch(asked.expectedEpoch()));
            }
            case RegisterCommand registration -> message.setRegisterUser(toMessage(registration));
            case AccountCommand.ChangePassword change ->
                message.setChangePassword(ChangePassword.newBuilder()
                        .setUserId(toBytes(change.userId()))
                        .setExpectedEpoch(change.expectedEpoch())
                        .setPasswordHash(change.passwordHash().phc()));
            case AccountCommand.EndSessions ended ->
                message.setEndSessions(EndSessions.newBuilder()
                        .setUserId(toBytes(ended.userId()))
                        .setExpectedEpoch(ended.expectedEpoch()));
            case AccountCommand.DeleteUser deletion -> message.setDeleteUser(toMessage(deletion));
            case AccountCommand.ChangeUser change -> message.setChangeUser(toMessage(change));
            case AccountCommand.LockUser locking -> message.setLockUser(toMessage(locking));
            case AccountCommand.GiveResetCode given ->
                message.setGiveResetCode(GiveResetCode.newBuilder()
                        .setUserId(toBytes(given.userId()))
                        .setCode(RecordCodec.toMessage(given.code())));
            case AccountCommand.ResetPassword reset ->
                message.setResetPassword(ResetPassword.newBuilder()
                        .setUserId(toBytes(reset.userId()))
                        .setCodeHash(ByteString.copyFrom(reset.codeHash().toByteArray()))
                        .setPasswordHash(reset.passwordHash().phc()));
            case AccountCommand.OpenFamily opened ->
                message.setOpenFamily(OpenFamily.newBuilder()
                        .setUserId(toBytes(opened.userId()))
                        .setExpectedEpoch(opened.expectedEpoch())
                        .setFamilyId(toBytes(opened.familyId()))
                        .setToken(ByteString.copyFrom(opened.token().toByteArray()))
                        .setLifetimeMillis(opened.lifetimeMillis()));
            case AccountCommand.RotateToken rotation -> message.setRotateToken(toMessage(rotation));
            case AccountCommand.EndFamily ended ->
                message.setEndFamily(EndFamily.newBuilder()
                        .setUserId(toBytes(ended.userId()))
                        .setFamilyId(toBytes(ended.familyId())));
            case AccountCommand.ReplaceHash replacement ->
                message.setReplaceHash(ReplaceHash.newBuilder()
                        .setUserId(toBytes(replacement.userId()))
                        .setExpectedEpoch(replacement.expectedEpoch())
                        .setPasswordHash(replacement.passwordHash().phc()));
            case AddFirstAdministrator(User user) ->
                message.setAddFirstAdministrator(
                        io.muster.users.proto.AddFirstAdministrator.newBuilder().setUser(RecordCodec.toMessage(user)));
            case ImportUsers(List<User> users) ->
                message.setImportUsers(io.muster.users.proto.ImportUsers.newBuilder()
                        .addAllUser(users.stream().map(RecordCodec::toMessage).toList()));
            case AddSigningKey addition -> message.setAddSigningKey(toMessage(addition));
        }
        return message;
    }

    private static RegisterUser toMessage(RegisterCommand registration) {
        User user = registration.user();
        RegisterUser.Builder message = RegisterUser.newBuilder()
                .setUserId(toBytes(user.id()))
                .setUsername(user.username())
                .setPasswordHash(user.passwordHash().phc())
                .setCreatedAtMillis(user.createdAtMillis());
        if (user.requestKey() != null) {
            message.setRequestKey(ByteString.copyFrom(user.requestKey().toByteArray()));
        }
        return message.build();
    }

    private static DeleteUser toMessage(AccountCommand.DeleteUser deletion) {
        DeleteUser.Builder message = DeleteUser.newBuilder().setUserId(toBytes(deletion.userId()));
        if (deletion.expectedEpoch() != null) {
            message.setExpectedEpoch(deletion.expectedEpoch());
        }
        return message.build();
    }

    private static ChangeUser toMessage(AccountCommand.ChangeUser change) {
        ChangeUser.Builder message = ChangeUser.newBuilder().setUserId(toBytes(change.userId()));
        message.setUnlock(change.unlock());
        if (change.disabled() != null) {
            message.setDisabled(change.disabled());
        }
        if (change.roles() != null) {
            message.setRoles(Roles.newBuilder().addAllRole(change.roles()));
        }
        return message.build();
    }

    private static RotateToken toMessage(AccountCommand.RotateToken rotation) {
        return RotateToken.newBuilder()
                .setUserId(toBytes(rotation.userId()))
                .setFamilyId(toBytes(rotation.familyId()))
                .setPresented(ByteString.copyFrom(rotation.presented().toByteArray()))
                .setNext(ByteString.copyFrom(rotation.next().toByteArray()))
                .setLifetimeMillis(rotation.lifetimeMillis())
                .setGraceMillis(rotation.graceMillis())
                .build();
    }

    private static LockUser toMessage(AccountCommand.LockUser locking) {
        return LockUser.newBuilder()
                .setUserId(toBytes(locking.userId()))
                .setExpectedEpoch(locking.expectedEpoch())
                .setExpectedLockedUntilMillis(locking.expectedLockedUntilMillis())
                .setLockedUntilMillis(locking.lock().untilMillis())
                .setLockCount(locking.lock().count())
                .build();
    }

    private static io.muster.users.proto.AddSigningKey toMessage(AddSigningKey addition) {
        var message = io.muster.users.proto.AddSigningKey.newBuilder()
                .setKey(RecordCodec.toMessage(addition.key()))
                .setOverlapMillis(addition.overlapMillis());
        if (addition.expectedNewest() != null) {
            message.setExpectedNewest(addition.expectedNewest());
        }
        return message.build();
    }

    private static ByteString toBytes(UUID id) {
        return ByteString.copyFrom(Uuids.toBytes(id));
    }

    /** Refuses with an {@link ApplyException} whatever this version did not write. */
    static RegistryCommand decode(long index, Bytes encoded) {
        try {
            return fromMessage(Command.parseFrom(encoded.toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new ApplyException(index, "it cannot be decoded", e);
        } catch (IllegalArgumentException e) {
            throw new ApplyException(index, String.valueOf(e.getMessage()), e);
        }
    }

    private static RegistryCommand fromMessage(Command message) {
        requireKnown(message);
        RegistryCommand command = commandOf(message);
        if (!message.hasAdministrator()) {
            return command;
        }
        Actor administrator = message.getAdministrator();
        requireKnown(administrator);
        return new ByAdministrator(
                Uuids.fromBytes(administrator.getUserId()), administrator.getExpectedEpoch(), command);
    }

    private static RegistryCommand commandOf(Command message) {
        return switch (message.getKindCase()) {
            case REGISTER_USER -> fromMessage(message.getRegisterUser());
            case CHANGE_PASSWORD -> fromMessage(message.getChangePassword());
            case END_SESSIONS -> fromMessage(message.getEndSessions());
            case DELETE_USER -> fromMessage(message.getDeleteUser());
            case CHANGE_USER -> fromMessage(message.getChangeUser());
            case ADD_SIGNING_KEY -> fromMessage(message.getAddSigningKey());
            case LOCK_USER -> fromMessage(message.getLockUser());
            case REPLACE_HASH -> fromMessage(message.getReplaceHash());
            case ADD_FIRST_ADMINISTRATOR -> fromMessage(message.getAddFirstAdministrator());
            case IMPORT_USERS -> fromMessage(message.getImportUsers());
            case GIVE_RESET_CODE -> fromMessage(message.getGiveResetCode());
            case RESET_PASSWORD -> fromMessage(message.getResetPassword());
            case OPEN_FAMILY -> fromMessage(message.getOpenFamily());
            case ROTATE_TOKEN -> fromMessage(message.getRotateToken());
            case END_FAMILY -> fromMessage(message.getEndFamily());
            case KIND_NOT_SET -> throw new IllegalArgumentException("its kind is not known to this version");
        };
    }

    private static RegistryCommand fromMessage(RegisterUser message) {
        requireKnown(message);
        if (message.getUsername().isEmpty()) {
            throw new IllegalArgumentException("its username is missing");
        }
        return new RegisterCommand(new User(
                Uuids.fromBytes(message.getUserId()),
                message.getUsername(),
                hash(message.getPasswordHash()),
                message.getCreatedAtMillis(),
                requestKey(message.getRequestKey()),
                Access.INITIAL,
                null,
                List.of()));
    }

    private static @Nullable Bytes requestKey(ByteString key) {
        return key.isEmpty() ? null : Bytes.copyOf(key.toByteArray());
    }

    private static RegistryCommand fromMessage(ChangePassword message) {
        requireKnown(message);
        return new AccountCommand.ChangePassword(
                Uuids.fromBytes(message.getUserId()), message.getExpectedEpoch(), hash(message.getPasswordHash()));
    }

    private static RegistryCommand fromMessage(EndSessions message) {
        requireKnown(message);
        return new AccountCommand.EndSessions(Uuids.fromBytes(message.getUserId()), message.getExpectedEpoch());
    }

    private static RegistryCommand fromMessage(DeleteUser message) {
        requireKnown(message);
        return new AccountCommand.DeleteUser(
                Uuids.fromBytes(message.getUserId()), message.hasExpectedEpoch() ? message.getExpectedEpoch() : null);
    }

    private static RegistryCommand fromMessage(ChangeUser message) {
        requireKnown(message);
        requireKnown(message.getRoles());
        return new AccountCommand.ChangeUser(
                Uuids.fromBytes(message.getUserId()),
                message.hasDisabled() ? message.getDisabled() : null,
                message.hasRoles() ? message.getRoles().getRoleList() : null,
                message.getUnlock());
    }

    private static RegistryCommand fromMessage(LockUser message) {
        requireKnown(message);
        return new AccountCommand.LockUser(
                Uuids.fromBytes(message.getUserId()),
                message.getExpectedEpoch(),
                message.getExpectedLockedUntilMillis(),
                new Lock(message.getLockedUntilMillis(), message.getLockCount()));
    }

    private static RegistryCommand fromMessage(GiveResetCode message) {
        requireKnown(message);
        requireKnown(message.getCode());
        return new AccountCommand.GiveResetCode(
                Uuids.fromBytes(message.getUserId()), RecordCodec.toResetCode(message.getCode()));
    }

    private static RegistryCommand fromMessage(ResetPassword message) {
        requireKnown(message);
        return new AccountCommand.ResetPassword(
                Uuids.fromBytes(message.getUserId()),
                Bytes.copyOf(message.getCodeHash().toByteArray()),
                hash(message.getPasswordHash()));
    }

    private static RegistryCommand fromMessage(OpenFamily message) {
        requireKnown(message);
        return new AccountCommand.OpenFamily(
                Uuids.fromBytes(message.getUserId()),
                message.getExpectedEpoch(),
                Uuids.fromBytes(message.getFamilyId()),
                Bytes.copyOf(message.getToken().toByteArray()),
                message.getLifetimeMillis());
    }

    private static RegistryCommand fromMessage(RotateToken message) {
        requireKnown(message);
        return new AccountCommand.RotateToken(
                Uuids.fromBytes(message.getUserId()),
                Uuids.fromBytes(message.getFamilyId()),
                Bytes.copyOf(message.getPresented().toByteArray()),
                Bytes.copyOf(message.getNext().toByteArray()),
                message.getLifetimeMillis(),
                message.getGraceMillis());
    }

    private static RegistryCommand fromMessage(EndFamily message) {
        requireKnown(message);
        return new AccountCommand.EndFamily(
                Uuids.fromBytes(message.getUserId()), Uuids.fromBytes(message.getFamilyId()));
    }

    private static RegistryCommand fromMessage(ReplaceHash message) {
        requireKnown(message);
        return new AccountCommand.ReplaceHash(
                Uuids.fromBytes(message.getUserId()), message.getExpectedEpoch(), hash(message.getPasswordHash()));
    }

    private static RegistryCommand fromMessage(io.muster.users.proto.AddFirstAdministrator message) {
        requireKnown(message);
        requireKnown(message.getUser());
        return new AddFirstAdministrator(RecordCodec.toUser(message.getUser()));
    }

    private static RegistryCommand fromMessage(io.muster.users.proto.AddSigningKey message) {
        requireKnown(message);
        requireKnown(message.getKey());
        return new AddSigningKey(
                RecordCodec.toSigningKey(message.getKey()),
                message.getExpectedNewest().isEmpty() ? null : message.getExpectedNewest(),
                message.getOverlapMillis());
    }

    private static RegistryCommand fromMessage(io.muster.users.proto.ImportUsers message) {
        requireKnown(message);
        message.getUserList().forEach(CommandCodec::requireKnown);
        return new ImportUsers(
                message.getUserList().stream().map(RecordCodec::toUser).toList());
    }

    private static PasswordHash hash(String phc) {
        if (phc.isEmpty()) {
            throw new IllegalArgumentException("its password hash is missing");
        }
        return new PasswordHash(phc);
    }

    /** A field that this version would skip may be what a newer one applies by. */
    private static void requireKnown(Message message) {
        if (!message.getUnknownFields().isEmpty()) {
            throw new IllegalArgumentException("it has a field that is not known to this version");
        }
    }
}
