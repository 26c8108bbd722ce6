package io.mainstay.redis.settings;

import io.mainstay.job.InvalidValueException;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Answers that have names and values in turn. */
public final class NamedEntries {

    private static final Logger LOG = Logger.getLogger(NamedEntries.class);

    private NamedEntries() {}

    /**
     * @param what the kind of entries, for the log
     * @param name throws {@link InvalidValueException} if it is none
     * @param value empty if it cannot be read
     * @return the entries in their order, without those that cannot be read
     */
    public static <N, T> Map<N, T> read(
            Response pairs, String what, Function<String, N> name, Function<String, Optional<T>> value) {
        Map<N, T> all = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            try {
                N known = name.apply(pairs.get(i).toString());
                value.apply(pairs.get(i + 1).toString()).ifPresent(each -> all.put(known, each));
            } catch (InvalidValueException e) {
                LOG.warnf("An entry of %s in Redis cannot be read and is ignored", what);
            }
        }
        return all;
    }
}
