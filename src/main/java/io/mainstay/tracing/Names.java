package io.mainstay.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** Attributes of spans: those of the OpenTelemetry conventions for messaging, and Mainstay's own. */
final class Names {

    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
    static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    static final AttributeKey<String> HANDLER = AttributeKey.stringKey("mainstay.job.handler");
    /** From 1. */
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("mainstay.job.attempt");
    /** False: the job was there already. */
    static final AttributeKey<Boolean> CREATED = AttributeKey.booleanKey("mainstay.job.created");
    /** succeeded, retry, dead, released, lost or cancelled: what the attempt was reported as. */
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("mainstay.job.outcome");

    private Names() {}
}
