package io.mainstay.queue.settings;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Says which version of each setting the store has. */
public interface SettingVersions {

    /** The version of a setting that the store has nothing of. */
    String NEVER_CHANGED = "";

    /** One command. Every setting is among them; each change gives it a version that it never had. */
    Uni<Map<Setting, String>> read();
}
