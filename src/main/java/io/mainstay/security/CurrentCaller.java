package io.mainstay.security;

/** Who the request under way comes from: {@link Caller#UNRESTRICTED} where security is off, else, without a request, one who may do nothing. */
public interface CurrentCaller {

    Caller get();
}
