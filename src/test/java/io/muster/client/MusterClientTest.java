package io.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MusterClientTest {

    private static final String CREATED =
            "{\"id\":\"00000000-0000-0000-0000-000000000f8c\",\"username\":\"user1\",\"createdAt\":\"2026-01-01T00:00:00Z\"}";
    private static final String NO_QUORUM =
            "{\"code\":\"no-quorum\",\"outcome\":\"not-applied\",\"detail\":\"no leader\"}";
    private static final String UNKNOWN = "{\"code\":\"commit-unknown\",\"outcome\":\"unknown\"}";
    private static final String LOGGED_IN = "{\"access_token\":\"to.ke.n\",\"expires_in\":900,\"other\":1,"
            + "\"user\":{\"id\":\"00000000-0000-0000-0000-000000000f8c\",\"username\":\"user1\"}}";
    private static final RegisteredUser USER = new RegisteredUser(
            UUID.fromString("00000000-0000-0000-0000-000000000f8c"), "user1", Instant.parse("2026-01-01T00:00:00Z"));
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");
    private static final URI NOBODY_ELSE = URI.create("http://127.0.0.1:2");

    private final FakeServer one = new FakeServer();
    private final FakeServer two = new FakeServer();
    private final FakePace pace = new FakePace();
    private final List<MusterClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(MusterClient::close);
        one.close();
        two.close();
    }

    @Test
    void sendsNameAndPasswordAndReadsTheUser() throws Exception {
        one.answers(201, CREATED);

        assertThat(client(one.url()).register("user1", "pass\"123")).isEqualTo(USER);
        assertThat(one.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /users/register");
            assertThat(request.body()).isEqualTo("{\"username\":\"user1\",\"password\":\"pass\\\"123\"}");
        });
    }

    @Test
    void readsTheSessionOfALoginBesideFieldsThatItDoesNotKnow() throws Exception {
        one.answers(200, LOGGED_IN);

        Session session = client(one.url()).login("user1", "p");

        assertThat(session.userId()).isEqualTo(USER.id());
        assertThat(session.username()).isEqualTo("user1");
        assertThat(session.accessToken()).isEqualTo("to.ke.n");
        assertThat(session.lifetime()).isEqualTo(Duration.ofMinutes(15));
        assertThat(session.toString()).doesNotContain("to.ke.n");
    }

    @Test
    void goesOnByARefreshToken() throws Exception {
        one.answers(200, LOGGED_IN.replace("{\"access", "{\"refresh_token\":\"one.ce\",\"access"))
                .answers(503, UNKNOWN)
                .answers(200, LOGGED_IN);
        MusterClient client = client(one.url());

        Session session =
                client.refresh(client.login("user1", "p").refreshToken().orElseThrow());

        assertThat(session.refreshToken()).isEmpty();
        assertThat(one.requests().getLast().line()).isEqualTo("POST /tokens/refresh");
        assertThat(one.requests().getLast().body()).isEqualTo("{\"refresh_token\":\"one.ce\"}");
    }

    @Test
    void endsOneSessionHoweverOftenItAsks() throws Exception {
        one.answers(503, UNKNOWN).answers(204, "");

        client(one.url()).revoke("one.ce");

        assertThat(one.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.line()).isEqualTo("POST /tokens/revoke");
            assertThat(request.body()).isEqualTo("{\"refresh_token\":\"one.ce\"}");
        });
    }

    @Test
    void goesToTheNextServerWhenOneCannotBeReached() throws Exception {
        two.answers(201, CREATED);

        assertThat(client(NOBODY, two.url()).register("user1", "p")).isEqualTo(USER);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void keepsOneIdempotencyKeyOverAllTries() throws Exception {
        one.answers(503, UNKNOWN);
        two.hangsUp().answers(503, NO_QUORUM).answers(201, CREATED);

        assertThat(client(one.url(), two.url()).register("user1", "p")).isEqualTo(USER);
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
        one.answers(200, LOGGED_IN);

        client(one.url()).login("user1", "p");

        assertThat(one.requests().getFirst().idempotencyKey()).isEqualTo("null");
    }

    @Test
    void neverRetriesARefusal() throws Exception {
        one.answers(409, "{\"code\":\"username-taken\",\"title\":\"Taken\",\"detail\":\"choose another\"}");

        assertThatThrownBy(() -> client(one.url(), two.url()).register("user1", "p"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(409);
                    assertThat(refused.code()).isEqualTo("username-taken");
                    assertThat(refused.reasons()).isEqualTo(List.of("Taken", "choose another"));
                });
        assertThat(one.requests()).hasSize(1);
        assertThat(two.requests()).isEmpty();
    }

    @Test
    void tellsEveryRuleThatWasBroken() throws Exception {
        one.answers(
                422,
                "{\"code\":\"policy-violation\",\"errors\":[{\"detail\":\"too short\"},{\"detail\":\"no\\u001b[2J\"}]}");

        assertThatThrownBy(() -> client(one.url()).register("user1", "p"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.code()).isEqualTo("policy-violation");
                    assertThat(refused.reasons()).isEqualTo(List.of("too short", "no\u001b[2J"));
                });
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

        assertThat(client(one.url(), two.url()).register("alice", "secret")).isEqualTo(USER);
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void knowsThatTooManyRequestsDidNothing() throws Exception {
        one.answers(429, "{}");
        two.answers(429, "{}");

        assertThatThrownBy(() -> client(one.url(), two.url()).register("alice", "secret"))
                .isInstanceOfSatisfying(UnavailableException.class, answer -> {
                    assertThat(answer.mayHaveHappened()).isFalse();
                    assertThat(answer).hasMessage(two.url() + " answered 429");
                });
    }

    @Test
    void givesUpInTimeAndKnowsThatNothingHappened() throws Exception {
        one.answers(503, NO_QUORUM);

        assertThatThrownBy(() -> client(one.url(), NOBODY).register("user1", "p"))
                .isInstanceOfSatisfying(UnavailableException.class, answer -> {
                    assertThat(answer.mayHaveHappened()).isFalse();
                    assertThat(answer).hasMessage(NOBODY + " cannot be reached");
                });
        assertThat(pace.elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    @Test
    void doesNotForgetThatAnEarlierTryMayHaveBeenApplied() throws Exception {
        one.answers(503, UNKNOWN).answers(503, NO_QUORUM);

        assertThatThrownBy(() -> client(one.url()).register("user1", "p"))
                .isInstanceOfSatisfying(UnavailableException.class, answer -> {
                    assertThat(answer.mayHaveHappened()).isTrue();
                    assertThat(answer).hasMessage(one.url() + " answered 503: no leader");
                });
    }

    @Test
    void takesAnAnswerThatBreaksOffForAnUnknownOutcome() throws Exception {
        one.hangsUp();

        assertThatThrownBy(() -> client(one.url()).register("user1", "p"))
                .isInstanceOfSatisfying(UnavailableException.class, answer -> {
                    assertThat(answer.mayHaveHappened()).isTrue();
                    assertThat(answer).hasMessageContaining("gave no answer");
                });
    }

    @Test
    void takesASuccessThatNamesNoUserForAnUnknownOutcome() throws Exception {
        one.answers(200, "<html>").answers(200, "x".repeat(2 * 1024 * 1024)).answers(200, "{}");

        assertThatThrownBy(() -> client(one.url()).register("user1", "p"))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        answer -> assertThat(answer.mayHaveHappened()).isTrue());
    }

    @Test
    void doesNotWaitWhereNobodyIs() throws Exception {
        assertThatThrownBy(() -> client(NOBODY, NOBODY_ELSE).register("user1", "p"))
                .isInstanceOfSatisfying(UnavailableException.class, answer -> {
                    assertThat(answer.mayHaveHappened()).isFalse();
                    assertThat(answer).hasMessage(NOBODY + " cannot be reached; " + NOBODY_ELSE + " cannot be reached");
                });
        assertThat(pace.pauses()).isEmpty();
    }

    @Test
    void triesAgainWhatCertainlyWasNotDone() throws Exception {
        one.answers(200, LOGGED_IN).answers(503, NO_QUORUM);
        two.answers(204, "");

        client(NOBODY, one.url(), two.url()).login("user1", "p").logout();

        assertThat(two.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /users/me/logout");
            assertThat(request.authorization()).isEqualTo("Bearer to.ke.n");
        });
    }

    @Test
    void doesNotTryAgainWhatMayHaveBeenDone() throws Exception {
        one.answers(200, LOGGED_IN).answers(503, UNKNOWN);
        two.answers(204, "");
        Session session = client(one.url(), two.url()).login("user1", "p");

        assertThatThrownBy(() -> session.changePassword("p", "q"))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        unavailable -> assertThat(unavailable.mayHaveHappened()).isTrue());
        assertThat(two.requests()).isEmpty();
    }

    @Test
    void knowsThatAReadDidNothing() {
        one.hangsUp();

        assertThatThrownBy(() -> client(one.url()).login("user1", "p"))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        unavailable -> assertThat(unavailable.mayHaveHappened()).isFalse());
    }

    @Test
    void readsUsersAndChangesThem() throws Exception {
        String user = "{\"id\":\"" + USER.id() + "\",\"username\":\"user1\",\"createdAt\":\"2026-01-01T00:00:00Z\","
                + "\"disabled\":true,\"roles\":[\"admin\"],\"lockedUntil\":null}";
        one.answers(200, LOGGED_IN)
                .answers(200, "{\"users\":[" + user + "],\"next\":\"user1\"}")
                .answers(503, UNKNOWN)
                .answers(200, user);
        UserAdministration administration =
                client(one.url()).login("user1", "p").administration();

        UserPage page = administration.list("u &", null, 1);
        User changed = administration.change(USER.id(), UserChange.disabled(true));

        assertThat(page.next()).contains("user1");
        assertThat(changed).isEqualTo(page.users().getFirst());
        assertThat(changed.lockedUntil()).isEmpty();
        assertThat(one.requests().get(1).line()).isEqualTo("GET /users?prefix=u+%26&limit=1");
        assertThat(one.requests().getLast().body()).isEqualTo("{\"disabled\":true}");
    }

    @Test
    void streamsAnExportFromTheFirstServerThatBegins() throws Exception {
        one.answers(200, LOGGED_IN).answers(503, NO_QUORUM);
        two.answers(200, "{}\n{}\n");

        assertThat(exported(one.url(), two.url())).isEqualTo("{}\n{}\n");
    }

    @Test
    void asksForAnExportAgainWhereNoServerCouldYet() throws Exception {
        one.answers(200, LOGGED_IN).answers(503, NO_QUORUM).answers(200, "{}\n");

        assertThat(exported(one.url())).isEqualTo("{}\n");
    }

    /** More than what lies ready: what is seen together with the end of an answer counts for nothing. */
    private static String usersInLines() {
        return IntStream.range(0, 20_000)
                .mapToObj("{\"hash\":\"$2b$\",\"username\":\"us&r-%05d\"}\n"::formatted)
                .collect(Collectors.joining());
    }

    private static String line(String name) {
        return "{\"username\":\"" + name + "\"}\n";
    }

    @Test
    void goesOnElsewhereBehindTheLastWholeLineWhereAnExportBreaksOff() throws Exception {
        String begun = usersInLines();
        one.answers(200, LOGGED_IN).breaksOff(begun + "{\"username\":\"ha");
        two.answers(200, line("zoe"));

        String written = exported(one.url(), two.url());
        assertThat(written).endsWith("\"}\n" + line("zoe"));
        String kept = written.substring(0, written.length() - line("zoe").length());
        assertThat(begun).startsWith(kept);
        String last = kept.substring(kept.length() - "00000\"}\n".length(), kept.length() - "\"}\n".length());
        assertThat(two.requests())
                .extracting(FakeServer.Request::line)
                .containsExactly("GET /users/export?after=us%26r-" + last);
        assertThat(one.requests()).hasSize(2);
    }

    /** An answer that ends well, but for its last line, is none. */
    @Test
    void goesOnWhereAnExportEndsWithinALine() throws Exception {
        one.answers(200, LOGGED_IN)
                .answers(200, line("alice") + line("\u00e4nne") + "{\"type\":\"a problem\"}")
                .answers(200, "");
        two.answers(200, line("zoe") + "{\"user");

        assertThat(exported(one.url(), two.url())).isEqualTo(line("alice") + line("\u00e4nne") + line("zoe"));
        assertThat(two.requests())
                .extracting(FakeServer.Request::line)
                .containsExactly("GET /users/export?after=%C3%A4nne");
        assertThat(one.requests())
                .extracting(FakeServer.Request::line)
                .endsWith("GET /users/export", "GET /users/export?after=zoe");
    }

    @Test
    void asksEveryServerForAnExportBeforeOneIsAskedAgain() throws Exception {
        try (FakeServer three = new FakeServer()) {
            one.answers(200, LOGGED_IN).answers(200, line("alice") + "x");
            two.answers(200, line("bob") + "x");
            three.answers(200, line("zoe"));

            assertThat(exported(one.url(), two.url(), three.url()))
                    .isEqualTo(line("alice") + line("bob") + line("zoe"));
            assertThat(one.requests()).hasSize(2);
        }
    }

    @Test
    void endsAnExportThatBreaksOffAgainAndAgain() throws Exception {
        one.answers(200, LOGGED_IN).answers(200, line("alice") + "x");
        UserAdministration administration =
                client(one.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.exportUsers(OutputStream.nullOutputStream()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("broke off");

        assertThat(one.requests()).hasSize(1 + 100);
    }

    @Test
    void tellsOfASessionThatEndsWithinAnExport() throws Exception {
        one.answers(200, LOGGED_IN).answers(200, line("alice") + "x");
        two.answers(401, "{\"code\":\"invalid-token\"}");
        UserAdministration administration =
                client(one.url(), two.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.exportUsers(OutputStream.nullOutputStream()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("broke off")
                .hasMessageContaining("session has ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "no JSON", "{\"username\":1}"})
    void cannotGoOnBehindWhatNamesNobody(String line) throws Exception {
        one.answers(200, LOGGED_IN).answers(200, line + "\nx");
        two.answers(200, "{}\n");
        UserAdministration administration =
                client(one.url(), two.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.exportUsers(OutputStream.nullOutputStream()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("broke off");

        assertThat(two.requests()).isEmpty();
    }

    @Test
    void takesNothingOfAnExportThatEndsWithinItsFirstLine() throws Exception {
        one.answers(200, LOGGED_IN).answers(200, "{\"username\":\"half");
        two.answers(200, "{}\n");

        assertThat(exported(one.url(), two.url())).isEqualTo("{}\n");
    }

    @Test
    void takesNothingOfALineThatDoesNotEnd() throws Exception {
        one.answers(200, LOGGED_IN).answers(200, "x".repeat(200_000) + "\n");
        two.answers(200, "{}\n");

        assertThat(exported(one.url(), two.url())).isEqualTo("{}\n");
    }

    /** Waits for as long as the client does. */
    @Test
    @Timeout(30)
    void givesUpAnExportThatStalls() throws Exception {
        one.answers(200, LOGGED_IN).stalls(200, "{}\n");
        UserAdministration administration =
                client(one.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.exportUsers(new ByteArrayOutputStream()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no answer within");
    }

    /** Waits for as long as the client does. */
    @Test
    @Timeout(30)
    void waitsForNoRefusalOfAnExportThatStalls() throws Exception {
        one.answers(200, LOGGED_IN).stalls(503, "{");
        two.answers(200, "{}\n");

        assertThat(exported(one.url(), two.url())).isEqualTo("{}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 302})
    void takesNoOtherAnswerForAnExport(int status) throws Exception {
        one.answers(200, LOGGED_IN).answers(status, status == 204 ? "" : "<html>elsewhere");
        two.answers(200, "{}\n");

        assertThat(exported(one.url(), two.url())).isEqualTo("{}\n");
    }

    @Test
    void blamesNoServerWhereTheExportCannotBeWritten() throws Exception {
        one.answers(200, LOGGED_IN).answers(200, "{}\n");
        two.answers(200, "{}\n");
        UserAdministration administration =
                client(one.url(), two.url()).login("user1", "p").administration();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("no space");
            }
        };

        assertThatThrownBy(() -> administration.exportUsers(full)).hasMessage("no space");
        assertThat(two.requests()).isEmpty();
    }

    @Test
    void doesNotCallRefusedWhatATryMayHaveDone() throws Exception {
        one.answers(200, LOGGED_IN).answers(503, UNKNOWN).answers(401, "{\"code\":\"invalid-token\"}");
        UserAdministration administration =
                client(one.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.change(USER.id(), UserChange.unlocked()))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        unavailable -> assertThat(unavailable.mayHaveHappened()).isTrue());
    }

    @Test
    void boundsAnImport() throws Exception {
        one.answers(200, LOGGED_IN);
        UserAdministration administration =
                client(one.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.importUsers(new byte[1024 * 1024 + 1], false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsOfAnExportThatIsForbidden() throws Exception {
        one.answers(200, LOGGED_IN).answers(403, "{\"code\":\"forbidden\"}");
        UserAdministration administration =
                client(one.url(), two.url()).login("user1", "p").administration();

        assertThatThrownBy(() -> administration.exportUsers(OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("forbidden"));
        assertThat(two.requests()).isEmpty();
    }

    private String exported(URI... servers) throws Exception {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        client(servers).login("user1", "p").administration().exportUsers(sink);
        return sink.toString(StandardCharsets.UTF_8);
    }

    private MusterClient client(URI... servers) {
        MusterClient client = new MusterClient(List.of(servers), pace);
        clients.add(client);
        return client;
    }
}
