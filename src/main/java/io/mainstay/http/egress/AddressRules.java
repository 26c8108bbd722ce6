package io.mainstay.http.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses requests may go to: those of the public internet, and of subnets that were allowed. The list is that of the special
 * registries (RFC 6890 and what IANA added), with what carries an IPv4 address within an IPv6 one. Immutable.
 */
final class AddressRules {

    private static final List<Subnet> SPECIAL = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // shared by customers of a carrier
                    "127.0.0.0/8", // loopback
                    "168.63.129.16/32", // what runs a machine in Azure
                    "169.254.0.0/16", // link-local, and metadata of most clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays of 6to4
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, and broadcast
                    "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4
                    "3fff::/20") // documentation
            .map(text -> Subnet.parse("subnet", text))
            .toList();

    /** All else is unspecified, loopback, mapped, NAT64, local, link-local, multicast or not given out. */
    private static final Subnet GLOBAL_UNICAST = Subnet.parse("subnet", "2000::/3");

    private final List<Subnet> allowed;

    /** @param allowed what requests may go to although it is special */
    AddressRules(List<Subnet> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    boolean refuses(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean special = bytes.length == 16 && !GLOBAL_UNICAST.contains(bytes)
                || SPECIAL.stream().anyMatch(subnet -> subnet.contains(bytes));
        return special && allowed.stream().noneMatch(subnet -> subnet.contains(bytes));
    }
}
