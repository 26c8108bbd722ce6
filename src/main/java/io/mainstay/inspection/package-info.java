/** What Redis says of itself, how it is set up, and what queues take of its memory: for people. */
package io.mainstay.inspection;
