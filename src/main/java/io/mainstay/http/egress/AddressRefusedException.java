package io.mainstay.http.egress;

import java.io.IOException;

/** A name leads to an address that requests must not go to. The message names the host, not the address. */
public final class AddressRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    AddressRefusedException(String message) {
        super(message);
    }
}
