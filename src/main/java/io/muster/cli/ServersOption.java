package io.muster.cli;

import java.net.URI;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option {@code --servers}, the same for every client command. */
final class ServersOption {

    static final String DEFAULT = "http://127.0.0.1:8081,http://127.0.0.1:8082,http://127.0.0.1:8083";

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "URL",
            defaultValue = DEFAULT,
            converter = ServerUrl.class,
            description = "The servers to ask, in this order, separated by commas (default: ${DEFAULT-VALUE}).")
    private List<URI> servers = List.of();

    /** At least one; each of the form {@code http://host:port} or {@code https://host:port}. */
    List<URI> servers() {
        return List.copyOf(servers);
    }

    static List<URI> defaults() {
        return List.of(DEFAULT.split(",")).stream().map(URI::create).toList();
    }

    private static final class ServerUrl implements CommandLine.ITypeConverter<URI> {

        @Override
        public URI convert(String value) {
            try {
                URI url = URI.create(value.strip());
                boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getFragment() == null;
                if (plain
                        && url.getHost() != null
                        && hasWebScheme(url)
                        && url.getPath().matches("/?")) {
                    return url;
                }
            } catch (IllegalArgumentException _) {
                // Falls through to the one answer.
            }
            throw new CommandLine.TypeConversionException("a server is http://host:port or https://host:port");
        }

        private static boolean hasWebScheme(URI url) {
            return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        }
    }
}
