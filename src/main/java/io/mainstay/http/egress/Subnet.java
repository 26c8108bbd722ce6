package io.mainstay.http.egress;

import io.mainstay.job.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits, as {@code 10.0.0.0/8} or {@code fd00::/8}; one address without a length. */
final class Subnet {

    /** Nothing that would be looked up as a name. */
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final byte[] network;
    private final int length;

    private Subnet(byte[] network, int length) {
        this.network = network;
        this.length = length;
    }

    /**
     * @param field what to call the value in the error
     * @throws InvalidValueException if it is not an address, a slash and a number of bits
     */
    static Subnet parse(String field, String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            if (!ADDRESS.matcher(address).matches()) {
                throw new UnknownHostException();
            }
            byte[] network = InetAddress.getByName(address).getAddress();
            int bits = 8 * network.length;
            int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (length < 0 || length > bits) {
                throw new NumberFormatException();
            }
            return new Subnet(network, length);
        } catch (UnknownHostException | NumberFormatException wrong) {
            throw new InvalidValueException(field, text, "a subnet such as 10.1.0.0/16 or fd12::/16");
        }
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit += 8) {
            int unused = Math.max(0, bit + 8 - length);
            if (((address[bit / 8] ^ network[bit / 8]) & 0xff) >> unused != 0) {
                return false;
            }
        }
        return true;
    }
}
