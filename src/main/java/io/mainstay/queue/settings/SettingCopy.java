package io.mainstay.queue.settings;

import java.util.Map;

/** A copy of settings in memory, which its owner reads again at its own pace while there are any. Thread-safe. */
public interface SettingCopy {

    /** The versions that the copy is of; of a setting that was not read yet, one that the store never has. */
    Map<Setting, String> versions();

    /** Reads the settings again soon, unless that is under way. Returns at once. */
    void readAgain();
}
