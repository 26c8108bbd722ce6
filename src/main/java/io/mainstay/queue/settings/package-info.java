/** Notices when what all instances share has changed: one small read, whatever there is of it. */
package io.mainstay.queue.settings;
