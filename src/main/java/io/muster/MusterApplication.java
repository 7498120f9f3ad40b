package io.muster;

import io.muster.cli.Cli;
import io.muster.cli.Invocation;
import io.muster.wiring.Server;

/** Where every process of Muster begins: a replica, or a command that talks to one. */
public final class MusterApplication {

    private MusterApplication() {}

    /** Runs a command, or becomes a server. */
    public static void main(String[] args) {
        switch (Cli.run(args)) {
            case Invocation.Exit exit -> System.exit(exit.code());
            case Invocation.Serve serve -> Server.run(serve.arguments().toArray(String[]::new));
        }
    }
}
