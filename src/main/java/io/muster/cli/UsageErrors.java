package io.muster.cli;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the arguments. Never repeats an argument that it does not understand, as picocli would: it may
 * be the rest of a password that was not quoted.
 */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("muster: " + explain(e));
        if (e instanceof UnmatchedArgumentException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, command.getErr());
        }
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String explain(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched
            when isCommandMissing(unmatched) -> "there is no command of this name";
            case UnmatchedArgumentException unmatched ->
                unmatched.getUnmatched().size() + " argument(s) not understood";
            case MissingParameterException missing -> "missing: " + names(missing);
            default -> String.valueOf(e.getMessage());
        };
    }

    private static boolean isCommandMissing(UnmatchedArgumentException e) {
        return e.getCommandLine().getParent() == null;
    }

    private static String names(MissingParameterException e) {
        return String.join(
                ", ",
                e.getMissing().stream()
                        .map(arg -> arg instanceof CommandLine.Model.OptionSpec option
                                ? option.longestName()
                                : arg.paramLabel())
                        .toList());
    }
}
