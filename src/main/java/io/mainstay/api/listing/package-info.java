/** Lists what lies in many queues, of those that a caller may read. */
package io.mainstay.api.listing;
