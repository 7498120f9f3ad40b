package io.muster.history;

import static io.muster.history.Histories.FIRST;
import static io.muster.history.Histories.isLinearizable;
import static io.muster.history.Histories.login;
import static io.muster.history.Histories.register;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Act.Session;
import io.muster.history.Operation.Outcome;
import org.junit.jupiter.api.Test;

/** Registers and logins; {@link AccountHistoriesTest} has what else is done with accounts. */
class LinearizabilityCheckerTest {

    private static final Session NEW = new Session(FIRST, 0);

    @Test
    void acceptsALoginBehindItsRegistration() {
        assertThat(isLinearizable(register(1, 0, 1, Outcome.OK), login(1, NEW, 2, 3)))
                .isTrue();
    }

    @Test
    void refusesALoginThatMissesAnAcknowledgedRegistration() {
        assertThat(isLinearizable(register(1, 0, 1, Outcome.OK), login(1, null, 2, 3)))
                .isFalse();
    }

    @Test
    void refusesTwoRegistrationsOfOneName() {
        assertThat(isLinearizable(register(1, 0, 9, Outcome.OK), register(2, 0, 9, Outcome.OK)))
                .isFalse();
    }

    @Test
    void refusesAConflictWithNobody() {
        assertThat(isLinearizable(register(1, 0, 1, Outcome.CONFLICT), register(2, 2, 3, Outcome.OK)))
                .isFalse();
    }

    @Test
    void letsAnUnknownRegistrationTakeEffectLate() {
        assertThat(isLinearizable(register(1, 0, 1, Outcome.UNKNOWN), login(1, null, 2, 3), login(1, NEW, 4, 5)))
                .isTrue();
    }

    @Test
    void refusesAnUnknownRegistrationThatComesAndGoes() {
        assertThat(isLinearizable(register(1, 0, 1, Outcome.UNKNOWN), login(1, NEW, 2, 3), login(1, null, 4, 5)))
                .isFalse();
    }

    @Test
    void takesNothingFromWhatWasRefused() {
        assertThat(isLinearizable(register(1, 0, 1, Outcome.REFUSED), login(1, NEW, 2, 3)))
                .isFalse();
    }

    @Test
    void namesTheUserAndWhatWasSeen() {
        History history = new History();
        history.add(login(1, NEW, 0, 1));

        assertThat(LinearizabilityChecker.check(history).orElseThrow().toString())
                .contains("alice")
                .contains("Login");
    }
}
