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

    public JobGroup {
        Ascii.checkVisible("group.id", id);
    }
}
