/** What lists of jobs, searches and requests about many jobs pick out. */
package io.mainstay.queue.search;
