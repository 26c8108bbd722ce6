/** Workers elsewhere: the tokens that give the right to report on a claim. */
package io.mainstay.lease;
