package io.mainstay.lease.report;

import io.mainstay.job.InvalidValueException;
import io.mainstay.rest.StrictJson;
import java.io.IOException;

/**
 * One of several reports of a request.
 *
 * @param token the proof, as it came
 */
record Report(String token, ReportOutcome outcome, ReportBody body) {

    /**
     * @throws io.mainstay.rest.MalformedRequestException if it is not what a report looks like
     * @throws InvalidValueException if a value is out of bounds, missing, or does not belong to the outcome
     */
    static Report read(byte[] text) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(text, draft);
        ReportOutcome outcome = ReportOutcome.ofWireName(draft.outcome);
        return new Report(draft.token(), outcome, draft.body.finish().checkedFor(outcome));
    }

    private static final class Draft implements StrictJson.Fields {

        private final ReportBody.Draft body = new ReportBody.Draft();
        private String token;
        private String outcome;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "token" -> token = json.text();
                case "outcome" -> outcome = json.text();
                default -> {
                    if (!body.take(name, json)) {
                        throw json.unknownField();
                    }
                }
            }
        }

        private String token() {
            if (token == null) {
                throw new InvalidValueException("token", null, "the token of a lease");
            }
            return token;
        }
    }
}
