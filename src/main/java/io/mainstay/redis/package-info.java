/** The one place that knows Redis: one store built of its parts, and the beans of it. */
package io.mainstay.redis;
