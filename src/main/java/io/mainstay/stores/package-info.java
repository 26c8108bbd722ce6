/** Several stores and the parts of queues, put together as one. */
package io.mainstay.stores;
