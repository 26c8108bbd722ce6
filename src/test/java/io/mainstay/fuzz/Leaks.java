package io.mainstay.fuzz;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tells callers how the service is made, or where it runs. No request of ours has any of it. */
final class Leaks {

    /** Classes, stacks and files; what Redis says of errors, and its keys; hosts inside. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\b(?:io|com|org|java|javax|jakarta|sun)\\.[a-z]\\w*\\.[\\w.$]*|\\b[A-Z]\\w+(?:Exception|Error|Feature|Factory|Impl|Parser|Token)\\b|\\.java\\b|\\bat [\\w.$]+\\("
                    + "|(?i:jackson|vert\\.?x|netty|resteasy|quarkus|smallrye|jedis|graalvm)"
                    + "|\\b(?:ERR|WRONGTYPE|MOVED|ASK|CROSSSLOT|NOSCRIPT|OOM|LOADING|READONLY|MISCONF|NOAUTH|NOPERM|BUSY|CLUSTERDOWN) [a-zA-Z]|user_script|\\.lua\\b|\\bms:\\{|\\bms:[a-z0-9]"
                    + "|\\blocalhost:\\d+|\\b(?:127|10|172|192)\\.\\d+\\.\\d+\\.\\d+:\\d{2,}");
    /** Where an attempt ran is said, as the end of the name of its host. */
    private static final Pattern WORKER = Pattern.compile("\"worker\":\"[^\"]*\"");

    private static final int SHORT = 4;
    private static final String HOST = host();

    private Leaks() {}

    static List<String> in(FuzzAnswer answer) {
        List<String> leaks = new ArrayList<>();
        String text = WORKER.matcher(answer.body()).replaceAll("") + "\n" + answer.headers();
        Matcher inside = INSIDE.matcher(text);
        while (inside.find()) {
            leaks.add(inside.group());
        }
        if (HOST.length() > SHORT && text.contains(HOST)) {
            leaks.add("the host " + HOST);
        }
        return leaks.stream().distinct().toList();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
