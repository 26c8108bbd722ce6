/** Keys of what all instances share and keep copies of, and the versions by which they see that something has changed. */
package io.mainstay.redis.settings;
