import java.util.List;

/** How long calls took that all succeeded. */
record Latencies(int calls, double medianMillis, double p99Millis, double longestMillis) {

    /** @throws IllegalStateException when one did not succeed */
    static Latencies of(List<SteadyRate.Answer> answers) {
        if (answers.stream().anyMatch(answer -> !answer.succeeded())) {
            throw new IllegalStateException(
                    answers.stream().filter(answer -> !answer.succeeded()).count() + " requests did not succeed");
        }
        List<Double> millis =
                answers.stream().map(SteadyRate.Answer::millis).sorted().toList();
        int count = millis.size();
        return new Latencies(
                count, millis.get(count / 2), millis.get(Math.min(count - 1, count * 99 / 100)), millis.getLast());
    }

    @Override
    public String toString() {
        return String.format(
                "%d calls, median %.2f ms, p99 %.2f ms, longest %.2f ms", calls, medianMillis, p99Millis, longestMillis);
    }
}
