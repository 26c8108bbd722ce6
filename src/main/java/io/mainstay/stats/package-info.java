/** What happened to jobs in the past hours and days: counted by every instance, kept in the store by minute, ten minutes and hour. */
package io.mainstay.stats;
