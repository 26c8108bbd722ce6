package io.mainstay.bulk;

import io.mainstay.job.HandlerName;
import java.util.Optional;

/** Body of a request to run many dead jobs again. */
record RequeueRequest(Optional<HandlerName> handler, Optional<String> errorType, Optional<String> cursor) {}
