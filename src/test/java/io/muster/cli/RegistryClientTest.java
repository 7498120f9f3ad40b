package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

    private static final String CREATED =
            "{\"id\":\"0f8c\",\"username\":\"user1\",\"createdAt\":\"2026-01-01T00:00:00Z\"}";
    private static final String NO_QUORUM =
            "{\"code\":\"no-quorum\",\"outcome\":\"not-applied\",\"detail\":\"no leader\"}";
    private static final String UNKNOWN = "{\"code\":\"commit-unknown\",\"outcome\":\"unknown\"}";
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final FakeServer one = new FakeServer();
    private final FakeServer two = new FakeServer();
    private final FakePace pace = new FakePace();
    private final Http http = new Http();

    @AfterEach
    void close() {
        http.close();
        one.close();
        two.close();
    }

    @Test
    void sendsNameAndPasswordAndReadsTheUser() throws Exception {
        one.answers(201, CREATED);

        assertThat(client(one.url()).register("user1", "pass\"123")).isEqualTo(new Answer.Accepted("0f8c", "user1"));
        assertThat(one.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /users/register");
            assertThat(request.body()).isEqualTo("{\"username\":\"user1\",\"password\":\"pass\\\"123\"}");
        });
    }

    @Test
    void readsTheUserOfALoginBesideFieldsThatItDoesNotKnow() throws Exception {
        one.answers(200, "{\"access_token\":\"t\",\"user\":{\"id\":\"0f8c\",\"username\":\"user1\"}}");

        assertThat(client(one.url()).login("user1", "p")).isEqualTo(new Answer.Accepted("0f8c", "user1"));
    }

    @Test
    void goesToTheNextServerWhenOneCannotBeReached() throws Exception {
        two.answers(201, CREATED);

        assertThat(client(NOBODY, two.url()).register("user1", "p")).isInstanceOf(Answer.Accepted.class);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void keepsOneIdempotencyKeyOverAllTries() throws Exception {
        one.answers(503, UNKNOWN);
        two.hangsUp().answers(503, NO_QUORUM).answers(201, CREATED);

        assertThat(client(one.url(), two.url()).register("user1", "p")).isInstanceOf(Answer.Accepted.class);
        assertThat(one.requests()).hasSize(3);
        assertThat(two.requests()).hasSize(3);
        assertThat(one.requests().getFirst().idempotencyKey()).hasSize(36);
        assertThat(List.of(one.requests(), two.requests()))
                .flatMap(requests -> requests)
                .extracting(FakeServer.Request::idempotencyKey)
                .containsOnly(one.requests().getFirst().idempotencyKey());
    }

    @Test
    void takesANewIdempotencyKeyForEveryRegister() throws Exception {
        one.answers(201, CREATED);

        client(one.url()).register("user1", "p");
        client(one.url()).register("user1", "p");

        assertThat(one.requests())
                .extracting(FakeServer.Request::idempotencyKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void sendsNoIdempotencyKeyWithALogin() throws Exception {
        one.answers(200, CREATED);

        client(one.url()).login("user1", "p");

        assertThat(one.requests().getFirst().idempotencyKey()).isEqualTo("null");
    }

    @Test
    void neverRetriesARefusal() throws Exception {
        one.answers(409, "{\"code\":\"username-taken\",\"title\":\"Taken\",\"detail\":\"choose another\"}");

        assertThat(client(one.url(), two.url()).register("user1", "p"))
                .isEqualTo(new Answer.Refused(409, "username-taken", List.of("Taken", "choose another")));
        assertThat(one.requests()).hasSize(1);
        assertThat(two.requests()).isEmpty();
    }

    @Test
    void tellsEveryRuleThatWasBroken() throws Exception {
        one.answers(
                422,
                "{\"code\":\"policy-violation\",\"errors\":[{\"detail\":\"too short\"},{\"detail\":\"no\\u001b[2J\"}]}");

        assertThat(client(one.url()).register("user1", "p"))
                .isEqualTo(new Answer.Refused(422, "policy-violation", List.of("too short", "no [2J")));
    }

    @Test
    void honoursRetryAfterUpToThreeSeconds() throws Exception {
        one.answers(503, Map.of("Retry-After", "2"), NO_QUORUM)
                .answers(503, Map.of("Retry-After", "3600"), NO_QUORUM)
                .answers(503, Map.of("Retry-After", "0"), NO_QUORUM)
                .answers(201, CREATED);

        client(one.url()).register("user1", "p");

        assertThat(pace.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofMillis(200));
    }

    @Test
    void asksTheNextServerWhereOneHasHadTooMuch() throws Exception {
        one.answers(429, Map.of("Retry-After", "1"), NO_QUORUM);
        two.answers(201, CREATED);

        assertThat(client(one.url(), two.url()).register("alice", "secret")).isInstanceOf(Answer.Accepted.class);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void knowsThatTooManyRequestsDidNothing() throws Exception {
        one.answers(429, "{}");
        two.answers(429, "{}");

        assertThat(client(one.url(), two.url()).register("alice", "secret"))
                .isEqualTo(new Answer.Unavailable(false, two.url() + " answered 429"));
    }

    @Test
    void givesUpInTimeAndKnowsThatNothingHappened() throws Exception {
        one.answers(503, NO_QUORUM);

        assertThat(client(one.url(), NOBODY).register("user1", "p"))
                .isEqualTo(new Answer.Unavailable(false, NOBODY + " cannot be reached"));
        assertThat(pace.elapsed()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(15));
    }

    @Test
    void doesNotForgetThatAnEarlierTryMayHaveBeenApplied() throws Exception {
        one.answers(503, UNKNOWN).answers(503, NO_QUORUM);

        assertThat(client(one.url()).register("user1", "p"))
                .isEqualTo(new Answer.Unavailable(true, one.url() + " answered 503: no leader"));
    }

    @Test
    void takesAnAnswerThatBreaksOffForAnUnknownOutcome() throws Exception {
        one.hangsUp();

        assertThat(client(one.url()).register("user1", "p"))
                .isInstanceOfSatisfying(Answer.Unavailable.class, answer -> {
                    assertThat(answer.mayHaveHappened()).isTrue();
                    assertThat(answer.reason()).contains("gave no answer");
                });
    }

    @Test
    void takesASuccessThatNamesNoUserForAnUnknownOutcome() throws Exception {
        one.answers(200, "<html>").answers(200, "x".repeat(2 * 1024 * 1024)).answers(200, "{}");

        assertThat(client(one.url()).register("user1", "p"))
                .isInstanceOfSatisfying(
                        Answer.Unavailable.class,
                        answer -> assertThat(answer.mayHaveHappened()).isTrue());
    }

    @Test
    void doesNotWaitWhereNobodyIs() throws Exception {
        assertThat(client(NOBODY).register("user1", "p"))
                .isEqualTo(new Answer.Unavailable(false, NOBODY + " cannot be reached"));
        assertThat(pace.pauses()).isEmpty();
    }

    private RegistryClient client(URI... servers) {
        return new RegistryClient(http, List.of(servers), pace);
    }
}
