/** Leases of workers elsewhere are extended, and their workers told what has become of them. */
package io.mainstay.lease.extend;
