package io.mainstay.bulk;

import java.util.Optional;

/**
 * Answer to a request about many jobs.
 *
 * @param count how many were changed
 * @param next cursor to continue from; empty when every job was looked at
 */
record BulkActionResult(int count, Optional<String> next) {

    BulkActionResult withNext(Optional<String> cursor) {
        return new BulkActionResult(count, cursor);
    }
}
