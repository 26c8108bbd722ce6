package io.mainstay.redis.connection.fault;

import java.util.Optional;

/**
 * What a server looks like to one who does not log in.
 *
 * @param plain whether it answers without TLS
 * @param tls its certificates, if it speaks TLS
 * @param wantsCertificate whether it refuses those who show none
 */
record Sighting(boolean plain, Optional<Certificates> tls, boolean wantsCertificate) {}
