/** Where Redis is, when nobody said so: a real redis-server of our own for trying things out, an error in production. */
package io.mainstay.embedded;
