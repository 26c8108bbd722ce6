package io.mainstay.http;

import io.mainstay.http.egress.Egress;
import io.mainstay.http.egress.NameResolver;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What http jobs share and is made of their configuration. */
class HttpBeans {

    @Produces
    @Singleton
    Egress egress(NameResolver resolver, HttpConfig config) {
        return new Egress(resolver, config.allowSubnets().orElse(List.of()), config.connectTimeout(), System::nanoTime);
    }
}
