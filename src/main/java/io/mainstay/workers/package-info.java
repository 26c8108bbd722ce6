/** Everything that runs jobs, instances and remote workers: who is there, who is to take no more jobs, which handlers they have. */
package io.mainstay.workers;
