package io.mainstay.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Writes a record to the log, category {@value #CATEGORY}: as text, and as fields of its own under {@code mdc} in JSON. Values of the
 * text are quoted, so that none can be taken for another field.
 */
final class AuditLog {

    static final String CATEGORY = "io.mainstay.audit";

    private static final Logger LOG = Logger.getLogger(CATEGORY);

    private AuditLog() {}

    static void write(AuditKind kind, AuditRecord record) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Map<String, String> fields = fields(kind, record);
        StringBuilder text = new StringBuilder("Audit");
        fields.forEach((name, value) -> {
            MDC.put(name, value);
            text.append(' ').append(name).append('=').append(quoted(value));
        });
        try {
            LOG.info(text);
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private static Map<String, String> fields(AuditKind kind, AuditRecord record) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("audit", kind.label());
        put(fields, "operation", record.operation());
        put(fields, "queue", record.queue());
        put(fields, "object", record.object());
        put(fields, "caller", record.callerId());
        put(fields, "callerName", record.callerName());
        put(fields, "from", record.from());
        fields.put("status", Integer.toString(record.status()));
        put(fields, "detail", record.detail());
        return fields;
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
