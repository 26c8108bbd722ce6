/**
 * Two stores put together as one: what is said of a place goes to the store that its name says. Which places a queue has, and
 * which of them a new job goes to, is decided by those who call.
 */
package io.mainstay.stores.second;
