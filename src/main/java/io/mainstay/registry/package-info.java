/** Which queues there are: their list, their number, and how one is deleted. */
package io.mainstay.registry;
