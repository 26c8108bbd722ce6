package io.mainstay.job;

/** There is no such flow, or it ended so long ago that it is not kept any more. */
public final class FlowNotFoundException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public FlowNotFoundException(FlowId id) {
        super("flow-not-found", 404, "there is no flow '%s'".formatted(id), null);
    }
}
