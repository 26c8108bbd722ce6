/** Reports of workers elsewhere on jobs that they hold the lease of. */
package io.mainstay.lease.report;
