package io.mainstay.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What is logged of audit while this is open. */
final class AuditLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(AuditLog.CATEGORY);
    private final List<ExtLogRecord> records = new CopyOnWriteArrayList<>();

    private AuditLines() {}

    static AuditLines open() {
        AuditLines lines = new AuditLines();
        lines.logger.addHandler(lines);
        return lines;
    }

    /** Those that mention it. */
    public List<String> with(String text) {
        return records.stream()
                .map(ExtLogRecord::getMessage)
                .filter(line -> line.contains(text))
                .toList();
    }

    /** A field of the latest record. */
    public String field(String name) {
        return records.get(records.size() - 1).getMdc(name);
    }

    @Override
    public void publish(LogRecord record) {
        ExtLogRecord extended = ExtLogRecord.wrap(record);
        extended.copyAll();
        records.add(extended);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
