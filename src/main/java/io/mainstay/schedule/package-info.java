/** Recurring jobs: when they are due, and that each run gets one job, whichever instances are there. */
package io.mainstay.schedule;
