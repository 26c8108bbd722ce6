package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import io.mainstay.job.InvalidValueException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** The command {@code new-key}: prints a line of a keys file. It starts nothing. */
public final class NewKey {

    public static final String COMMAND = "new-key";

    private static final int WRONG_USE = 2;
    private static final String USAGE = """
            usage: new-key <name> <roles> <queues> [payload]

              roles    some of reader, producer, worker, operator, admin; commas between
              queues   names, or beginnings of names with * at the end; commas between; '*' is all
              payload  whether payloads and results may be seen

            It prints a line for the file that mainstay.security.keys-file names, for example:
              new-key first-admin admin '*' payload >> mainstay-keys""";

    private NewKey() {}

    /** @return the exit code */
    public static int run(List<String> words, PrintStream out, PrintStream err) {
        Grant grant;
        try {
            grant = Grant.of(words);
        } catch (InvalidValueException e) {
            err.println("new-key: " + e.getMessage());
            err.println(USAGE);
            return WRONG_USE;
        }
        byte[] key = KeyFormat.generate(new SecureRandom());
        out.println(new String(key, StandardCharsets.US_ASCII) + " " + grant.line());
        return 0;
    }
}
