package io.mainstay.jobtype.schema;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.InvalidValueException.Fault;
import io.mainstay.job.Json;
import java.util.List;

/**
 * A JSON Schema, 2020-12, that payloads are held against. Compiled once. What it says of a payload quotes none of its values.
 *
 * <p>Written here: a check is on the path of every enqueue, on an event loop, of payloads that anybody may have chosen. So it
 * counts its steps and ends when they are too many, whatever schema and payload are; see the decision about it. Thread-safe.
 */
public final class PayloadSchema {

    /** Of the text of a schema. */
    public static final int MOST_BYTES = 64 * 1024;

    private final Node root;

    private PayloadSchema(Node root) {
        this.root = root;
    }

    /**
     * @throws InvalidValueException if it is no schema, or one that cannot be held against payloads; its
     *     field begins with {@code schema}
     */
    public static PayloadSchema of(Json schema) {
        long bytes = schema.bytes();
        if (bytes > MOST_BYTES) {
            throw new InvalidValueException("schema", bytes + " bytes long", "at most " + MOST_BYTES + " bytes");
        }
        try {
            return new PayloadSchema(SchemaReader.read(JsonTree.of(schema.text())));
        } catch (OutOfBoundsException e) {
            throw new InvalidValueException("schema", "one that " + e.getMessage(), "smaller");
        }
    }

    /** What is wrong with a payload, the first {@value Run#MOST_FAULTS}; nothing if it fits. */
    public List<Fault> faults(Json payload) {
        Run run = new Run();
        return faults(payload, run);
    }

    List<Fault> faults(Json payload, Run run) {
        try {
            return root.fits(JsonTree.of(payload.text()), run, null) ? List.of() : run.faults();
        } catch (OutOfBoundsException e) {
            return List.of(new Fault("", "limit", e.getMessage()));
        }
    }
}
