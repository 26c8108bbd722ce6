/** Mainstay: a background-job service on Redis that never goes quiet. */
package io.mainstay;
