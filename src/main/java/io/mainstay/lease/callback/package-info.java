/** Reports on jobs by those who were handed them and are no worker: by callback. */
package io.mainstay.lease.callback;
