/** One user of a run; the password follows from the number, so that it need not be kept. */
record User(String name, int number) {

    String password() {
        return "pw-" + number + "-of-muster";
    }
}
