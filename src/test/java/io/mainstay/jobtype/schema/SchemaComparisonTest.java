package io.mainstay.jobtype.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Our validator says of random payloads what another one says, for every random schema that it accepts. To repeat a run:
 * {@code -Dmainstay.schema.seed=…}; for a longer one: {@code -Dmainstay.schema.count=…}.
 */
class SchemaComparisonTest {

    private static final int SCHEMAS = Integer.getInteger("mainstay.schema.count", 1_000);
    private static final int PAYLOADS = 8;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final long seed = Long.getLong("mainstay.schema.seed", new Random().nextLong());

    @Test
    void bothValidatorsAgree() throws IOException {
        RandomSchemas source = new RandomSchemas(seed);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        int accepted = 0;
        int fitting = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            String text = source.schema();
            Optional<PayloadSchema> ours = ours(text);
            if (ours.isEmpty()) {
                continue;
            }
            accepted++;
            Schema other = registry.getSchema(MAPPER.readTree(text));
            for (int j = 0; j < PAYLOADS; j++) {
                String payload = source.payload();
                boolean fits = ours.get().faults(new Json(payload)).isEmpty();
                List<Error> errors = other.validate(MAPPER.readTree(payload));
                assertThat(fits)
                        .as("seed %d: %s fits %s; the other says %s", seed, payload, text, errors)
                        .isEqualTo(errors.isEmpty());
                fitting += fits ? 1 : 0;
            }
        }
        assertThat(accepted).as("schemas accepted, seed %d", seed).isGreaterThan(SCHEMAS / 2);
        assertThat(fitting).as("payloads that fit, seed %d", seed).isBetween(SCHEMAS / 4, SCHEMAS * PAYLOADS * 3 / 4);
    }

    /** Empty if it is none that payloads can be held against, as one that leads to itself. */
    private static Optional<PayloadSchema> ours(String text) {
        try {
            return Optional.of(PayloadSchema.of(new Json(text)));
        } catch (InvalidValueException refused) {
            return Optional.empty();
        }
    }
}
