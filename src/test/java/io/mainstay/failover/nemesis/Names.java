package io.mainstay.failover.nemesis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of the jobs of a run, all of one length, and texts of any size that hold nothing but one of them. */
public final class Names {

    /** In Lua as well. */
    public static final String LUA_PATTERN = "j%d%d%d%d%d%d%d";

    public static final Pattern PATTERN = Pattern.compile("j\\d{7}");

    private Names() {}

    public static String of(int number) {
        return "j%07d".formatted(number);
    }

    /** JSON of about that many bytes. */
    public static String body(String name, int size) {
        return "{\"id\":\"%s\",\"pad\":\"%s\"}".formatted(name, name.repeat(size / name.length()));
    }

    /** The name of another job that a text holds, empty if it holds none. */
    public static String foreign(String text, String own) {
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().equals(own)) {
                return matcher.group();
            }
        }
        return "";
    }
}
