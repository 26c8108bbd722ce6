package io.mainstay.job;

/**
 * What jobs of one queue have in common that are to share it fairly with others, or to keep an order: a tenant, an
 * account, a document.
 *
 * @param id 1 to 128 visible characters of ASCII
 * @param ordered whether the job starts only after all jobs of its group before it have ended; its priority has no meaning
 *     then
 */
public record JobGroup(String id, boolean ordered) {

    private static final int MAX_LENGTH = 128;

    public JobGroup {
        if (id == null || id.isEmpty() || id.length() > MAX_LENGTH || !Ascii.isVisible(id)) {
            throw new InvalidValueException("group.id", id, "1 to 128 visible characters of ASCII");
        }
    }
}
