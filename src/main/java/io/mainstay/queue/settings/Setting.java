package io.mainstay.queue.settings;

/** What all instances share and keep a copy of in memory. */
public enum Setting {
    POLICIES,
    HANDLERS,
    HOOKS,
    DRAINS,
    KNOWN_HANDLERS
}
