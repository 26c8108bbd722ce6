/** Redis clients as applications use them, to be struck by the same faults as the service, and how they recover. */
package io.mainstay.failover.client;
