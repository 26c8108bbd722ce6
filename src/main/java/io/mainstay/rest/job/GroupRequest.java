package io.mainstay.rest.job;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobGroup;
import io.mainstay.rest.StrictJson;
import java.io.IOException;

/** The {@code group} object of an enqueue. */
final class GroupRequest {

    private GroupRequest() {}

    /** Null if the value is. */
    static JobGroup read(StrictJson json) throws IOException {
        Draft draft = new Draft();
        if (!json.object(draft)) {
            return null;
        }
        if (draft.id == null) {
            throw new InvalidValueException("group.id", null, "given");
        }
        return new JobGroup(draft.id, Boolean.TRUE.equals(draft.ordered));
    }

    private static final class Draft implements StrictJson.Fields {

        private String id;
        private Boolean ordered;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "id" -> id = json.text();
                case "ordered" -> ordered = json.flag();
                default -> throw json.unknownField();
            }
        }
    }
}
