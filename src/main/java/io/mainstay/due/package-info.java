/** Which queues need somebody to look at them, and when: the one poll of an instance, on which workers and upkeep hang. */
package io.mainstay.due;
