package io.mainstay.redis.settings;

import io.mainstay.health.LinkKind;
import io.mainstay.queue.settings.Setting;
import io.mainstay.queue.settings.SettingVersions;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@link SettingVersions} in Redis: fields of one hash, which the scripts that change a setting set. */
public final class RedisSettingVersions implements SettingVersions {

    private static final Setting[] SETTINGS = Setting.values();
    private static final String[] KEY_AND_FIELDS = Stream.concat(
                    Stream.of(SettingKeys.META),
                    Stream.of(SETTINGS).map(each -> each.name().toLowerCase(Locale.ROOT) + "_version"))
            .toArray(String[]::new);

    private final RedisCalls calls;

    public RedisSettingVersions(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Map<Setting, String>> read() {
        return calls.run(LinkKind.READS, Command.HMGET, KEY_AND_FIELDS).map(RedisSettingVersions::versions);
    }

    private static Map<Setting, String> versions(Response answer) {
        Map<Setting, String> versions = new EnumMap<>(Setting.class);
        for (int i = 0; i < SETTINGS.length; i++) {
            Response version = answer.get(i);
            versions.put(SETTINGS[i], version == null ? NEVER_CHANGED : version.toString());
        }
        return versions;
    }
}
