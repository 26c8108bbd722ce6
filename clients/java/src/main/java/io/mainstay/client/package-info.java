/**
 * Jobs of Mainstay from Java: {@link io.mainstay.client.Mainstay} enqueues them and asks about them, {@link io.mainstay.client.Worker}
 * runs them.
 */
package io.mainstay.client;
