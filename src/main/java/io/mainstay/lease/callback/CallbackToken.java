package io.mainstay.lease.callback;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.lease.SignedText;
import io.mainstay.lease.Signer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The right to report on one claim of one job, for whoever holds it: version, store, purpose, fence, queue and job, signed. Job ids can
 * be guessed, tokens cannot.
 */
record CallbackToken(QueueName queue, JobId id, long fence) {

    static final SignedText FORMAT = new SignedText("cb_");

    private static final int VERSION = 1;
    private static final int FIRST_STORE = 0;
    private static final int TO_REPORT = 'r';

    String text(Signer signer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(FIRST_STORE);
            out.writeByte(TO_REPORT);
            out.writeLong(fence);
            out.writeUTF(queue.value());
            out.writeUTF(id.value());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return FORMAT.write(bytes.toByteArray(), signer);
    }

    /** Empty if it is for another purpose. */
    static Optional<CallbackToken> of(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            boolean known = in.readByte() == VERSION & in.readByte() == FIRST_STORE & in.readByte() == TO_REPORT;
            if (!known) {
                return Optional.empty();
            }
            long fence = in.readLong();
            CallbackToken token = new CallbackToken(QueueName.stored(in.readUTF()), new JobId(in.readUTF()), fence);
            return Optional.of(token).filter(read -> atEnd(in));
        } catch (IOException | InvalidValueException torn) {
            return Optional.empty();
        }
    }

    private static boolean atEnd(DataInputStream in) {
        try {
            return in.available() == 0;
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
