/** Which jobs scripts pick out. */
package io.mainstay.redis.filter;
