package io.muster.users;

import io.muster.raft.Bytes;
import io.muster.users.store.TokenFamily;
import io.muster.users.store.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What becomes of refresh tokens. Each is good once (RFC 9700, section 4.14.2): whoever shows one that was replaced, or was never
 * given, ends the family, since nobody knows then who is the thief. For a moment after, a replaced one is good still: those who
 * asked twice at a time, or never heard the answer, are no thieves.
 */
final class TokenFamilies {

    private static final int MAXIMUM = 10;

    /** Who makes room for another: first what nobody has used yet, since nobody may hold it, as where the answer to a login was lost. */
    private static final Comparator<TokenFamily> LEAST_USED_FIRST = Comparator.<TokenFamily, Boolean>comparing(
                    family -> !family.previous().isEmpty())
            .thenComparingLong(TokenFamily::rotatedAtMillis)
            .thenComparing(TokenFamily::id);

    private TokenFamilies() {}

    static User open(AccountCommand.OpenFamily command, User user, long nowMillis) {
        List<TokenFamily> kept = new ArrayList<>(live(user, nowMillis).toList());
        if (kept.size() >= MAXIMUM) {
            kept.remove(kept.stream().min(LEAST_USED_FIRST).orElseThrow());
        }
        kept.add(new TokenFamily(
                command.familyId(),
                List.of(command.token()),
                List.of(),
                nowMillis,
                nowMillis + command.lifetimeMillis()));
        return user.withFamilies(kept);
    }

    static ChangeResult rotate(AccountCommand.RotateToken command, User user, long nowMillis, PendingState state) {
        TokenFamily family = live(user, nowMillis)
                .filter(known -> known.id().equals(command.familyId()))
                .findFirst()
                .orElse(null);
        if (family == null) {
            return ChangeResult.OUTDATED;
        }
        if (family.current().contains(command.presented())) {
            state.put(with(user, next(command, family, nowMillis)));
            return ChangeResult.DONE;
        }
        boolean late = nowMillis - family.rotatedAtMillis() > command.graceMillis();
        if (late || !family.previous().contains(command.presented())) {
            state.put(without(user, family.id()));
            return ChangeResult.REUSED;
        }
        if (family.current().size() == TokenFamily.MAXIMUM_GENERATION) {
            return ChangeResult.OUTDATED;
        }
        state.put(with(user, sibling(command, family)));
        return ChangeResult.DONE;
    }

    static ChangeResult end(AccountCommand.EndFamily command, User user, PendingState state) {
        User left = without(user, command.familyId());
        if (left.families().size() == user.families().size()) {
            return ChangeResult.OUTDATED;
        }
        state.put(left);
        return ChangeResult.DONE;
    }

    private static Stream<TokenFamily> live(User user, long nowMillis) {
        return user.families().stream().filter(family -> family.expiresAtMillis() > nowMillis);
    }

    private static TokenFamily next(AccountCommand.RotateToken command, TokenFamily family, long nowMillis) {
        return new TokenFamily(
                family.id(),
                List.of(command.next()),
                family.current(),
                nowMillis,
                nowMillis + command.lifetimeMillis());
    }

    private static TokenFamily sibling(AccountCommand.RotateToken command, TokenFamily family) {
        List<Bytes> current = Stream.concat(family.current().stream(), Stream.of(command.next()))
                .toList();
        return new TokenFamily(
                family.id(), current, family.previous(), family.rotatedAtMillis(), family.expiresAtMillis());
    }

    private static User with(User user, TokenFamily changed) {
        return user.withFamilies(user.families().stream()
                .map(family -> family.id().equals(changed.id()) ? changed : family)
                .toList());
    }

    private static User without(User user, UUID ended) {
        return user.withFamilies(user.families().stream()
                .filter(family -> !family.id().equals(ended))
                .toList());
    }
}
