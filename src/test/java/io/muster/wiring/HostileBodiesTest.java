package io.muster.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.patch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.muster.hostile.Mutations;
import io.muster.hostile.Rounds;
import io.muster.node.Consensus;
import io.muster.raft.Bytes;
import io.muster.raft.Entry;
import io.muster.raft.LogStart;
import io.muster.raft.NodeId;
import io.muster.raft.Payload;
import io.muster.users.Accounts;
import io.muster.users.Administration;
import io.muster.users.Authenticator;
import io.muster.users.FirstAdministrator;
import io.muster.users.HashParameters;
import io.muster.users.HashScheme;
import io.muster.users.PasswordHasher;
import io.muster.users.PasswordPolicy;
import io.muster.users.Peppers;
import io.muster.users.Registry;
import io.muster.users.RegistryOptions;
import io.muster.users.Sessions;
import io.muster.users.TestLockout;
import io.muster.users.TestProposals;
import io.muster.users.TestTokens;
import io.muster.users.Tokens;
import io.muster.users.UserStateMachine;
import io.muster.users.store.RocksUserStore;
import io.muster.users.store.UserStore;
import io.muster.web.AccountController;
import io.muster.web.AdministrationController;
import io.muster.web.CallerResolver;
import io.muster.web.ProblemAdvice;
import io.muster.web.ProblemWriter;
import io.muster.web.RequestFrameFilter;
import io.muster.web.SessionController;
import io.muster.web.UsersController;
import io.muster.web.Utf8Bodies;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies that nobody meant, through Spring MVC as it is wired, down to the state of the users. */
@Timeout(3_600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {

    private static final int ROUNDS = 1_500;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String REGISTER = "/users/register";
    private static final String LOGIN = "/users/login";
    private static final String SECRET = "hunter2-hunter2";
    private static final List<Integer> STATUSES = List.of(200, 201, 400, 401, 409, 413, 415, 422);

    /** Bodies, and pieces that JSON or UTF-8 makes something special of. */
    private static final List<byte[]> SEEDS = Stream.of(
                    body("somebody", SECRET),
                    body("some\\ud800body", SECRET),
                    body("some\\u0000body", SECRET + "\\udc00"),
                    body("b\u00f8b\ud83d\ude00", "\u4f60\u597d" + SECRET),
                    "{\"username\":{\"a\":[1,2,{}]},\"password\":null}",
                    "{\"username\":1e999999999,\"password\":-0}",
                    "[[[[[[[[[[[[[[[[{\"username\":true}",
                    "\"username\",\"password\":,\"username\":\"x\",/* */ NaN Infinity 'a' \\u",
                    "\ufeff" + body("somebody", SECRET))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<byte[]> ACCOUNT_SEEDS = Stream.of(
                    "{\"current\":\"wrong\",\"new\":\"" + SECRET + "\"}",
                    "{\"password\":\"wrong\"}",
                    "{\"username\":\"someone\",\"code\":\"00000-00000\",\"new\":\"" + SECRET + "\"}",
                    "{\"disabled\":true,\"roles\":[\"admin\",\"auditor\"],\"locked\":false}",
                    "{\"disabled\":null,\"roles\":[null,1,{}],\"locked\":\"false\"}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private UserStore store;
    private PasswordHasher hasher;
    private MockMvc mvc;
    /** A token of an administrator. */
    private String root;

    private UUID someone;

    /** A cluster of one, in this thread. */
    private record AppliesAtOnce(UserStateMachine machine) implements Consensus {

        @Override
        public CompletableFuture<Committed> propose(Bytes command) {
            Entry entry = new Entry(machine.appliedIndex() + 1, 1, 1_000, new Payload.Command(command));
            return CompletableFuture.completedFuture(
                    new Committed(entry.index(), machine.apply(List.of(entry)).getFirst()));
        }

        @Override
        public CompletableFuture<Long> readBarrier() {
            return awaitApplied(0);
        }

        @Override
        public CompletableFuture<Long> awaitApplied(long index) {
            return CompletableFuture.completedFuture(appliedIndex());
        }

        @Override
        public long appliedIndex() {
            return machine.appliedIndex();
        }
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        store = RocksUserStore.open(
                directory.resolve("users"), directory.resolve("snapshots"), LogStart.ZERO, failure -> {});
        hasher = new PasswordHasher(new HashScheme.Argon2id(new HashParameters(8, 1)), Peppers.NONE, 1, 4, MINUTE);
        Consensus consensus = new AppliesAtOnce(new UserStateMachine(store, UserStateMachine.REQUEST_LIFETIME));
        Tokens tokens = TestTokens.of(consensus, store, InstantSource.system());
        RegistryOptions options = new RegistryOptions(new PasswordPolicy(8, true, true), true, MINUTE);
        Authenticator authenticator = TestLockout.authenticator(consensus, store, hasher, InstantSource.system());
        Sessions sessions = TestTokens.sessions(consensus, store, tokens);
        Registry registry = new Registry(
                TestProposals.of(consensus),
                authenticator,
                hasher,
                sessions,
                options,
                InstantSource.system(),
                UUID::randomUUID);
        Accounts accounts =
                new Accounts(TestProposals.of(consensus), authenticator, hasher, options, InstantSource.system());
        JsonMapper.Builder builder = JsonMapper.builder();
        new WebConfiguration().strictJson().customize(builder);
        JsonMapper json = builder.build();
        ProblemWriter problems = new ProblemWriter(json);
        mvc = MockMvcBuilders.standaloneSetup(
                        new UsersController(registry, accounts),
                        new SessionController(registry, sessions),
                        new AccountController(accounts),
                        new AdministrationController(
                                new Administration(TestProposals.of(consensus), store, InstantSource.system(), MINUTE),
                                tokens))
                .setCustomArgumentResolvers(new CallerResolver(tokens))
                .setControllerAdvice(new ProblemAdvice(problems), new Utf8Bodies())
                .setMessageConverters(new JacksonJsonHttpMessageConverter(json))
                .addFilters(new RequestFrameFilter(new NodeId(1), consensus, problems))
                .build();
        new FirstAdministrator(
                        TestProposals.of(consensus), store, hasher, options, InstantSource.system(), "root", SECRET)
                .makeIfNone();
        root = registry.login("root", SECRET).token().value();
        someone = registry.register("someone", SECRET, null).id();
    }

    @AfterAll
    void stop() {
        hasher.close();
        store.close();
    }

    private static String body(String username, String password) {
        return "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
    }

    private MockHttpServletResponse send(String path, String mediaType, byte[] body) throws Exception {
        return mvc.perform(post(path).header("Content-Type", mediaType).content(body))
                .andReturn()
                .getResponse();
    }

    @Test
    void areAnsweredByAProblemOrAreCredentials() {
        Rounds.run("REST bodies", ROUNDS, random -> {
            byte[] body = new Mutations(random, SEEDS).next();
            String path = random.nextInt(3) == 0 ? LOGIN : REGISTER;
            MockHttpServletResponse answer = send(path, MediaType.APPLICATION_JSON_VALUE, body);
            requireTyped(answer);
            if (answer.getStatus() != 400) {
                requireUtf8(body);
            }
            return answer.getStatus() != 400;
        });
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request, byte[] body) throws Exception {
        return mvc.perform(request.header("Authorization", "Bearer " + root)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    @Test
    void ofAccountsAreAnsweredByAProblemOrMeanWhatTheySay() {
        Rounds.run("REST bodies of accounts", ROUNDS, random -> {
            byte[] body = new Mutations(random, ACCOUNT_SEEDS).next();
            MockHttpServletRequestBuilder request = switch (random.nextInt(3)) {
                case 0 -> post("/users/me/password");
                case 2 -> delete("/users/me");
                default -> patch("/users/" + someone);
            };
            MockHttpServletResponse answer = send(request, body);
            requireTyped(answer);
            return answer.getStatus() != 400;
        });
    }

    private static void requireTyped(MockHttpServletResponse answer) throws Exception {
        assertThat(answer.getStatus()).isIn(STATUSES);
        String text = answer.getContentAsString(StandardCharsets.UTF_8);
        if (answer.getStatus() >= 400) {
            assertThat(answer.getContentType()).isEqualTo("application/problem+json");
            JsonNode problem = JsonMapper.shared().readTree(text);
            assertThat(problem.propertyNames()).contains("type", "title", "status", "detail", "code", "traceId");
            assertThat(text).doesNotContain(SECRET).doesNotContain("Exception");
        }
    }

    private static void requireUtf8(byte[] body) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new AssertionError("taken, and no UTF-8: " + Arrays.toString(body), e);
        }
    }

    /** "All JSON UTF-8", says the contract; a parser that guesses takes more than was checked in front of it. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void inAnotherEncodingAreMalformed(String encoding) throws Exception {
        byte[] body = body("somebody", SECRET).getBytes(Charset.forName(encoding));
        for (String mediaType : List.of("application/json", "application/json;charset=" + encoding)) {
            MockHttpServletResponse answer = send(REGISTER, mediaType, body);
            requireTyped(answer);
            assertThat(answer.getStatus()).as(mediaType).isIn(400, 415);
        }
    }

    /** Overlong forms, surrogates, and code points beyond the last, in the place of a letter. */
    @ParameterizedTest
    @ValueSource(
            strings = {"c080", "c1a1", "e081a1", "eda080", "eda080edb080", "f08081a1", "f4908080", "ff", "80", "c3"})
    void inBrokenUtf8AreMalformed(String hex) throws Exception {
        byte[] template = body("some?body", SECRET).getBytes(StandardCharsets.UTF_8);
        int at = new String(template, StandardCharsets.US_ASCII).indexOf('?');
        byte[] broken = HexFormat.of().parseHex(hex);
        byte[] body = ByteBuffer.allocate(template.length - 1 + broken.length)
                .put(template, 0, at)
                .put(broken)
                .put(template, at + 1, template.length - at - 1)
                .array();
        MockHttpServletResponse answer = send(REGISTER, MediaType.APPLICATION_JSON_VALUE, body);

        requireTyped(answer);
        assertThat(answer.getStatus()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"username\":[", "{\"username\":{\"a\":", "\"", "1", "{\"username\":\"\\u0000"})
    void thatNestOrNeverEndAreMalformed(String piece) throws Exception {
        byte[] body = piece.repeat(8_000 / piece.length()).getBytes(StandardCharsets.UTF_8);
        MockHttpServletResponse answer = send(REGISTER, MediaType.APPLICATION_JSON_VALUE, body);

        requireTyped(answer);
        assertThat(answer.getStatus()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "*/*", "application/json;charset=nonsense", "application/json; q=\"", "application/xml"
            })
    void ofAnotherTypeAreUnsupported(String mediaType) throws Exception {
        MockHttpServletResponse answer =
                send(REGISTER, mediaType, body("somebody", SECRET).getBytes(StandardCharsets.UTF_8));

        requireTyped(answer);
        assertThat(answer.getStatus()).isEqualTo(415);
    }
}
