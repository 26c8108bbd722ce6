package io.mainstay.security;

/** Who the request under way comes from. Without a request, and where security is off: {@link Caller#UNRESTRICTED}. */
public interface CurrentCaller {

    Caller get();
}
