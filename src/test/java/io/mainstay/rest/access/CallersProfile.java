package io.mainstay.rest.access;

import io.mainstay.rest.ApiProfile;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service without workers, asked by callers of whom each test says what they may do. */
public class CallersProfile extends ApiProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Stream.concat(super.getEnabledAlternatives().stream(), Stream.of(CallerByHeader.class))
                .collect(Collectors.toSet());
    }
}
