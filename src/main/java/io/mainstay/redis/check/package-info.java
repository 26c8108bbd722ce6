/** Whether this Redis may be worked with, and what it says of its own maintenance. */
package io.mainstay.redis.check;
