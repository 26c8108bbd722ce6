/** The one place that knows Redis: keys, scripts, codec, links, and the store built of them. */
package io.mainstay.redis;
