import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of a script: options with a whole number each, and words.
 *
 * @param numbers by the option's name, dashes included
 */
record Options(Map<String, Integer> numbers, List<String> words) {

    /** @throws IllegalArgumentException when an option is unknown, or its value is no number from 1 */
    static Options parse(String[] args, Set<String> known) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--")) {
                words.add(args[i]);
            } else if (known.contains(args[i]) && i + 1 < args.length && args[i + 1].matches("[1-9]\\d{0,8}")) {
                numbers.put(args[i], Integer.valueOf(args[++i]));
            } else {
                throw new IllegalArgumentException("known options, each with a number from 1: " + known);
            }
        }
        return new Options(numbers, words);
    }

    int number(String option, int otherwise) {
        return numbers.getOrDefault(option, otherwise);
    }
}
