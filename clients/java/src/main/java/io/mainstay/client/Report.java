package io.mainstay.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the service is to be told of an attempt.
 *
 * @param json as it is sent
 * @param alone whether it is sent by itself, since it is large, or the service refused a request that had it
 */
record Report(Attempt attempt, Outcome outcome, String json, boolean alone) {

    /** So many characters of reports, three bytes each at most, are within what the service takes in one request. */
    static final int MOST_CHARACTERS = 256 * 1024;

    /** One of so many goes by itself. */
    static final int LARGE = 64 * 1024;

    private static final int LONGEST_TYPE = 100;
    private static final int LONGEST_MESSAGE = 1000;

    static Report of(Attempt attempt, Outcome outcome) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("token", attempt.token());
        if (outcome instanceof Outcome.Success success) {
            fields.put("outcome", "success");
            success.result().ifPresent(result -> fields.put("result", result));
        } else if (outcome instanceof Outcome.Retry retry) {
            fields.put("outcome", "retry");
            fields.put("error", error(retry.type(), retry.message()));
            retry.after().ifPresent(wait -> fields.put("delay", wait.toString()));
        } else if (outcome instanceof Outcome.Fail fail) {
            fields.put("outcome", "fail");
            fields.put("error", error(fail.type(), fail.message()));
        } else if (outcome instanceof Outcome.Snooze snooze) {
            fields.put("outcome", "snooze");
            fields.put("delay", snooze.after().toString());
        } else {
            fields.put("outcome", "release");
        }
        String json = JsonValue.of(fields).text();
        return new Report(attempt, outcome, json, json.length() > LARGE);
    }

    Report byItself() {
        return new Report(attempt, outcome, json, true);
    }

    private static JsonValue error(String type, String message) {
        return JsonValue.object("type", cut(type, LONGEST_TYPE), "message", cut(message, LONGEST_MESSAGE));
    }

    private static String cut(String text, int most) {
        String some = text == null || text.isEmpty() ? "none" : text;
        return some.length() <= most ? some : some.substring(0, most);
    }
}
