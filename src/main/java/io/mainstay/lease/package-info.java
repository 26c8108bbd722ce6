/** Reports on jobs by those who were handed them and are no worker of ours: by callback. */
package io.mainstay.lease;
