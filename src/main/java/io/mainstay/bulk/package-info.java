/** Many jobs in one request: enqueued from a body as it comes, or cancelled, requeued and deleted by filter. */
package io.mainstay.bulk;
