package io.mainstay.http.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    private static final AddressRules NOTHING_ALLOWED = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:7f00:1",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1",
            })
    void whatIsNotOfThePublicInternetIsRefused(String address) throws UnknownHostException {
        assertThat(NOTHING_ALLOWED.refuses(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "2a00::1",
            })
    void thePublicInternetIsNot(String address) throws UnknownHostException {
        assertThat(NOTHING_ALLOWED.refuses(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, 10.2.0.0",
        "10.1.2.3, 10.1.2.3, 10.1.2.4",
        "10.1.2.128/25, 10.1.2.200, 10.1.2.127",
        "127.0.0.0/8, 127.1.2.3, ::1",
        "0.0.0.0/0, 10.0.0.1, fd00::1",
        "fd12::/16, fd12:3::1, fd13::1",
        "::1/128, ::1, ::2",
        "64:ff9b::/96, 64:ff9b::7f00:1, 127.0.0.1",
    })
    void anAllowedSubnetIsAllowedAndNoOther(String subnet, String within, String without) throws UnknownHostException {
        AddressRules rules = new AddressRules(List.of(Subnet.parse("subnet", subnet)));

        assertThat(rules.refuses(InetAddress.getByName(within))).isFalse();
        assertThat(rules.refuses(InetAddress.getByName(without))).isTrue();
    }

    @Test
    void whatIsNoSubnetIsNamed() {
        Stream.of(
                        "",
                        "localhost",
                        "a.example/8",
                        "10.0.0.0/33",
                        "10.0.0.0/-1",
                        "10.0.0.0/",
                        "10.0.0/8",
                        "fd00::/129",
                        "/8")
                .forEach(text -> assertThatThrownBy(() -> Subnet.parse("some.key", text))
                        .as(text)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("some.key"));
    }
}
