/** The one place that knows the insides of Vert.x: an upgrade that changes them touches this package alone. */
package io.mainstay.vertx;
