/** Mainstay: a background-job service on Redis that keeps running jobs after Redis fails over. */
package io.mainstay;
