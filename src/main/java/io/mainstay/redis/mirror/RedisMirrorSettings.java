package io.mainstay.redis.mirror;

import io.mainstay.mirror.MirrorSettings;

/** As {@code lib/settings.lua} has them. */
record RedisMirrorSettings(String text) implements MirrorSettings {

    @Override
    public long version() {
        String first = text.substring(0, text.indexOf('\n'));
        return first.isEmpty() ? 0 : Long.parseLong(first);
    }
}
