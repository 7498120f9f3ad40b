package io.muster.history;

import static io.muster.history.Histories.FIRST;
import static io.muster.history.Histories.SECOND;
import static io.muster.history.Histories.done;
import static io.muster.history.Histories.ended;
import static io.muster.history.Histories.isLinearizable;
import static io.muster.history.Histories.login;
import static io.muster.history.Histories.session;
import static io.muster.history.Histories.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Act.Session;
import io.muster.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done with an account: each history begins with a registration and a login. */
class AccountHistoriesTest {

    private static final int OLD = 1;
    private static final int CHANGED = 2;
    private static final Session SESSION = session(FIRST, 0);
    private static final Session NEXT = session(FIRST, 1);
    private static final Act LOGOUT = new Act.EndSessions(SESSION);
    private static final Act CHANGE = new Act.ChangePassword(SESSION, OLD, CHANGED);
    private static final Act DELETION = new Act.Delete(SESSION, OLD);
    private static final Act DISABLING = new Act.SetDisabled(FIRST, true);
    private static final Act ENABLING = new Act.SetDisabled(FIRST, false);
    private static final Act ME = new Act.Me(SESSION);

    private static Operation refused(Act act, long call, long end) {
        return ended(act, call, end, Outcome.INVALID_TOKEN);
    }

    private static boolean explains(Operation... after) {
        List<Operation> all = new ArrayList<>();
        all.add(done(new Act.Register(OLD, null), 0, 1));
        all.add(login(OLD, SESSION, 2, 3));
        all.addAll(List.of(after));
        return isLinearizable(all);
    }

    @Test
    void aTokenIsGoodUntilALogout() {
        assertThat(explains(done(ME, 4, 5), done(LOGOUT, 6, 7), refused(ME, 8, 9)))
                .isTrue();
        assertThat(explains(done(LOGOUT, 6, 7), done(ME, 8, 9))).isFalse();
        assertThat(explains(refused(ME, 4, 5), done(LOGOUT, 6, 7))).isFalse();
    }

    @Test
    void aTokenDiesAtOneMomentOfALogout() {
        assertThat(explains(done(LOGOUT, 4, 9), done(ME, 5, 6), refused(ME, 7, 8)))
                .isTrue();
        assertThat(explains(done(LOGOUT, 4, 9), refused(ME, 5, 6), done(ME, 7, 8)))
                .isFalse();
    }

    @Test
    void aLogoutOfUnknownOutcomeEndsSessionsLateOrNever() {
        assertThat(explains(unknown(LOGOUT, 4), done(ME, 5, 6))).isTrue();
        assertThat(explains(unknown(LOGOUT, 4), done(ME, 5, 6), refused(ME, 7, 8)))
                .isTrue();
        assertThat(explains(unknown(LOGOUT, 4), refused(ME, 5, 6), done(ME, 7, 8)))
                .isFalse();
    }

    @Test
    void aLogoutRaisesTheEpochOnce() {
        assertThat(explains(done(LOGOUT, 4, 5), login(OLD, NEXT, 6, 7))).isTrue();
        assertThat(explains(done(LOGOUT, 4, 5), login(OLD, SESSION, 6, 7))).isFalse();
        assertThat(explains(done(LOGOUT, 4, 5), login(OLD, session(FIRST, 2), 6, 7)))
                .isFalse();
        assertThat(explains(done(LOGOUT, 4, 9), done(LOGOUT, 4, 9))).isFalse();
    }

    @Test
    void aChangeOfPasswordEndsSessionsAndTheOldPassword() {
        assertThat(explains(done(CHANGE, 4, 5), refused(ME, 6, 7), login(OLD, null, 6, 7), login(CHANGED, NEXT, 6, 7)))
                .isTrue();
        assertThat(explains(done(CHANGE, 4, 5), done(ME, 6, 7))).isFalse();
        assertThat(explains(done(CHANGE, 4, 5), login(OLD, NEXT, 6, 7))).isFalse();
        assertThat(explains(done(CHANGE, 4, 5), login(CHANGED, null, 6, 7))).isFalse();
    }

