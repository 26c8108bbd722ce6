package io.mainstay.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The page at {@code /dashboard}. */
@ConfigMapping(prefix = "mainstay.dashboard")
interface DashboardConfig {

    /** Whether the page is served. It has no data of anybody's: what it shows comes from the API, which asks who the caller is. */
    @WithDefault("true")
    boolean enabled();
}
