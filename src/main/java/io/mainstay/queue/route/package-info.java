/** Which line a ready job waits in: by its handler, and by its target where it has one. */
package io.mainstay.queue.route;