    @Test
    void aChangeOfUnknownOutcomeIsMadeOrNot() {
        assertThat(explains(unknown(CHANGE, 4), login(OLD, SESSION, 6, 7))).isTrue();
        assertThat(explains(unknown(CHANGE, 4), login(CHANGED, NEXT, 6, 7))).isTrue();
        assertThat(explains(unknown(CHANGE, 4), login(CHANGED, NEXT, 6, 7), login(OLD, SESSION, 8, 9)))
                .isFalse();
        assertThat(explains(unknown(CHANGE, 4), login(CHANGED, SESSION, 6, 7))).isFalse();
    }

    @Test
    void aChangeNeedsThePasswordAndALiveSession() {
        Act wrong = new Act.ChangePassword(SESSION, CHANGED, OLD);
        assertThat(explains(ended(wrong, 4, 5, Outcome.INVALID_CREDENTIALS))).isTrue();
        assertThat(explains(done(wrong, 4, 5))).isFalse();
        assertThat(explains(ended(CHANGE, 4, 5, Outcome.INVALID_CREDENTIALS))).isFalse();
        assertThat(explains(done(LOGOUT, 4, 5), done(CHANGE, 6, 7))).isFalse();
        assertThat(explains(done(LOGOUT, 4, 5), refused(CHANGE, 6, 7))).isTrue();
    }

    @Test
    void nobodyLogsInBehindADeletion() {
        assertThat(explains(done(DELETION, 4, 5), login(OLD, null, 6, 7), refused(ME, 6, 7)))
                .isTrue();
        assertThat(explains(done(DELETION, 4, 5), login(OLD, SESSION, 6, 7))).isFalse();
        assertThat(explains(done(DELETION, 4, 5), done(ME, 6, 7))).isFalse();
        assertThat(explains(unknown(DELETION, 4), login(OLD, null, 6, 7), login(OLD, SESSION, 8, 9)))
                .isFalse();
    }

    @Test
    void whoeverRegistersTheNameAnewIsAnotherUser() {
        Session other = session(SECOND, 0);
        Operation deletion = done(DELETION, 4, 5);
        Operation anew = done(new Act.Register(OLD, null), 6, 7);
        assertThat(explains(
                        deletion, anew, refused(ME, 8, 9), login(OLD, other, 8, 9), done(new Act.Me(other), 10, 11)))
                .isTrue();
        assertThat(explains(deletion, anew, done(ME, 8, 9))).isFalse();
        assertThat(explains(deletion, anew, login(OLD, other, 8, 9), done(ME, 10, 11)))
                .isFalse();
        assertThat(explains(deletion, done(new Act.Register(OLD, SECOND), 6, 7), login(OLD, SESSION, 8, 9)))
                .isFalse();
        assertThat(explains(anew)).isFalse();
    }

    @Test
    void whoIsDisabledIsLetInNowhereAndKeepsNoSession() {
        assertThat(explains(done(DISABLING, 4, 5), login(OLD, null, 6, 7), refused(ME, 6, 7)))
                .isTrue();
        assertThat(explains(done(DISABLING, 4, 5), login(OLD, NEXT, 6, 7))).isFalse();
        assertThat(explains(done(DISABLING, 4, 5), done(ME, 6, 7))).isFalse();
        assertThat(explains(unknown(DISABLING, 4), done(ME, 6, 7), login(OLD, null, 8, 9)))
                .isTrue();
    }

    @Test
    void whoIsEnabledAgainLogsInAnew() {
        Operation disabling = done(DISABLING, 4, 5);
        assertThat(explains(disabling, done(ENABLING, 6, 7), login(OLD, session(FIRST, 2), 8, 9), refused(ME, 8, 9)))
                .isTrue();
        assertThat(explains(disabling, done(ENABLING, 6, 7), done(ME, 8, 9))).isFalse();
        assertThat(explains(disabling, done(ENABLING, 6, 7), login(OLD, null, 8, 9)))
                .isFalse();
    }

    @Test
    void anAdministratorMissesOnlyWhoIsNotThere() {
        assertThat(explains(done(DELETION, 4, 5), ended(DISABLING, 6, 7, Outcome.MISSING)))
                .isTrue();
        assertThat(explains(ended(DISABLING, 4, 5, Outcome.MISSING))).isFalse();
        assertThat(explains(done(DELETION, 4, 5), done(DISABLING, 6, 7))).isFalse();
    }
}
