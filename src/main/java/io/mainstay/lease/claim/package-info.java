/** {@code POST /v1/leases}: hands jobs to workers that are elsewhere, after a wait where nothing is due. */
package io.mainstay.lease.claim;
